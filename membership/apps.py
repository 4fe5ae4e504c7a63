"""From application form to board decision."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "membership"
    label = "membership"
    verbose_name = _("Mitgliedschaft")

    def ready(self) -> None:
        """Register what lower rooms call: mails, papers for download and the daily deletion."""
        from library.generated import register_generated
        from membership import documents, mails, secret_paths
        from membership.domain import delete_unconfirmed
        from portal.mailing.periodic import register_periodic

        mails.register()
        register_generated("aufnahmeantrag", documents.render_blank_form, title="Aufnahmeantrag")
        register_generated("satzung", documents.render_statutes, title="Satzung")
        register_periodic("delete_unconfirmed_applications", timedelta(hours=1), delete_unconfirmed)
        secret_paths.keep_out_of_logs()
