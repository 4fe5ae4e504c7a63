"""The portal on a server: PostgreSQL, Redis, TLS in front, every secret from the environment."""

from portal.logging import logging_config
from portal.privacy.sealing import parse_keys

from .base import *  # noqa: F403 - settings modules extend the base
from .base import env
from .values import host_names, mail_server, public_address, redis_address, required, secret

SECRET_KEY = secret("SECRET_KEY", "ein langer, zufälliger Schlüssel für Anmeldung und Formulare")
DATA_KEYS = required("PORTAL_DATA_KEYS", "Name und Schlüssel, mit denen Bankdaten verschlüsselt werden").split(",")
parse_keys(tuple(DATA_KEYS))
LINK_KEY = secret("PORTAL_LINK_KEY", "der Schlüssel, der Verweise in E-Mails unterschreibt")
ALLOWED_HOSTS = host_names("PORTAL_HOSTS", "die Rechnernamen der Website, durch Komma getrennt")
required("DATABASE_URL", "die Adresse der Datenbank")
WAGTAILADMIN_BASE_URL = public_address("PORTAL_BASE_URL", "die Adresse der Website mit https://")

CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Without the header nothing is counted: behind the proxy all visitors would have one address.
CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
SECURE_SSL_REDIRECT = True
# Asked from the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

vars().update(mail_server("PORTAL_EMAIL_URL", default="smtp://127.0.0.1:25"))

REDIS_URL = redis_address("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "portal.delivery.shared_cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

LOGGING = logging_config(json_lines=env.str("PORTAL_LOG_FORMAT", default="json") == "json")
