"""What the admin learns from this room."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from portal.mailing import text_views
from portal.mailing.dashboard import MailTroublePanel
from portal.mailing.models import QueuedMail
from portal.mailing.permissions import QueuedMailPolicy
from portal.mailing.viewsets import QueuedMailViewSet

register_permission_policy(QueuedMail, QueuedMailPolicy(QueuedMail))


@hooks.register("register_admin_viewset")
def register_viewset() -> QueuedMailViewSet:
    """The list of mails."""
    return QueuedMailViewSet()


class TextsItem(MenuItem):
    """The texts, for those who may change them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(text_views.PERMISSION))


@hooks.register("register_settings_menu_item")
def texts_item() -> MenuItem:
    """Among the settings, beside the list of mails."""
    return TextsItem(_("E-Mail-Texte"), reverse("mailing_texts"), icon_name="mail", order=630)


@hooks.register("register_admin_urls")
def text_urls() -> list[URLPattern]:
    """The texts of mails."""
    one = "mailtexte/<slug:kind>/<slug:language>/"
    return [
        path("mailtexte/", text_views.TextListView.as_view(), name="mailing_texts"),
        path(one, text_views.TextEditView.as_view(), name="mailing_text"),
        path(f"{one}vorschau/", text_views.PreviewView.as_view(), name="mailing_text_preview"),
        path(f"{one}probe/", text_views.SampleMailView.as_view(), name="mailing_text_test"),
    ]


@hooks.register("construct_homepage_panels")
def add_mail_trouble(request: HttpRequest, panels: list[Any]) -> None:
    """Say on the start page when mails do not get out."""
    panels.append(MailTroublePanel())


@hooks.register("register_permissions")
def offer_permissions() -> QuerySet[Permission]:
    """Let the groups' form offer reading the list and sending again."""
    return Permission.objects.filter(content_type__app_label="mailing")
