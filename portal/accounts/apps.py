"""People who sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Zugänge")

    def ready(self) -> None:
        from portal.accounts import mails, personal_data
        from portal.accounts.second_factor import changes, rotation, session
        from portal.privacy.audit import register_views

        mails.register()
        personal_data.declare()
        session.connect()
        rotation.register()
        register_views(*changes.LOGGED)
