"""Where membership shows up in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.settings.registry import register_setting
from wagtail.permissions import register_permission_policy

from membership import permissions
from membership.models import Application, Letter, Member, VotingRules
from membership.simulation.links import URL_NAME
from membership.simulation.views import SimulationView
from membership.staff.letters import LetterViewSet
from membership.staff.members import MemberViewSet
from membership.staff.treasury import MemberDuesViewSet
from membership.viewsets import ApplicationViewSet

register_permission_policy(Application, permissions.policy)
for model in (Member, Letter):
    register_permission_policy(model, permissions.ListPermissionPolicy(model))
register_setting(VotingRules, icon="list-ol")


@hooks.register("register_admin_viewset")
def register_applications() -> list[ModelViewSet]:
    return [ApplicationViewSet(), MemberViewSet(), LetterViewSet(), MemberDuesViewSet()]


@hooks.register("register_admin_urls")
def register_simulation() -> list[URLPattern]:
    return [path("beitragsordnungen/<int:pk>/auswirkungen/", SimulationView.as_view(), name=URL_NAME)]


class WaitingApplications(Component):
    """How many applications wait, for whom."""

    name = "waiting_applications"
    template_name = "membership/admin/waiting_applications.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "awaiting_board": Application.objects.awaiting_board().count(),
            "awaiting_office": Application.objects.awaiting_office().filter(clock_paused_at__isnull=True).count(),
            "awaiting_answer": Application.objects.awaiting_answer().count(),
        }


@hooks.register("construct_homepage_panels")
def add_waiting_applications(request: HttpRequest, panels: list[Component]) -> None:
    if permissions.policy.user_has_permission(request.user, permissions.VIEW):
        panels.append(WaitingApplications())
