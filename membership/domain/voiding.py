"""A change after the first confirmation: what was confirmed is not what the application says any more.

Whoever changes an application asks :func:`confirmations_at_risk` first, so that the interface can warn, and calls
:func:`void_confirmations` in the transaction that stores a new content hash.
"""

from django.db import transaction
from django.utils import timezone

from membership.domain.invitations import digital_accepted, send_invitation
from membership.domain.locking import lock
from membership.domain.readiness import take_back_if_incomplete
from membership.enums import SignatureChannel, SignatureStanding
from membership.mail_kinds import CONFIRMATIONS_VOIDED, COSIGNER_CHANGED
from membership.models import Application, CoSignature
from portal.accounts.models import User
from portal.mailing.queue import queue_mail
from portal.privacy import audit


def confirmations_at_risk(application: Application) -> list[CoSignature]:
    """Return the rows, on paper and digital, that a change of the application's content would void."""
    return list(application.cosignatures.present().order_by("position"))


def void_confirmations(application: Application, *, changed_by: User | None = None) -> int:
    """Void every signature, tell everybody by mail, and invite again; return how many signatures were voided.

    ``application`` carries its new content hash already, and is still open. Nothing happens as long as nobody has
    signed: links sent before stay good and show the new content. Afterwards every earlier link says that the
    application was changed. Who had confirmed, or still could, gets a new link in the mail that tells of the change;
    without an address, or where only paper is taken, the person signs anew on paper. The contact is told as well. An
    application that was ready goes back to the office.
    """
    with transaction.atomic():
        locked = lock(application)
        voided = confirmations_at_risk(locked)
        if not voided:
            return 0
        now, digital = timezone.now(), digital_accepted()
        for row in locked.cosignatures.select_related("application"):
            asked = row.present or row.standing_at(now) is SignatureStanding.INVITED
            row.changed_generation = row.generation
            if row.present:
                _clear(row)
            if asked and row.email and digital:
                send_invitation(row, kind=COSIGNER_CHANGED)
            else:
                row.save()
        audit.record(locked, "confirmations_voided", actor=changed_by, count=len(voided))
        take_back_if_incomplete(locked, changed_by)
        queue_mail(CONFIRMATIONS_VOIDED, locked.pk)
        return len(voided)


def _clear(row: CoSignature) -> None:
    row.present, row.voided_at = False, timezone.now()
    row.signed_on = row.recorded_at = row.recorded_by = row.declaration = row.invited_at = None
    row.content_hash = ""
    row.channel = SignatureChannel.PAPER
