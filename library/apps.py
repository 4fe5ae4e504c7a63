"""Pictures, documents and downloads with permanent addresses."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
    verbose_name = _("Bibliothek")

    def ready(self) -> None:
        from .starting import ensure_generated_downloads

        post_migrate.connect(ensure_generated_downloads, sender=self)
