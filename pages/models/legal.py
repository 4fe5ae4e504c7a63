"""What the law asks for on a website."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.accessibility import last_check
from pages.blocks import ContentBlocks
from pages.imprint import imprint_rows
from pages.models.base import BasePage
from pages.models.contact import ContactPage
from pages.panels import MissingImprintPanel
from pages.particulars import association
from pages.protection import ProtectedPageMixin
from pages.targets import public_child


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
    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Die Seite besteht aus Bausteinen.")
    )

    content_panels = [*BasePage.content_panels, MissingImprintPanel(), FieldPanel("kind"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("particulars"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = len(LegalPageKind)
    page_description = _("Impressum, Datenschutz oder Barrierefreiheit.")

    class Meta:
        verbose_name = _("Rechtliche Seite")
        verbose_name_plural = _("Rechtliche Seiten")

    @property
    def is_imprint(self) -> bool:
        """Whether the page shows the association's particulars."""
        return self.kind == LegalPageKind.IMPRINT

    def particulars(self) -> list[str]:
        """Return what the Impressum says of the association, for the search."""
        return [f"{label} {value}" for label, value in imprint_rows(association())] if self.is_imprint else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.kind == LegalPageKind.ACCESSIBILITY:
            context |= {"last_check": last_check(), "contact_page": public_child(self.get_parent(), ContactPage)}
        if self.is_imprint:
            context["imprint_rows"] = imprint_rows(association())
        return context

    def clean(self) -> None:
        """Refuse a second page of the same kind beside the first."""
        super().clean()
        parent = self.get_parent()
        if parent and LegalPage.objects.child_of(parent).filter(kind=self.kind).exclude(pk=self.pk).exists():
            raise ValidationError(
                {
                    "kind": _(
                        "Diese Seite gibt es schon. Bitte bearbeiten Sie die vorhandene, statt eine zweite anzulegen."
                    )
                }
            )
