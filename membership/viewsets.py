"""The applications in Wagtail's admin: a list, and one page per application with its steps."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from membership import permissions
from membership.enums import STAFF_STATES, ApplicationState
from membership.models import Application
from membership.staff.detail import DetailView
from membership.staff.urls import STEPS
from portal.association.enums import ApplicantKind, MembershipType

PAPERS_CHOICES = [("missing", _("unvollständig")), ("complete", _("vollständig"))]


class ApplicationFilterSet(WagtailFilterSet):
    """State, kind, type, and whether the papers are complete."""

    state = ChoiceFilter(label=_("Stand"), choices=[c for c in ApplicationState.choices if c[0] in STAFF_STATES])
    kind = ChoiceFilter(label=_("Art"), choices=ApplicantKind.choices)
    membership_type = ChoiceFilter(label=_("Mitgliedschaft"), choices=MembershipType.choices)
    papers = ChoiceFilter(label=_("Unterlagen offener Anträge"), choices=PAPERS_CHOICES, method="filter_papers")

    class Meta:
        model = Application
        fields = ["state", "kind", "membership_type"]

    def filter_papers(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.incomplete() if value == "missing" else queryset.complete()


class ApplicationIndexView(generic.IndexView):
    """Confirmed applications, the newest first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, permissions.VIEW):
            return render(request, "403.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return Application.objects.for_staff()


class ApplicationViewSet(ModelViewSet):
    """No adding, editing, copying or deleting: an application changes by its steps alone."""

    model = Application
    name = "membership_applications"
    url_prefix = "antraege"
    icon = "form"
    menu_label = _("Aufnahmeanträge")
    menu_order = 150
    add_to_admin_menu = True
    # References to people's data have no place in Wagtail's index of uses.
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = ApplicationIndexView
    inspect_view_class = DetailView
    filterset_class = ApplicationFilterSet
    search_fields = ["reference"]
    search_backend_name = None
    list_per_page = 25
    list_display = [
        TitleColumn(
            "reference", label=_("Vorgangsnummer"), url_name="membership_applications:inspect", sort_key="reference"
        ),
        Column("applicant_name", label=_("Name"), sort_key="applicant_name"),
        Column("get_kind_display", label=_("Art")),
        Column("get_membership_type_display", label=_("Mitgliedschaft")),
        DateColumn("submitted_at", label=_("gestellt"), sort_key="submitted_at"),
        Column("standing", label=_("Stand")),
    ]

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {}

    @property
    def inspect_view(self) -> Any:
        return DetailView.as_view()

    def get_urlpatterns(self) -> list[Any]:
        """Return the list, the page of one application and its steps; Wagtail's forms stay out."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            *STEPS,
        ]
