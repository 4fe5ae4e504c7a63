"""What the admin learns from this room."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.privacy.views import RetentionView, may_view


class RetentionItem(MenuItem):
    """The report, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_view(request.user)


@hooks.register("register_admin_urls")
def retention_url() -> list[URLPattern]:
    """The report on how long things are kept."""
    return [path("aufbewahrung/", RetentionView.as_view(), name="privacy_retention")]


@hooks.register("register_settings_menu_item")
def retention_item() -> MenuItem:
    """Among the settings."""
    return RetentionItem(_("Aufbewahrung"), reverse("privacy_retention"), icon_name="history", order=640)


@hooks.register("register_permissions")
def offer_permissions() -> QuerySet[Permission]:
    """Let the groups' form offer seeing and setting the periods."""
    return Permission.objects.filter(content_type__app_label="privacy", content_type__model="retentionperiod")
