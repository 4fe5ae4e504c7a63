"""From application form to board decision."""

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
        from membership import documents, mails, personal_data, secret_paths
        from membership.bindings import submitted_since
        from membership.domain import retention
        from membership.models import Attachment
        from membership.simulation.links import simulation_url
        from portal.privacy.audit import register_views
        from portal.privacy.store import register_file_field

        mails.register()
        personal_data.declare()
        register_generated("aufnahmeantrag", documents.render_blank_form, title="Aufnahmeantrag")
        register_generated("satzung", documents.render_statutes, title="Satzung")
        retention.register()
        register_file_field(Attachment, "file_name")
        register_views("application_opened", "application_pdf_opened", "attachment_viewed", "attachment_downloaded")
        secret_paths.keep_out_of_logs()
        register_binding(submitted_since)
        register_step(_("Auswirkungen ansehen"), simulation_url, action=permissions.CHANGE)
