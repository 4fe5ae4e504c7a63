"""Wagtail's own users app with our views in place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    user_viewset = "portal.accounts.viewsets.PersonViewSet"
