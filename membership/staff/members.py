"""The members, as the board has admitted them: to be read and taken along, never written here."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from membership import permissions
from membership.models import Member
from membership.spreadsheet import CONTENT_TYPE, render_list
from membership.staff.base import detail_url
from portal.association.enums import ApplicantKind, MembershipType
from portal.privacy import audit


class MemberFilterSet(WagtailFilterSet):
    """Kind and type."""

    kind = ChoiceFilter(label=gettext_lazy("Art"), choices=ApplicantKind.choices)
    membership_type = ChoiceFilter(label=gettext_lazy("Mitgliedschaft"), choices=MembershipType.choices)

    class Meta:
        model = Member
        fields = ["kind", "membership_type"]


class MemberIndexView(generic.IndexView):
    """By number; the number leads to the application."""

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
        return Member.objects.select_related("application")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        export = Button(_("Als Excel-Datei (XLSX)"), url=f"?{query.urlencode()}", icon_name="download", priority=90)
        return [*super().header_more_buttons, export]

    def workbook(self) -> HttpResponse:
        """Return the list as it is filtered and searched; that somebody took it is in the log."""
        found = self.get_queryset()
        audit.record(self.request.user, "members_exported", actor=self.request.user, count=found.count())
        columns = [
            (_("Mitgliedsnummer"), 16),
            (_("Name"), 36),
            (_("Art"), 34),
            (_("Mitgliedschaft"), 26),
            (_("Mitglied seit"), 14),
        ]
        name = f"Mitglieder-{timezone.localdate():%Y-%m-%d}.xlsx"
        return HttpResponse(
            render_list(_("Mitglieder"), columns, export_rows(found)),
            content_type=CONTENT_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def export_rows(members: Any) -> Iterator[list[Any]]:
    """Yield one row for each member."""
    for member in members:
        yield [
            member.number,
            member.application.applicant_name,
            member.get_kind_display(),
            member.get_membership_type_display(),
            member.since,
        ]


class DayColumn(Column):
    """A day as people write it."""

    def get_value(self, instance: Any) -> str:
        day = super().get_value(instance)
        return f"{day:%d.%m.%Y}" if day else ""


class MemberViewSet(ModelViewSet):
    """Members come and go by decisions alone."""

    model = Member
    name = "membership_members"
    url_prefix = "mitglieder"
    icon = "group"
    menu_label = gettext_lazy("Mitglieder")
    menu_order = 151
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MemberIndexView
    filterset_class = MemberFilterSet
    search_fields = ["number", "application__applicant_name", "application__reference"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn(
            "number",
            label=gettext_lazy("Mitgliedsnummer"),
            get_url=lambda member: detail_url(member.application),
            sort_key="number",
        ),
        Column("application.applicant_name", label=gettext_lazy("Name"), sort_key="application__applicant_name"),
        Column("get_kind_display", label=gettext_lazy("Art")),
        Column("get_membership_type_display", label=gettext_lazy("Mitgliedschaft")),
        DayColumn("since", label=gettext_lazy("Mitglied seit"), sort_key="since"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Return the list alone."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
