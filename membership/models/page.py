"""„Mitglied werden“: content only; the form's addresses are plain ones (membership.urls)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from dues.presentation import order_in_force
from library.models import Download
from membership.costs import costs_by_kind, lowest_amount
from membership.joining import joining_steps
from pages.blocks import ContentBlocks
from pages.models import BasePage
from pages.particulars import association
from pages.protection import ProtectedPageMixin

DOWNLOADS = ("aufnahmeantrag", "beitragsordnung", "satzung")


class MembershipPage(ProtectedPageMixin, BasePage):
    """Who can join, what it costs, how it goes, how long it takes, and both ways: online and on paper."""

    protection_reason = _("Formular, Beitragsordnung und gedruckte Anträge verweisen auf sie.")
    # The application's own addresses begin here; a page of this name could never be reached.
    reserved_child_slugs = ("antrag",)

    body = StreamField(
        ContentBlocks(),
        verbose_name=_("Inhalt"),
        blank=True,
        help_text=_("Wer Mitglied werden kann und was das bedeutet. Kosten und Ablauf ergänzt das Portal selbst."),
    )
    dues_text = RichTextField(
        _("Text zu den Kosten"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Steht vor der Übersicht der Beiträge, die aus der geltenden Beitragsordnung kommt."),
    )
    questions = RichTextField(
        _("Noch Fragen?"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Wer Auskunft gibt. Steht am Ende der Seite."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("dues_text"), FieldPanel("questions")], heading=_("Kosten und Auskunft")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("dues_text"),
        index.SearchField("questions"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["dues.DuesPage"]
    max_count_per_parent = 1
    page_description = _("Wer Mitglied werden kann, was es kostet und wie es geht.")

    class Meta:
        verbose_name = _("Mitglied werden")
        verbose_name_plural = _("Seiten „Mitglied werden“")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = {download.name: download for download in Download.objects.public().with_files()}
        order = order_in_force()
        return {
            **super().get_context(request, *args, **kwargs),
            "order": order,
            "costs": costs_by_kind(order) if order else [],
            "lowest_amount": lowest_amount(order) if order else None,
            "decision_duration": association().decision_duration,
            "steps": joining_steps(),
            "downloads": [found[name] for name in DOWNLOADS if name in found],
        }
