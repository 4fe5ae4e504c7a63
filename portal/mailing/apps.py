"""Mails: a durable queue and the worker that sends it."""

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "portal.mailing"
    label = "mailing"
    verbose_name = _("E-Mail")

    def ready(self) -> None:
        from portal.mailing.links import TokenConverter

        # For the links of every room: path("…/<token:token>/", …).
        register_converter(TokenConverter, "token")
