"""Pages of plain content."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import ContentBlocks
from pages.models.base import BasePage
from pages.models.page_download import PageDownload, public_titles, shown_links


class StandardPage(BasePage):
    """A page of text, pictures and downloads."""

    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Die Seite besteht aus Bausteinen.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = [
        "home.HomePage",
        "pages.AboutPage",
        "pages.ActivitiesPage",
        "pages.NetworkPage",
        "pages.StandardPage",
    ]
    subpage_types = ["pages.StandardPage"]
    page_description = _("Text, Bilder und Downloads zu einem Thema.")

    class Meta:
        verbose_name = _("Textseite")
        verbose_name_plural = _("Textseiten")


class NetworkPage(BasePage):
    """The federal working group the association belongs to, with its papers to download."""

    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Die Seite besteht aus Bausteinen.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("downloads", label=_("Download"), heading=_("Downloads")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("download_titles")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.StandardPage"]
    page_description = _("Ein Netzwerk, dem der Verein angehört, mit Text und Downloads.")

    class Meta:
        verbose_name = _("Netzwerkseite")
        verbose_name_plural = _("Netzwerkseiten")

    def download_titles(self) -> list[str]:
        """Return the titles of the downloads that the page shows, for the search."""
        return public_titles(self.downloads)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        downloads = shown_links(self.downloads, by_file_name=True)
        return {**super().get_context(request, *args, **kwargs), "downloads": downloads}


class NetworkPageDownload(PageDownload):
    """A paper of the network."""

    page = ParentalKey(NetworkPage, on_delete=models.CASCADE, related_name="downloads")
