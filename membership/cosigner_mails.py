"""What the persons who confirm a group's application are told, and the contact about them.

Each mail is written when it is sent, from the row and the application as they are then; what is no longer true is not
sent. The link stands only in the mail of the person it belongs to.
"""

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from membership import links, mail_kinds
from membership.enums import SignatureStanding
from membership.fields import SIGNATURES_NEEDED
from membership.mails import notice, office_address
from membership.models import Application, CoSignature
from portal.association.models import AssociationSettings
from portal.mailing.compose import build_mail
from portal.mailing.registry import Compose, register_mail


def register() -> None:
    """Tell the queue who writes which mail."""
    for kind, compose in _COMPOSERS.items():
        about = CoSignature if kind in mail_kinds.COSIGNER_MAILS else Application
        register_mail(kind, compose, label=mail_kinds.LABELS[kind], about=about._meta.label)


def invited(pk: int) -> list[EmailMessage]:
    """Ask a person to confirm; nothing once they answered, or when the invitation is no longer good."""
    return _to_cosigner(pk, mail_kinds.COSIGNER_INVITED)


def reminded(pk: int) -> list[EmailMessage]:
    """Ask once more, with the same link."""
    return _to_cosigner(pk, mail_kinds.COSIGNER_REMINDED)


def changed(pk: int) -> list[EmailMessage]:
    """Tell a person that the application was changed, that nothing confirmed before counts, and ask anew."""
    return _to_cosigner(pk, mail_kinds.COSIGNER_CHANGED)


def declined(pk: int) -> list[EmailMessage]:
    """Tell the contact who does not confirm; nothing once the row was given to somebody else."""
    row = CoSignature.objects.select_related("application").filter(pk=pk, declined_at__isnull=False).first()
    if row is None or not row.application.is_open:
        return []
    return _to_contact(row.application, mail_kinds.COSIGNER_DECLINED, row=row)


def declined_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that somebody declined: the application's reference and a link, nothing else."""
    waiting = Application.objects.open().filter(pk=pk).first()
    return notice(mail_kinds.DECLINED_NOTICE, waiting, office_address())


def signatures_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that five people have confirmed; nothing when that is no longer so."""
    return notice(mail_kinds.SIGNATURES_NOTICE, _confirmed_by_five(pk), office_address())


def complete(pk: int) -> list[EmailMessage]:
    """Tell the contact that five people have confirmed; nothing when that is no longer so."""
    application = _confirmed_by_five(pk)
    return _to_contact(application, mail_kinds.COSIGNATURES_COMPLETE) if application else []


def voided(pk: int) -> list[EmailMessage]:
    """Tell the contact that a change voided what was confirmed, and who signs anew on paper."""
    application = Application.objects.open().filter(pk=pk).first()
    if application is None:
        return []
    on_paper = application.cosignatures.filter(voided_at__isnull=False, present=False, invited_at__isnull=True)
    return _to_contact(application, mail_kinds.CONFIRMATIONS_VOIDED, on_paper=[row.name for row in on_paper])


def _confirmed_by_five(pk: int) -> Application | None:
    application = Application.objects.open().filter(pk=pk).first()
    if application is None or application.cosignatures.people() < SIGNATURES_NEEDED:
        return None
    return application


def _to_cosigner(pk: int, kind: str) -> list[EmailMessage]:
    """Return the mail if the invitation still waits for an answer and the application is open."""
    row = CoSignature.objects.unanswered().select_related("application").exclude(email="").filter(pk=pk).first()
    if row is None or row.standing is not SignatureStanding.INVITED:
        return []
    context = {
        **_context(row.application, row.name),
        "row": row,
        "cosign_url": links.cosigner_url(row),
        "valid_until": row.expires_at,
    }
    return [build_mail(kind, context, to=row.email, language=row.application.language)]


def _to_contact(application: Application, kind: str, **more: object) -> list[EmailMessage]:
    if not application.email:
        return []
    context = {
        **_context(application, application.answers.get("contact_name", "")),
        "status_url": links.url(application, links.STATUS),
        **more,
    }
    return [build_mail(kind, context, to=application.email, language=application.language)]


def _context(application: Application, reader: str) -> dict[str, object]:
    with override(application.language):
        salutation = _("Guten Tag %(name)s,") % {"name": reader} if reader else _("Guten Tag,")
    return {
        "application": application,
        "association": AssociationSettings.load(),
        "contact": application.answers.get("contact_name", ""),
        "salutation": salutation,
    }


_COMPOSERS: dict[str, Compose] = {
    mail_kinds.COSIGNER_INVITED: invited,
    mail_kinds.COSIGNER_REMINDED: reminded,
    mail_kinds.COSIGNER_CHANGED: changed,
    mail_kinds.COSIGNER_DECLINED: declined,
    mail_kinds.DECLINED_NOTICE: declined_notice,
    mail_kinds.SIGNATURES_NOTICE: signatures_notice,
    mail_kinds.COSIGNATURES_COMPLETE: complete,
    mail_kinds.CONFIRMATIONS_VOIDED: voided,
}
