"""Who the association is and what it does."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import ContentBlocks, MilestoneBlock, PrincipleBlock
from pages.models.base import BasePage
from pages.slugs import unique_slugs


class AboutPage(BasePage):
    """„Über uns“: text and a timeline."""

    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Die Seite besteht aus Bausteinen.")
    )
    timeline = StreamField(
        [("milestone", MilestoneBlock())],
        verbose_name=_("Zeitleiste"),
        blank=True,
        help_text=_("Stationen mit Datum; die Seite ordnet sie selbst nach der Zeit."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("timeline")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("timeline")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.StandardPage"]
    max_count_per_parent = 1
    page_description = _("Was der Verein ist, mit einer Zeitleiste.")

    class Meta:
        verbose_name = _("Über uns")
        verbose_name_plural = _("Über uns")

    @property
    def milestones(self) -> list[Any]:
        """The timeline's stations, oldest first."""
        return sorted((block.value for block in self.timeline), key=lambda milestone: milestone["date"])


class ActivitiesPage(BasePage):
    """„Aktivitäten“: the working principles, each with an address of its own on the page."""

    body = StreamField(ContentBlocks(), verbose_name=_("Einführender Text"), blank=True)
    principles = StreamField(
        [("principle", PrincipleBlock())],
        verbose_name=_("Arbeitsgrundsätze"),
        blank=True,
        help_text=_("Die Grundsätze stehen gleichberechtigt nebeneinander, ohne Nummern."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("principles")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("principles")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.StandardPage"]
    max_count_per_parent = 1
    page_description = _("Arbeitsgrundsätze, jeder mit eigener Überschrift.")

    class Meta:
        verbose_name = _("Aktivitäten")
        verbose_name_plural = _("Aktivitäten")

    def anchored_principles(self) -> list[dict[str, Any]]:
        """Return each principle as ``{"anchor", "title", "text"}``; anchors are unique on the page."""
        values = [block.value for block in self.principles]
        anchors = unique_slugs([value["title"] for value in values], fallback="grundsatz")
        return [
            {"anchor": anchor, "title": value["title"], "text": value["text"]}
            for anchor, value in zip(anchors, values, strict=True)
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "principles": self.anchored_principles()}
