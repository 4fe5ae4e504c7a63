"""The test suite: fixed keys, mails in memory, fast passwords, everything written below one folder of its own."""

import os

from .base import *  # noqa: F403 - settings modules extend each other
from .base import DATABASES, VAR_DIR, env

# Tests may run in several processes at once (pytest-xdist): "gw0", "gw1" …
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
VAR_DIR = VAR_DIR / "test" / WORKER
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
EMAIL_FILE_PATH = VAR_DIR / "mail"
for folder in (STATIC_ROOT, MEDIA_ROOT, PRIVATE_MEDIA_ROOT):
    folder.mkdir(parents=True, exist_ok=True)

SECRET_KEY = "nur-fuer-tests"  # noqa: S105 - signs nothing outside a test run
DATA_KEYS = ["test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
LINK_KEY = "nur-fuer-tests-auch-dieser"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Test clients are quick; what happens to machines has tests of its own.
MEMBERSHIP_LEAST_SECONDS = 0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "portal.media_files.MediaStorage"},
    "private": {"BACKEND": "portal.privacy.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# whitenoise finds files by the finders: no collectstatic before a test run
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    # Clearing the cache empties a whole Redis database: each process takes one of its own.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_URL.rstrip('/')}/{8 + int(WORKER.removeprefix('gw')) % 8}",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and processes of a test need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
