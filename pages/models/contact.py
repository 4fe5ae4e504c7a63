"""How to reach the board."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import ContentBlocks
from pages.models.base import BasePage


class ContactPage(BasePage):
    """The board's contact and a form that sends it a mail."""

    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Die Seite besteht aus Bausteinen.")
    )
    thanks = models.TextField(
        _("Dank nach dem Absenden"),
        max_length=400,
        default=_("Vielen Dank. Ihre Nachricht ist unterwegs, wir melden uns bei Ihnen."),
        help_text=_("Steht auf der Seite, sobald eine Nachricht abgeschickt ist."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("thanks")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("Kontakt zum Vorstand mit Formular.")

    class Meta:
        verbose_name = _("Kontakt")
        verbose_name_plural = _("Kontakt")
