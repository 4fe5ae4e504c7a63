"""What an invited person does at the personal link: confirm, or decline. Opening the link changes nothing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from membership.domain.invitations import cancel_row_mails, digital_accepted
from membership.domain.locking import lock
from membership.domain.rows import refuse_contact
from membership.domain.signing_errors import AlreadySigned, ContentChanged, LinkClosed, OtherName
from membership.domain.waiting import is_reversible
from membership.enums import LinkState, SignatureChannel, SignatureStanding
from membership.fields import SIGNATURES_NEEDED
from membership.mail_kinds import COSIGNATURES_COMPLETE, COSIGNER_DECLINED, DECLINED_NOTICE, SIGNATURES_NOTICE
from membership.models import Application, CoSignature
from membership.models.signature import fold_name
from portal.association.enums import LegalTextKind
from portal.association.models import LegalText
from portal.mailing.queue import queue_mail
from portal.privacy import audit

_STATE_OF_STANDING = {
    SignatureStanding.INVITED: LinkState.OPEN,
    SignatureStanding.EXPIRED: LinkState.EXPIRED,
    SignatureStanding.CONFIRMED: LinkState.CONFIRMED,
    SignatureStanding.SIGNED: LinkState.SIGNED,
    SignatureStanding.DECLINED: LinkState.DECLINED,
    SignatureStanding.REVOKED: LinkState.REVOKED,
    SignatureStanding.NAMED: LinkState.REPLACED,
}


def link_state(row: CoSignature, *, generation: int, now: datetime) -> LinkState:
    """Return what the link of ``generation`` leads to: a decision or withdrawal first, then a change, then the row.

    While a decision waits to be told, a link leads where it led before, but nothing can be done at it.
    """
    waits = is_reversible(row.application)
    if not row.application.is_open and not waits:
        return LinkState.DECIDED if row.application.is_decided else LinkState.WITHDRAWN
    if generation <= row.changed_generation:
        return LinkState.CHANGED
    if generation < row.generation:
        return LinkState.REPLACED
    state = _STATE_OF_STANDING[row.standing_at(now)]
    if state is LinkState.OPEN and not digital_accepted():
        return LinkState.PAPER_ONLY
    return LinkState.PAUSED if state is LinkState.OPEN and waits else state


def confirm_cosignature(row: CoSignature, *, generation: int, name: str, seen_hash: str) -> CoSignature:
    """Record that the person invited confirms the application; the form has asked for the declaration and full age.

    ``generation`` is the link's, ``seen_hash`` the content hash of what was shown. Stored are the name typed, the time,
    the content hash, the version of the declaration and the channel. The name must be that of the person invited: a
    confirmation under another name would be one the office cannot attribute. Raises LinkClosed with the reason,
    ContentChanged, OtherName, AlreadySigned when the person has signed in another row, ContactMayNotSign.
    """
    with transaction.atomic():
        fresh = _lock_link(row, generation)
        application = fresh.application
        if seen_hash != application.content_hash:
            raise ContentChanged
        _check_person(fresh, name)
        people_before = application.cosignatures.people()
        _confirm(fresh, name)
        audit.record(application, "cosignature_confirmed", position=fresh.position)
        tell_of_the_fifth(application, people_before)
        return fresh


def tell_of_the_fifth(locked: Application, people_before: int) -> None:
    """Tell contact and office once five have signed or confirmed, whichever way the fifth did.

    Where all is on paper, the office has counted itself, and the contact has collected the signatures.
    """
    rows = locked.cosignatures
    if people_before < SIGNATURES_NEEDED <= rows.people() and rows.confirmed().exists():
        queue_mail(COSIGNATURES_COMPLETE, locked.pk)
        queue_mail(SIGNATURES_NOTICE, locked.pk)


def decline_cosignature(row: CoSignature, *, generation: int) -> CoSignature:
    """Record that the person does not confirm; contact and office are told. Raises LinkClosed with the reason."""
    with transaction.atomic():
        fresh = _lock_link(row, generation)
        fresh.declined_at = timezone.now()
        fresh.save(update_fields=["declined_at"])
        cancel_row_mails(fresh)
        audit.record(fresh.application, "cosignature_declined", position=fresh.position)
        queue_mail(COSIGNER_DECLINED, fresh.pk)
        queue_mail(DECLINED_NOTICE, fresh.application_id)
        return fresh


def declaration_of(application: Application) -> LegalText:
    """Return what co-signatories declare, in the version the application was submitted with."""
    return LegalText.objects.get(
        kind=LegalTextKind.GROUP_DECLARATION,
        pk__in=application.text_versions.values("text"),
    )


def _lock_link(row: CoSignature, generation: int) -> CoSignature:
    """Return the row with its application locked; raises LinkClosed unless the link waits for an answer."""
    application = lock(row.application)
    fresh = CoSignature.objects.get(pk=row.pk)
    fresh.application = application
    state = link_state(fresh, generation=generation, now=timezone.now())
    if state is not LinkState.OPEN:
        raise LinkClosed(state)
    return fresh


def _check_person(row: CoSignature, name: str) -> None:
    folded = fold_name(name)
    if folded != row.folded_name:
        raise OtherName
    refuse_contact(row.application, folded_name=folded, email=row.email)
    others = row.application.cosignatures.present().exclude(pk=row.pk)
    if others.filter(folded_name=folded).exists() or _address_signed(row):
        raise AlreadySigned


def _address_signed(row: CoSignature) -> bool:
    others = row.application.cosignatures.confirmed().exclude(pk=row.pk).exclude(email="")
    return bool(row.email) and others.filter(email__iexact=row.email).exists()


def _confirm(row: CoSignature, name: str) -> None:
    row.name = " ".join(name.split())
    row.channel, row.present = SignatureChannel.DIGITAL, True
    row.recorded_at = timezone.now()
    row.signed_on = timezone.localdate(row.recorded_at)
    row.recorded_by = row.voided_at = None
    row.content_hash = row.application.content_hash
    row.declaration = declaration_of(row.application)
    row.save()
    cancel_row_mails(row)
