"""What the office records: the signed original, and the five rows of a group."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from membership.domain.cosigning import tell_of_the_fifth
from membership.domain.errors import FormNotAccepted, NoSuchEdition, NoSuchRow, SignatureIncomplete
from membership.domain.invitations import cancel_row_mails
from membership.domain.locking import lock_open, refuse_implausible
from membership.domain.readiness import take_back_if_incomplete
from membership.domain.rows import refuse_contact
from membership.domain.signing_errors import AlreadyGiven, InvitationRunning
from membership.domain.vote import refuse_while_voting
from membership.enums import SignatureChannel, SignatureStanding
from membership.fields import MOST_SIGNATURES
from membership.models import Application, CoSignature, ReceiptRecord
from membership.models.signature import fold_name
from portal.accounts.models import User
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.privacy import audit

RECORDED_FORMS = frozenset({AcceptedForm.PAPER, AcceptedForm.SCAN})


def record_original(
    application: Application,
    *,
    received_on: date,
    form: AcceptedForm | str,
    recorded_by: User,
    edition: int | None = None,
) -> ReceiptRecord:
    """Record that the signed application came, as paper or scan; the same of the same day is recorded once.

    ``edition`` is what the paper shows, the current one unless told otherwise: paper signed before a correction is on
    record, but does not count. Raises NotOpen, FormNotAccepted for a form the association does not take,
    NoSuchEdition, ImplausibleDate, AlreadyVoting while the board votes.
    """
    with transaction.atomic():
        locked = lock_open(application)
        refuse_while_voting(locked)
        if form not in RECORDED_FORMS or form not in AssociationSettings.load().accepted_forms:
            raise FormNotAccepted
        shown = locked.edition if edition is None else edition
        if not 1 <= shown <= locked.edition:
            raise NoSuchEdition
        refuse_implausible(received_on, locked)
        receipt, is_new = locked.receipts.get_or_create(
            form=form, edition=shown, received_on=received_on, defaults={"recorded_by": recorded_by}
        )
        if is_new:
            audit.record(
                locked, "original_recorded", actor=recorded_by, form=str(form), received_on=received_on.isoformat()
            )
        return receipt


def record_signature(
    application: Application,
    *,
    position: int,
    present: bool,
    recorded_by: User,
    name: str = "",
    function: str = "",
    signed_on: date | None = None,
) -> CoSignature:
    """Record one row of a group's paper: signed or not, by whom, when. Recording it again replaces it.

    That nobody signed leaves on record who declined, whose invitation was taken back, and what a change voided.

    A person who was invited may sign on paper all the same; the link then says so. Raises NotOpen, NoSuchRow,
    AlreadyGiven for a row confirmed digitally, InvitationRunning for a row whose link works when somebody else signed
    or nobody, SignatureIncomplete when a signed row lacks name or day, ContactMayNotSign where the association's
    setting says so, ImplausibleDate for a day to come, AlreadyVoting while the board votes.
    """
    with transaction.atomic():
        locked = lock_open(application)
        refuse_while_voting(locked)
        if not locked.is_group or not 1 <= position <= MOST_SIGNATURES:
            raise NoSuchRow
        name = " ".join(name.split())
        row = locked.cosignatures.filter(position=position).first() or CoSignature(
            application=locked, position=position
        )
        _refuse_taken(row, fold_name(name), present=present)
        people_before = locked.cosignatures.people()
        if present:
            _check_signature(locked, name, signed_on)
        if fold_name(name) != row.folded_name:
            row.email = ""  # it belonged to the person who stood here before
        row.name, row.folded_name, row.function = name, fold_name(name), function.strip()
        row.channel, row.present = SignatureChannel.PAPER, present
        row.signed_on = signed_on if present else None
        row.recorded_at, row.recorded_by = timezone.now(), recorded_by
        if present:
            row.voided_at = row.declined_at = row.revoked_at = None
        row.save()
        cancel_row_mails(row)
        audit.record(locked, "signature_recorded", actor=recorded_by, position=position, present=present)
        take_back_if_incomplete(locked, recorded_by)
        tell_of_the_fifth(locked, people_before)
        return row


def _refuse_taken(row: CoSignature, folded_name: str, *, present: bool) -> None:
    standing = row.standing
    if standing is SignatureStanding.CONFIRMED:
        raise AlreadyGiven
    if standing is SignatureStanding.INVITED and not (present and folded_name == row.folded_name):
        raise InvitationRunning


def _check_signature(application: Application, name: str, signed_on: date | None) -> None:
    folded = fold_name(name)
    if not folded or signed_on is None:
        raise SignatureIncomplete
    refuse_implausible(signed_on, application)
    refuse_contact(application, folded_name=folded)
