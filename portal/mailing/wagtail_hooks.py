"""What the admin learns from this room."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from portal.mailing.dashboard import MailTroublePanel
from portal.mailing.models import QueuedMail
from portal.mailing.permissions import QueuedMailPolicy
from portal.mailing.viewsets import QueuedMailViewSet

register_permission_policy(QueuedMail, QueuedMailPolicy(QueuedMail))


@hooks.register("register_admin_viewset")
def register_viewset() -> QueuedMailViewSet:
    """The list of mails."""
    return QueuedMailViewSet()


@hooks.register("construct_homepage_panels")
def add_mail_trouble(request: HttpRequest, panels: list[Any]) -> None:
    """Say on the start page when mails do not get out."""
    panels.append(MailTroublePanel())


@hooks.register("register_permissions")
def offer_permissions() -> QuerySet[Permission]:
    """Let the groups' form offer reading the list and sending again."""
    return Permission.objects.filter(content_type__app_label="mailing")
