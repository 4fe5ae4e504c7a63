"""Production's settings for processes of the fault tests: the same in all but patience."""

from portal.settings.production import *  # noqa: F403 - a settings module extends another
from portal.settings.production import STORAGES

# Nobody looks at the pages: their styles are neither collected nor compressed.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# What takes twenty seconds in production takes one here.
EMAIL_TIMEOUT = 1
