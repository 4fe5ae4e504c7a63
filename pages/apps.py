"""The pages editors write."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    label = "pages"
    verbose_name = _("Seiten")

    def ready(self) -> None:
        from pages import search_updates
        from pages.search_source import PageSource
        from search.sources import register_source

        register_source(PageSource())
        search_updates.connect()
