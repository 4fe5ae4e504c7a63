"""Personal data: encryption, private files, the log of who looked."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "portal.privacy"
    label = "privacy"
    verbose_name = _("Datenschutz")

    def ready(self) -> None:
        from portal.privacy import logs, personal_data
        from portal.privacy.checks import check_data_keys

        register(check_data_keys, Tags.security)
        personal_data.declare()
        logs.register()
