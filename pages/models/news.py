"""News and the page that lists them."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from pages import structured_data
from pages.blocks import ContentBlocks
from pages.feeds import FEED_LENGTH, news_feed
from pages.latest_news import latest_news
from pages.lists import one_screen
from pages.models.base import BasePage
from pages.particulars import association


class NewsQuerySet(PageQuerySet):
    """News as readers get them."""

    def latest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")

    def for_lists(self) -> "NewsQuerySet":
        """Without the long texts, with the pictures: what a list shows, in a fixed number of queries."""
        return (
            self.defer_streamfields().select_related("listing_picture").prefetch_related("listing_picture__renditions")
        )


NewsManager = PageManager.from_queryset(NewsQuerySet)


FEED_SLUG = "feed"


class NewsIndexPage(RoutablePageMixin, BasePage):
    """„Aktuelles“: all news, newest first, as a page and as RSS."""

    reserved_child_slugs = (FEED_SLUG,)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.NewsPage"]
    max_count_per_parent = 1
    page_description = _("Liste aller Meldungen.")

    class Meta:
        verbose_name = _("Aktuelles")
        verbose_name_plural = _("Aktuelles")

    @path("")
    def list_view(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides={"page_obj": one_screen(request, latest_news(self))})

    @path(f"{FEED_SLUG}/", name="feed")
    def feed_view(self, request: HttpRequest) -> HttpResponse:
        return news_feed(self, latest_news(self)[:FEED_LENGTH], feed_address=self.feed_address)

    @property
    def feed_address(self) -> str:
        """The path the news can be subscribed to at."""
        return (self.url or "/") + self.reverse_subpage("feed")


class NewsPage(BasePage):
    """One piece of news."""

    date = models.DateField(
        _("Datum"),
        default=timezone.localdate,
        help_text=_("Steht über der Meldung und ordnet die Liste; die neueste kommt zuerst."),
    )
    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Die Seite besteht aus Bausteinen.")
    )

    objects = NewsManager()

    content_panels = [*BasePage.content_panels, FieldPanel("date"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("date")]
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Eine Meldung mit Datum.")

    class Meta:
        verbose_name = _("Meldung")
        verbose_name_plural = _("Meldungen")

    def structured_data(self) -> list[dict[str, Any]]:
        return [structured_data.article(self, publisher=association())]
