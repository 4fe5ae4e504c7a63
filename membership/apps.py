"""From application form to board decision."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "membership"
    label = "membership"
    verbose_name = _("Mitgliedschaft")

    def ready(self) -> None:
        """Register what lower rooms call: mails, papers for download, retention, reminders, ties to the dues."""
        from dues import permissions
        from dues.bindings import register_binding
        from dues.steps import register_step
        from library.generated import register_generated
        from membership import cosigner_mails, documents, mail_texts, mails, personal_data, secret_paths
        from membership.bindings import submitted_since
        from membership.domain import close_due_votes, remind_cosigners, retention
        from membership.models import Attachment
        from membership.permissions import may_see_applications
        from membership.simulation.links import simulation_url
        from portal.accounts.second_factor.requirement import require_second_factor
        from portal.mailing.periodic import register_periodic
        from portal.privacy.audit import register_views
        from portal.privacy.store import register_file_field

        mails.register()
        mail_texts.register()
        cosigner_mails.register()
        personal_data.declare()
        register_generated("aufnahmeantrag", documents.render_blank_form, title="Aufnahmeantrag")
        register_generated("satzung", documents.render_statutes, title="Satzung")
        retention.register()
        require_second_factor(may_see_applications)
        register_periodic("close_votes", timedelta(minutes=1), close_due_votes)
        register_file_field(Attachment, "file_name")
        register_periodic("remind_cosigners", timedelta(hours=1), remind_cosigners)
        register_views(
            "application_opened",
            "application_pdf_opened",
            "extract_opened",
            "applications_exported",
            "members_exported",
            "member_dues_opened",
            "bank_data_unmasked",
            "attachment_viewed",
            "attachment_downloaded",
        )
        secret_paths.keep_out_of_logs()
        register_binding(submitted_since)
        register_step(_("Auswirkungen ansehen"), simulation_url, action=permissions.CHANGE)
