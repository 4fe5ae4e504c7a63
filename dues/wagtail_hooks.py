"""Where dues orders show up in the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from dues import permissions
from dues.models import DuesOrder
from dues.viewsets import DuesOrderViewSet

register_permission_policy(DuesOrder, permissions.policy)


@hooks.register("register_admin_viewset")
def register_dues_orders() -> DuesOrderViewSet:
    return DuesOrderViewSet()
