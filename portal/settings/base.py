"""Settings every way of running the portal shares.

``dev``, ``test``, ``embedded`` (what ``make run`` uses) and ``production`` build on this module.
What differs between installations comes from the environment; ``deploy/environment.sample`` explains each variable.
"""

from django.utils.translation import gettext_lazy as _

from portal import security_headers
from portal.databases import database_from_url
from portal.logging import logging_config
from portal.places import BASE_DIR, var_folder

from .values import env, whole_number

# Everything a running portal writes lies below this folder.
VAR_DIR = var_folder()

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "home",
    "membership",
    "dues",
    "pages",
    "library",
    "search",
    "portal.association",
    "portal.mailing",
    "portal.pdf",
    "portal.privacy",
    "portal.delivery",
    "portal.accounts",
    "portal",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.wagtail_users.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    # First, so that whatever is logged has the request's number.
    "portal.request_number.RequestNumberMiddleware",
    # Outside of all others: it judges what readers really get.
    "portal.delivery.public_answers.PublicAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.security_headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.security_headers.AdminPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    # Before whatever asks for the host's name.
    "portal.health.HealthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.second_factor.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.accounts.refusals.RefusedAddressMiddleware",
    "pages.refusals.RefusalMiddleware",
    "pages.whole_changes.WholeChangesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Tells django-allauth which request is being answered; nothing else of it is in use.
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.shell",
            ],
        },
    },
]

DATABASES = {"default": database_from_url(env.str("DATABASE_URL", default=""), embedded_file=VAR_DIR / "db.sqlite3")}

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.PersonBackend"]
PASSWORD_RESET_TIMEOUT = 24 * 3600

# The second factor (portal.accounts.second_factor). No limit counts IP addresses.
MFA_ADAPTER = "portal.accounts.second_factor.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
ACCOUNT_ADAPTER = "portal.accounts.second_factor.adapters.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]

# Language and time: German at the root, other languages under their code.
LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
# A page sent for translation is a draft until somebody publishes the translation.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Where the web server in front finds public pages; empty: it asks the portal for each.
PUBLISHED_ROOT = env.str("PORTAL_PUBLISHED", default="")
# Below which address the web server in front gives files of closed collections when the portal tells it to (it answers
# nobody else there); empty: the portal sends them itself.
INTERNAL_MEDIA_URL = env.str("PORTAL_INTERNAL_MEDIA", default="")
# The same for private files; empty: the portal sends them itself, and the web server may not read them.
INTERNAL_PRIVATE_URL = env.str("PORTAL_INTERNAL_PRIVATE", default="")
# Uploads that belong to a person; never served by the web server directly.
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "portal.media_files.MediaStorage"},
    "private": {"BACKEND": "portal.privacy.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Browser security: strict for visitors; what the admin needs besides is added for its addresses alone.
CONTENT_SECURITY_POLICY = security_headers.PUBLIC_POLICY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The admin shows its previews in a frame of the same origin, so frames cannot be denied altogether.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

# Wagtail
WAGTAIL_SITE_NAME = "LAG Sachsen"
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", default="http://127.0.0.1:8000")
# What date fields in the admin show and read.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAILADMIN_USER_LOGIN_FORM = "portal.accounts.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "portal.accounts.forms.PasswordResetForm"  # noqa: S105 - a class
# The address is what people sign in with: technical administrators change it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch")]
# One association, one time: nobody has to choose.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "library.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "library.LibraryDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "txt", "csv", "ics"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "library.forms.documents.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "library.forms.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60 * 1000 * 1000
# Embeds would call other hosts.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A shared password would be stored in clear.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_AUTOSAVE_INTERVAL = 4000
# Addresses stay plain ASCII; umlauts are respelled (pages.slugs).
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

DEFAULT_FROM_EMAIL = env.str("PORTAL_MAIL_FROM", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A mail server that hangs must not hold the worker.
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = True

# The visitor's network address, counted per hour against machines and never stored; a web server in front names it
# in a header of its own.
CLIENT_ADDRESS_HEADER = "REMOTE_ADDR"
# Whoever sends the first page of the application sooner than this has not typed it.
MEMBERSHIP_LEAST_SECONDS = whole_number("PORTAL_FORM_SECONDS", default=2)

PERMISSIONS_POLICY = security_headers.PERMISSIONS_POLICY

LOGGING = logging_config()
# Who sends it (Authorization: Bearer …) reads at /readyz what is missing; empty: nobody does.
READINESS_TOKEN = env.str("PORTAL_READINESS_TOKEN", default="")
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.logging.BareReports"
