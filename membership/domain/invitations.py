"""Inviting the persons who confirm a group's application: by mail, with a personal link each.

The contact person names them, resends, takes back, replaces and adds, or the office does (``done_by``; None for the
contact). Each step raises NotOpen once the application is decided or withdrawn, AlreadyVoting while the board votes.
A resend or a replacement makes every earlier link of the row useless.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from membership.domain.rows import lock_group, lock_row, refuse_contact, refuse_known
from membership.domain.signing_errors import (
    AlreadyGiven,
    DigitalNotAccepted,
    InvitedTooOften,
    NoAddress,
    NotInvited,
    TooManyCosigners,
)
from membership.enums import SignatureChannel, SignatureStanding
from membership.fields import MOST_SIGNATURES
from membership.mail_kinds import COSIGNER_CHANGED, COSIGNER_INVITED, COSIGNER_REMINDED
from membership.models import Application, CoSignature
from membership.models.signature import fold_name
from portal.accounts.models import User
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.mailing.queue import cancel_mails, queue_mail
from portal.outages import is_outage
from portal.privacy import audit

logger = logging.getLogger(__name__)

MOST_INVITATIONS = 10
"""How many links one row is sent; replacing the person does not start anew."""

ROW_MAILS = (COSIGNER_INVITED, COSIGNER_REMINDED, COSIGNER_CHANGED)


def invite_cosigners(locked: Application) -> int:
    """Invite everybody named with an address; return how many. For the step that confirms the contact's address.

    ``locked`` is the caller's locked application. Nobody is invited unless the association takes digital confirmations.
    """
    if not locked.is_group or not digital_accepted():
        return 0
    rows = list(locked.cosignatures.exclude(email="").filter(generation=0, present=False))
    for row in rows:
        send_invitation(row)
    if rows:
        audit.record(locked, "cosigners_invited", count=len(rows))
    return len(rows)


def add_cosigner(
    application: Application, *, name: str, email: str, function: str = "", done_by: User | None = None
) -> CoSignature:
    """Name one more person and invite them.

    Raises DigitalNotAccepted, TooManyCosigners, KnownName, KnownAddress, ContactMayNotSign.
    """
    with transaction.atomic():
        locked = lock_group(application)
        refuse_without_digital()
        taken = set(locked.cosignatures.values_list("position", flat=True))
        free = [position for position in range(1, MOST_SIGNATURES + 1) if position not in taken]
        if not free:
            raise TooManyCosigners
        row = CoSignature(application=locked, position=free[0])
        _name(row, name=name, email=email, function=function)
        audit.record(locked, "cosigner_added", actor=done_by, position=row.position)
        return send_invitation(row)


def replace_cosigner(
    row: CoSignature, *, name: str, email: str, function: str = "", done_by: User | None = None
) -> CoSignature:
    """Give the row to somebody else, or to the same person with a corrected name or address, and invite them.

    Raises DigitalNotAccepted, AlreadyGiven, InvitedTooOften, KnownName, KnownAddress, ContactMayNotSign.
    """
    with transaction.atomic():
        fresh = _lock_ungiven(row)
        _name(fresh, name=name, email=email, function=function)
        fresh.voided_at = None
        audit.record(fresh.application, "cosigner_replaced", actor=done_by, position=fresh.position)
        return send_invitation(fresh)


def resend_invitation(row: CoSignature, *, done_by: User | None = None) -> CoSignature:
    """Send a new link, good for fourteen days; also to somebody who declined, was revoked or let the link expire.

    Raises DigitalNotAccepted, AlreadyGiven, InvitedTooOften, NoAddress, ContactMayNotSign.
    """
    with transaction.atomic():
        fresh = _lock_ungiven(row)
        if not fresh.email:
            raise NoAddress
        refuse_contact(fresh.application, folded_name=fresh.folded_name, email=fresh.email)
        audit.record(fresh.application, "invitation_resent", actor=done_by, position=fresh.position)
        return send_invitation(fresh)


def revoke_invitation(row: CoSignature, *, done_by: User | None = None) -> CoSignature:
    """Take an invitation back: its link stops working. Raises AlreadyGiven, and NotInvited when there is none."""
    with transaction.atomic():
        fresh = lock_row(row)
        if fresh.present:
            raise AlreadyGiven
        if fresh.standing not in (SignatureStanding.INVITED, SignatureStanding.EXPIRED):
            raise NotInvited
        fresh.revoked_at = timezone.now()
        fresh.save(update_fields=["revoked_at"])
        cancel_row_mails(fresh)
        audit.record(fresh.application, "invitation_revoked", actor=done_by, position=fresh.position)
        return fresh


def remind_cosigners(now: datetime | None = None) -> int:
    """Ask those who have not answered for seven days once more, with the same link; return how many."""
    moment = now or timezone.now()
    reminded = 0
    if not digital_accepted():
        return reminded
    for key in list(CoSignature.objects.to_remind(moment).values_list("pk", flat=True)):
        try:
            reminded += _remind(key, moment)
        except Exception as error:
            # The others wait for other applications; who was not reminded is tried again next time.
            if is_outage(error):
                raise
            logger.error("A reminder failed: %s", type(error).__name__)
    return reminded


def _remind(key: int, moment: datetime) -> bool:
    with transaction.atomic():
        row = CoSignature.objects.select_for_update(of=("self",)).to_remind(moment).filter(pk=key).first()
        if row is None:  # answered, or reminded by another worker, in between
            return False
        row.reminded_at = moment
        row.save(update_fields=["reminded_at"])
        queue_mail(COSIGNER_REMINDED, row.pk)
        audit.record(row.application, "cosigner_reminded", position=row.position)
        return True


def send_invitation(row: CoSignature, *, kind: str = COSIGNER_INVITED) -> CoSignature:
    """Store ``row`` with a new link and queue the mail that carries it; the caller has locked and checked."""
    row.channel = SignatureChannel.DIGITAL
    row.generation += 1
    row.invited_at = timezone.now()
    row.reminded_at = row.declined_at = row.revoked_at = None
    row.save()
    cancel_row_mails(row)
    queue_mail(kind, row.pk)
    return row


def cancel_row_mails(row: CoSignature) -> None:
    """Take back what still waits to be sent to the person."""
    for kind in ROW_MAILS:
        cancel_mails(kind, row.pk)


def digital_accepted() -> bool:
    """Whether the association takes digital confirmations today."""
    return AssociationSettings.load().accepts(AcceptedForm.DIGITAL)


def refuse_without_digital() -> None:
    """Raise DigitalNotAccepted unless the association takes digital confirmations today."""
    if not digital_accepted():
        raise DigitalNotAccepted


def _lock_ungiven(row: CoSignature) -> CoSignature:
    fresh = lock_row(row)
    refuse_without_digital()
    if fresh.present:
        raise AlreadyGiven
    if fresh.generation >= MOST_INVITATIONS:
        raise InvitedTooOften
    return fresh


def _name(row: CoSignature, *, name: str, email: str, function: str) -> None:
    row.name, row.email, row.function = " ".join(name.split()), email, function.strip()
    row.folded_name = fold_name(name)
    refuse_contact(row.application, folded_name=row.folded_name, email=email)
    refuse_known(row.application, folded_name=row.folded_name, email=email, besides=row)
