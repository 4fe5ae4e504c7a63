"""What the law asks for on a website."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import ContentBlocks
from pages.models.base import BasePage
from pages.protection import ProtectedPageMixin


class LegalPageKind(models.TextChoices):
    """The three pages every visitor must find."""

    IMPRINT = "impressum", _("Impressum")
    PRIVACY = "datenschutz", _("Datenschutz")
    ACCESSIBILITY = "barrierefreiheit", _("Barrierefreiheit")


class LegalPage(ProtectedPageMixin, BasePage):
    """Impressum, Datenschutz or Barrierefreiheit."""

    protection_reason = _("Das Gesetz verlangt, dass sie immer zu finden ist.")

    kind = models.CharField(
        _("Art"),
        max_length=20,
        choices=LegalPageKind,
        help_text=_("Das Impressum zeigt die Angaben aus den Einstellungen des Vereins über dem Text."),
    )
    body = StreamField(ContentBlocks(), verbose_name=_("Inhalt"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("kind"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("kind")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = len(LegalPageKind)
    page_description = _("Impressum, Datenschutz oder Barrierefreiheit.")

    class Meta:
        verbose_name = _("Rechtliche Seite")
        verbose_name_plural = _("Rechtliche Seiten")
