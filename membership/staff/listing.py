"""The list of applications: filters, columns, and the same list as a workbook."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from membership import permissions
from membership.domain import open_lines_of_many
from membership.domain.completeness import Line
from membership.enums import STAFF_STATES, ApplicationState, Channel
from membership.models import Application
from membership.spreadsheet import CONTENT_TYPE, render_list
from portal.association.enums import ApplicantKind, MembershipType
from portal.privacy import audit

MISSING, COMPLETE, ASKED = "missing", "complete", "asked"
PAPERS_CHOICES = [
    (MISSING, gettext_lazy("es fehlt etwas")),
    (COMPLETE, gettext_lazy("vollständig")),
    (ASKED, gettext_lazy("wartet auf Antwort")),
]
AT_ONCE = 500
"""How many rows are fetched at once for a workbook."""


class ApplicationFilterSet(WagtailFilterSet):
    """State, kind, type, way, and whether the papers are complete."""

    state = ChoiceFilter(
        label=gettext_lazy("Stand"), choices=[c for c in ApplicationState.choices if c[0] in STAFF_STATES]
    )
    kind = ChoiceFilter(label=gettext_lazy("Art"), choices=ApplicantKind.choices)
    membership_type = ChoiceFilter(label=gettext_lazy("Mitgliedschaft"), choices=MembershipType.choices)
    channel = ChoiceFilter(label=gettext_lazy("Weg"), choices=Channel.choices)
    papers = ChoiceFilter(
        label=gettext_lazy("Unterlagen offener Anträge"), choices=PAPERS_CHOICES, method="filter_papers"
    )

    class Meta:
        model = Application
        fields = ["state", "kind", "membership_type", "channel"]

    def filter_papers(self, queryset: Any, name: str, value: str) -> Any:
        return {MISSING: queryset.incomplete, COMPLETE: queryset.complete, ASKED: queryset.awaiting_answer}[value]()


class MissingColumn(Column):
    """What an open application lacks: the first thing in few words, everything when it is opened."""

    cell_template_name = "membership/admin/missing_cell.html"

    def get_value(self, instance: Any) -> list[Line]:
        """Return what :func:`note_open_lines` has put there for the whole page."""
        lines: list[Line] = instance.open_lines
        return lines


def what_of(application: Application) -> str:
    """Return in words who applies for what."""
    return f"{application.get_kind_display()}, {application.get_membership_type_display()}"


class AgeColumn(Column):
    """For how many days the association has had it."""

    def get_value(self, instance: Any) -> str:
        return days_of(instance)


def days_of(application: Application) -> str:
    """Return the age in days, without the time in which the applicant had to answer."""
    age = application.age()
    return "" if age is None else str(age.days)


COLUMNS = [
    TitleColumn(
        "reference",
        label=gettext_lazy("Vorgangsnummer"),
        url_name="membership_applications:inspect",
        sort_key="reference",
        classname="w-text-16 w-whitespace-nowrap",
    ),
    Column("applicant_name", label=gettext_lazy("Name"), sort_key="applicant_name"),
    Column("kind", label=gettext_lazy("Art"), accessor=what_of),
    AgeColumn("age", label=gettext_lazy("Alter (Tage)"), sort_key="clock_started_at"),
    Column("standing", label=gettext_lazy("Stand"), sort_key="state"),
    MissingColumn("missing", label=gettext_lazy("Was fehlt")),
]


class ApplicationIndexView(generic.IndexView):
    """What office and board may see, the newest first."""

    table_classname = "listing listing--scrolls"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, permissions.VIEW):
            return render(request, "403.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "xlsx":
            return self.workbook()
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return Application.objects.for_staff()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        note_open_lines(list(context["object_list"]))
        return context

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        export = Button(_("Als Excel-Datei (XLSX)"), url=f"?{query.urlencode()}", icon_name="download", priority=90)
        buttons = [*super().header_more_buttons, export]
        if permissions.policy.user_has_permission(self.request.user, permissions.RECORD):
            enter = reverse("membership_applications:enter")
            buttons.append(Button(_("Antrag erfassen"), url=enter, icon_name="plus", priority=10))
        return buttons

    def workbook(self) -> HttpResponse:
        """Return the list as it is filtered and searched; that somebody took it is in the log."""
        found = self.get_queryset()
        audit.record(self.request.user, "applications_exported", actor=self.request.user, count=found.count())
        content = render_list(_("Aufnahmeanträge"), export_columns(), export_rows(found))
        name = f"Aufnahmeantraege-{timezone.localdate():%Y-%m-%d}.xlsx"
        return HttpResponse(
            content, content_type=CONTENT_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )


def note_open_lines(applications: Collection[Application]) -> None:
    """Put what is missing on the applications of the list."""
    for application, lines in zip(applications, open_lines_of_many(applications), strict=True):
        application.open_lines = lines


def export_columns() -> list[tuple[str, int]]:
    """Return the workbook's headings with their widths."""
    return [
        (_("Vorgangsnummer"), 18),
        (_("Name"), 36),
        (_("Art"), 34),
        (_("Mitgliedschaft"), 26),
        (_("Weg"), 12),
        (_("gestellt am"), 14),
        (_("Alter in Tagen"), 14),
        (_("Stand"), 22),
        (_("Was fehlt"), 70),
        (_("entschieden am"), 16),
    ]


def export_rows(applications: Any) -> Iterator[list[Any]]:
    """Yield one row for each application, a few hundred fetched at once.

    The words of choices are looked up once, not once for each of thousands of rows.
    """
    kinds, types, channels, states = (words_of(name) for name in ("kind", "membership_type", "channel", "state"))
    waiting = _("wartet auf Antwort")
    for application in in_chunks(applications):
        age = application.age()
        yield [
            application.reference,
            application.applicant_name,
            kinds[application.kind],
            types[application.membership_type],
            channels[application.channel],
            timezone.localdate(application.submitted_at),
            None if age is None else age.days,
            waiting if application.awaits_answer else states[application.state],
            " ".join(line.note for line in application.open_lines),
            application.decided_on,
        ]


def in_chunks(applications: Any) -> Iterator[Application]:
    """Yield every application with what it lacks, some hundred fetched at once."""
    found = applications.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(found, AT_ONCE)):
        note_open_lines(chunk)
        yield from chunk


def words_of(name: str) -> dict[str, str]:
    """Return what people read for each value of a field with choices."""
    field = Application._meta.get_field(name)
    return {value: str(label) for value, label in field.flatchoices}  # type: ignore[union-attr]
