"""From application form to board decision."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "membership"
    label = "membership"
    verbose_name = _("Mitgliedschaft")

    def ready(self) -> None:
        """Register what lower rooms call: mails, papers for download, the daily deletion, ties to the dues."""
        from dues import permissions
        from dues.bindings import register_binding
        from dues.steps import register_step
        from library.generated import register_generated
        from membership import documents, mails, secret_paths
        from membership.bindings import submitted_since
        from membership.domain import delete_unconfirmed
        from membership.simulation.links import simulation_url
        from portal.mailing.periodic import register_periodic

        mails.register()
        register_generated("aufnahmeantrag", documents.render_blank_form, title="Aufnahmeantrag")
        register_generated("satzung", documents.render_statutes, title="Satzung")
        register_periodic("delete_unconfirmed_applications", timedelta(hours=1), delete_unconfirmed)
        secret_paths.keep_out_of_logs()
        register_binding(submitted_since)
        register_step(_("Auswirkungen ansehen"), simulation_url, action=permissions.CHANGE)
