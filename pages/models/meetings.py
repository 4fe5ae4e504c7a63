"""Working meetings and the page that lists them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from pages import saxony, structured_data
from pages.blocks import TEXT_FEATURES
from pages.lists import one_screen
from pages.meeting_map import marks, stops
from pages.models.base import BasePage
from pages.models.page_download import PageDownload, public_titles, shown_links
from pages.particulars import association


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


ARCHIVE_SLUG = "archiv"
CALENDAR_SLUG = "kalender"


class MeetingIndexPage(RoutablePageMixin, BasePage):
    """„Arbeitstreffen“: the coming ones, the archive and the calendar."""

    reserved_child_slugs = (ARCHIVE_SLUG, CALENDAR_SLUG)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.MeetingPage"]
    max_count_per_parent = 1
    page_description = _("Liste der kommenden und vergangenen Arbeitstreffen.")

    class Meta:
        verbose_name = _("Arbeitstreffen (Übersicht)")
        verbose_name_plural = _("Arbeitstreffen (Übersicht)")

    def public_meetings(self) -> MeetingQuerySet:
        """Return the meetings everybody may read, past ones included."""
        return MeetingPage.objects.child_of(self).live().public()

    @path("")
    def list_view(self, request: HttpRequest) -> HttpResponse:
        meetings = self.public_meetings()
        cities = stops(meetings.defer("agenda", "access"))
        return self.render(
            request,
            context_overrides={
                "page_obj": one_screen(request, meetings.upcoming()),
                "has_archive": meetings.past().exists(),
                "stops": cities,
                "marks": marks(cities),
                "saxony": saxony,
            },
        )

    @path(f"{ARCHIVE_SLUG}/", name="archive")
    def archive_view(self, request: HttpRequest) -> HttpResponse:
        return self.render(
            request,
            template="pages/meeting_archive.html",
            context_overrides={"page_obj": one_screen(request, self.public_meetings().past())},
        )

    @path(f"{CALENDAR_SLUG}/", name="calendar")
    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        meetings = self.public_meetings().order_by("starts_at", "pk")
        from pages.calendar import build_calendar, calendar_response

        return calendar_response(build_calendar(meetings, name=self.title), file_name="arbeitstreffen")

    @property
    def archive_address(self) -> str:
        """The path of the list of past meetings."""
        return (self.url or "/") + self.reverse_subpage("archive")

    @property
    def calendar_address(self) -> str:
        """The path all meetings can be subscribed to at."""
        return (self.url or "/") + self.reverse_subpage("calendar")


class MeetingPage(RoutablePageMixin, BasePage):
    """One working meeting, with a calendar file of its own."""

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
        InlinePanel("downloads", heading=_("Downloads"), label=_("Download")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("city"),
        index.SearchField("venue"),
        index.SearchField("host"),
        index.SearchField("access"),
        index.SearchField("status_line"),
        index.SearchField("status_note"),
        index.SearchField("agenda"),
        index.SearchField("download_titles"),
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

    @classmethod
    def for_serving(cls) -> Any:
        return super().for_serving().prefetch_related("speakers")

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

    @property
    def status_line(self) -> str:
        """One sentence about a cancelled or moved meeting, else nothing."""
        if self.is_cancelled:
            return gettext("Dieses Treffen ist abgesagt.")
        if self.is_moved and self.original_starts_at:
            was = date_format(timezone.localtime(self.original_starts_at), gettext("j. F Y, H:i"))
            return gettext("Dieses Treffen ist verlegt; ursprünglich geplant: %(was)s Uhr.") % {"was": was}
        return gettext("Dieses Treffen ist verlegt.") if self.is_moved else ""

    @property
    def is_on_one_day(self) -> bool:
        """Whether the meeting ends on the day it starts."""
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def calendar_address(self) -> str:
        """The path of the meeting's calendar file."""
        return (self.url or "/") + self.reverse_subpage("calendar")

    @path(f"{CALENDAR_SLUG}/", name="calendar")
    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        from pages.calendar import build_calendar, calendar_response

        return calendar_response(build_calendar([self], name=self.title), file_name=self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "downloads": shown_links(self.downloads)}

    def download_titles(self) -> list[str]:
        """Return the titles of the downloads that the page shows, for the search."""
        return public_titles(self.downloads)

    def structured_data(self) -> list[dict[str, Any]]:
        return [structured_data.event(self, organizer=association())]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Zeiten.")
        if self.original_starts_at and not self.is_moved:
            errors["original_starts_at"] = _("Ein ursprünglicher Beginn gehört nur zu einem verlegten Treffen.")
        if errors:
            raise ValidationError(errors)


def next_end() -> datetime | None:
    """Return when the next published meeting ends and moves to the archive by itself."""
    return MeetingPage.objects.live().upcoming().order_by("ends_at").values_list("ends_at", flat=True).first()


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


class MeetingDownload(PageDownload):
    """A paper for a meeting: invitation, slides, minutes."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="downloads")
