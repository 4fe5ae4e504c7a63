"""The search."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Suche")

    def ready(self) -> None:
        from portal.delivery.snapshot import register_part
        from portal.delivery.version import register_content_model
        from portal.mailing.periodic import register_periodic
        from search import editorial, personal_data
        from search.index import enrich_pending, forget_words, verify
        from search.missed import delete_old
        from search.models import Promotion, Synonym
        from search.titles import TITLES, collect_titles

        register_content_model(Synonym)
        register_content_model(Promotion)
        register_part(editorial.SYNONYMS, editorial.collect_synonyms)
        register_part(editorial.PROMOTIONS, editorial.collect_promotions)
        register_part(TITLES, collect_titles)
        register_periodic("search-enrich", timedelta(seconds=2), enrich_pending)
        register_periodic("search-verify", timedelta(hours=6), verify)
        register_periodic("search-forget-words", timedelta(days=1), forget_words)
        register_periodic("search-forget-missed", timedelta(days=1), delete_old)
        personal_data.declare()
