"""Working meetings and the page that lists them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from pages.blocks import TEXT_FEATURES
from pages.models.base import BasePage


class MeetingStatus(models.TextChoices):
    """Whether a meeting takes place as announced."""

    PLANNED = "planned", _("findet statt")
    CANCELLED = "cancelled", _("abgesagt")
    MOVED = "moved", _("verlegt")


class MeetingQuerySet(PageQuerySet):
    """A meeting is past from the moment it ends; nobody has to move it to the archive."""

    def upcoming(self, now: datetime | None = None) -> "MeetingQuerySet":
        """Meetings that have not ended, the next one first."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now: datetime | None = None) -> "MeetingQuerySet":
        """Meetings that have ended, the latest first."""
        return self.filter(ends_at__lte=now or timezone.now()).order_by("-starts_at", "-pk")


MeetingManager = PageManager.from_queryset(MeetingQuerySet)


class MeetingIndexPage(BasePage):
    """„Arbeitstreffen“: the coming ones, the archive and the calendar."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.MeetingPage"]
    max_count_per_parent = 1
    page_description = _("Liste der kommenden und vergangenen Arbeitstreffen.")

    class Meta:
        verbose_name = _("Arbeitstreffen (Übersicht)")
        verbose_name_plural = _("Arbeitstreffen (Übersicht)")


class MeetingPage(BasePage):
    """One working meeting."""

    status = models.CharField(
        _("Stand"),
        max_length=10,
        choices=MeetingStatus,
        default=MeetingStatus.PLANNED,
        help_text=_("Abgesagte und verlegte Treffen bleiben sichtbar; auch der Kalender nennt den Stand."),
    )
    status_note = models.CharField(
        _("Hinweis zu Absage oder Verlegung"),
        max_length=300,
        blank=True,
        help_text=_("Zum Beispiel der Grund oder wann ein neuer Termin feststeht."),
    )
    starts_at = models.DateTimeField(_("Beginn"), help_text=_("Ortszeit in Deutschland."))
    ends_at = models.DateTimeField(
        _("Ende"), help_text=_("Nach diesem Zeitpunkt steht das Treffen von selbst im Archiv.")
    )
    original_starts_at = models.DateTimeField(
        _("ursprünglicher Beginn"),
        null=True,
        blank=True,
        help_text=_("Nur bei verlegten Treffen: wann es zuerst stattfinden sollte."),
    )
    city = models.CharField(_("Stadt"), max_length=80)
    venue = models.CharField(
        _("Ort"),
        max_length=200,
        blank=True,
        help_text=_("Haus und Anschrift, zum Beispiel „Stadtteilladen, Musterweg 1“."),
    )
    host = models.CharField(
        _("Gastgeber"),
        max_length=200,
        blank=True,
        help_text=_("Mitglied, Quartiersmanagement oder Projekt, das dieses Treffen ausrichtet."),
    )
    access = models.TextField(
        _("Zugang zum Gebäude"),
        max_length=600,
        blank=True,
        help_text=_("Stufen, Aufzug, Toilette, Haltestelle: was wissen muss, wer nicht gut zu Fuß ist."),
    )
    online_link = models.URLField(
        _("Link zur Online-Teilnahme"),
        blank=True,
        help_text=_("Vollständige Adresse mit https://. Sie ist für alle sichtbar."),
    )
    agenda = RichTextField(_("Tagesordnung"), features=TEXT_FEATURES, blank=True)

    objects = MeetingManager()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("status"),
                FieldPanel("status_note"),
                FieldPanel("original_starts_at"),
            ],
            heading=_("Zeit und Stand"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("city"),
                FieldPanel("venue"),
                FieldPanel("host"),
                FieldPanel("access"),
                FieldPanel("online_link"),
            ],
            heading=_("Ort und Teilnahme"),
        ),
        InlinePanel("speakers", heading=_("Externe Gäste"), label=_("Gast")),
        FieldPanel("agenda"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("city"),
        index.SearchField("venue"),
        index.SearchField("host"),
        index.SearchField("agenda"),
        index.RelatedFields(
            "speakers", [index.SearchField("name"), index.SearchField("function"), index.SearchField("field")]
        ),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    ]
    parent_page_types = ["pages.MeetingIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Ein Arbeitstreffen mit Zeit, Ort, Gästen und Tagesordnung.")

    class Meta:
        verbose_name = _("Arbeitstreffen")
        verbose_name_plural = _("Arbeitstreffen")

    @property
    def is_past(self) -> bool:
        """Whether the meeting has ended."""
        return self.ends_at <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        """Whether the meeting does not take place."""
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_moved(self) -> bool:
        """Whether the meeting takes place at another time or place than first announced."""
        return self.status == MeetingStatus.MOVED

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Zeiten.")
        if self.original_starts_at and not self.is_moved:
            errors["original_starts_at"] = _("Ein ursprünglicher Beginn gehört nur zu einem verlegten Treffen.")
        if errors:
            raise ValidationError(errors)


class MeetingSpeaker(Orderable):
    """Somebody from outside who reports at a meeting (fact F8)."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("Name"), max_length=120)
    function = models.CharField(
        _("Funktion"), max_length=160, blank=True, help_text=_("Amt oder Aufgabe, zum Beispiel „Leitung Stadtplanung“.")
    )
    field = models.CharField(
        _("Bereich"), max_length=160, blank=True, help_text=_("Zum Beispiel Politik, Verwaltung oder Wissenschaft.")
    )

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("function"), FieldPanel("field")])]

    class Meta(Orderable.Meta):
        verbose_name = _("Gast")
        verbose_name_plural = _("Gäste")

    def __str__(self) -> str:
        return self.name
