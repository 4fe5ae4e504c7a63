"""The applications in Wagtail's admin: a list, and one page per application with its steps."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from membership.models import Application
from membership.staff.detail import DetailView
from membership.staff.entry import EntryView
from membership.staff.listing import COLUMNS, ApplicationFilterSet, ApplicationIndexView
from membership.staff.urls import STEPS


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
    search_fields = ["reference", "applicant_name"]
    # Asked of the table itself: applications are in no search index.
    search_backend_name = None
    list_per_page = 25
    list_display = COLUMNS

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
            path("erfassen/", EntryView.as_view(), name="enter"),
            *STEPS,
        ]
