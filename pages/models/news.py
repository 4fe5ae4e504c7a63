"""News and the page that lists them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from pages.blocks import ContentBlocks
from pages.models.base import BasePage


class NewsQuerySet(PageQuerySet):
    """News as readers get them."""

    def latest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")


NewsManager = PageManager.from_queryset(NewsQuerySet)


class NewsIndexPage(BasePage):
    """„Aktuelles“: all news, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.NewsPage"]
    max_count_per_parent = 1
    page_description = _("Liste aller Meldungen.")

    class Meta:
        verbose_name = _("Aktuelles")
        verbose_name_plural = _("Aktuelles")


class NewsPage(BasePage):
    """One piece of news."""

    date = models.DateField(
        _("Datum"),
        default=timezone.localdate,
        help_text=_("Steht über der Meldung und ordnet die Liste; die neueste kommt zuerst."),
    )
    body = StreamField(ContentBlocks(), verbose_name=_("Inhalt"), blank=True)

    objects = NewsManager()

    content_panels = [*BasePage.content_panels, FieldPanel("date"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("date")]
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Eine Meldung mit Datum.")

    class Meta:
        verbose_name = _("Meldung")
        verbose_name_plural = _("Meldungen")
