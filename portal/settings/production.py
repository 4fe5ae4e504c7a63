"""The portal on a server: PostgreSQL, Redis, TLS in front, every secret from the environment."""

from django.core.exceptions import ImproperlyConfigured

from portal.logging import logging_config

from .base import *  # noqa: F403 - settings modules extend the base
from .base import WAGTAILADMIN_BASE_URL, env


def required(name: str, purpose: str) -> str:
    """Return the environment's ``name`` or stop with one German sentence that says what it is for."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Die Umgebungsvariable {name} fehlt: {purpose}.")
    return value


SECRET_KEY = required("SECRET_KEY", "ein langer, zufälliger Schlüssel für Anmeldung und Formulare")
DATA_KEYS = required("PORTAL_DATA_KEYS", "Name und Schlüssel, mit denen Bankdaten verschlüsselt werden").split(",")
LINK_KEY = required("PORTAL_LINK_KEY", "der Schlüssel, der Verweise in E-Mails unterschreibt")
ALLOWED_HOSTS = required("PORTAL_HOSTS", "die Rechnernamen der Website, durch Komma getrennt").split(",")
required("DATABASE_URL", "die Adresse der Datenbank")
required("PORTAL_BASE_URL", "die Adresse der Website mit https://")

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

vars().update(env.email_url("PORTAL_EMAIL_URL", default="smtp://127.0.0.1:25"))

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "portal.delivery.shared_cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

LOGGING = logging_config(json_lines=env.str("PORTAL_LOG_FORMAT", default="json") == "json")
