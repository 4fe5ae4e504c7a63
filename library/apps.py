"""Pictures, documents and downloads with permanent addresses."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
    verbose_name = _("Bibliothek")

    def ready(self) -> None:
        from library import personal_data, search_updates, visibility
        from library.models import Download, DownloadVersion
        from library.rendering import refresh_generated
        from library.search_source import DownloadSource
        from library.sizes import make_missing_sizes
        from library.starting import ensure_generated_downloads
        from library.uploads import delete_abandoned_uploads
        from portal.delivery.snapshot import register_part
        from portal.delivery.version import register_content_model
        from portal.mailing.periodic import register_periodic
        from search.sources import register_source

        register_part(visibility.PART, visibility.collect_public_collections)
        register_content_model(Download)
        register_content_model(DownloadVersion)
        register_source(DownloadSource())
        search_updates.connect()
        personal_data.declare()
        register_periodic("generated downloads", timedelta(minutes=1), refresh_generated)
        register_periodic("picture sizes", timedelta(minutes=1), make_missing_sizes)
        register_periodic("abandoned uploads", timedelta(hours=6), delete_abandoned_uploads)
        post_migrate.connect(ensure_generated_downloads, sender=self)
