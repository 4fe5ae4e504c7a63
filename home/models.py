"""The home page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import ContentBlocks, WayBlock
from pages.latest_news import latest_news
from pages.models import BasePage, MeetingIndexPage, MeetingPage, NewsIndexPage
from pages.protection import ProtectedPageMixin
from pages.targets import public_child

MEETINGS_SHOWN = 3
NEWS_SHOWN = 3


class HomePage(ProtectedPageMixin, BasePage):
    """What the association is, what is on, and the ways on from there."""

    protection_reason = _("Sie ist der Anfang der Website.")

    ways = StreamField(
        [("way", WayBlock())],
        verbose_name=_("Wege in die Website"),
        blank=True,
        max_num=4,
        help_text=_("Die wichtigsten Ziele, zum Beispiel „Mitglied werden“ und „BAG“."),
    )
    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Steht unter den Wegen in die Website.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("ways"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("ways"), index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    page_description = _("Der Anfang der Website.")

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the next meetings and the latest news everybody may read, and where the others are."""
        return {
            **super().get_context(request, *args, **kwargs),
            "meeting_index": public_child(self, MeetingIndexPage),
            "news_index": public_child(self, NewsIndexPage),
            "meetings": MeetingPage.objects.descendant_of(self).live().public().upcoming()[:MEETINGS_SHOWN],
            "news": latest_news(self)[:NEWS_SHOWN],
        }


class StarterRecord(models.Model):
    """That an entry of the starter content was loaded: what it said then, and what it became."""

    key = models.CharField(max_length=200, unique=True)
    fingerprint = models.CharField(max_length=64)
    object_id = models.BigIntegerField(null=True)
    # The page's revision the loader wrote; a page whose latest revision is another one was edited.
    revision_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("geladener Ausgangsinhalt")
        verbose_name_plural = _("geladene Ausgangsinhalte")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
