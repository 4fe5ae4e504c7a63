"""Working on the portal: debug pages, autoreload, static files without a manifest."""

from .embedded import *  # noqa: F403 - settings modules extend each other
from .embedded import INSTALLED_APPS

DEBUG = True
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.styleguide"]
STORAGES = {
    "default": {"BACKEND": "portal.media_files.MediaStorage"},
    "private": {"BACKEND": "portal.privacy.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
