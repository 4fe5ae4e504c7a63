"""The portal on one machine with SQLite: what ``make run`` serves, debug off."""

from portal.keys import load_or_create
from portal.places import mail_folder

from .base import *  # noqa: F403 - settings modules extend the base
from .base import VAR_DIR, env

SECRET_KEY = env.str("SECRET_KEY", default="") or load_or_create(VAR_DIR / "keys" / "secret_key")
# name:key pairs, the first one encrypts; older ones still decrypt.
DATA_KEYS = [env.str("PORTAL_DATA_KEYS", default="") or "lokal:" + load_or_create(VAR_DIR / "keys" / "data_key")]
LINK_KEY = env.str("PORTAL_LINK_KEY", default="") or load_or_create(VAR_DIR / "keys" / "link_key")

EMAIL_BACKEND = "portal.mailing.backends.FolderBackend"
EMAIL_FILE_PATH = mail_folder()
# Only this machine reads the site; without TLS there is nothing to redirect to.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
