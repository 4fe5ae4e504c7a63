"""The search."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Suche")

    def ready(self) -> None:
        from portal.mailing.periodic import register_periodic
        from search.index import enrich_pending
        from search.missed import delete_old

        register_periodic("search-enrich", timedelta(seconds=5), enrich_pending)
        register_periodic("search-forget-missed", timedelta(days=1), delete_old)
