"""Rows of co-signatories, held still: what invitations, confirmations and paper rows ask alike."""

from membership.domain.errors import ContactMayNotSign, NoSuchRow
from membership.domain.locking import lock_open
from membership.domain.signing_errors import KnownAddress, KnownName
from membership.domain.vote import refuse_while_voting
from membership.models import Application, CoSignature
from membership.models.signature import fold_name
from portal.association.models import AssociationSettings


def lock_group(application: Application) -> Application:
    """Return the application locked; raises NotOpen, AlreadyVoting, and NoSuchRow unless a group applies."""
    locked = lock_open(application)
    refuse_while_voting(locked)
    if not locked.is_group:
        raise NoSuchRow
    return locked


def lock_row(row: CoSignature) -> CoSignature:
    """Return ``row`` as stored now, its application locked first; raises NotOpen and AlreadyVoting."""
    locked = lock_open(row.application)
    refuse_while_voting(locked)
    fresh = CoSignature.objects.filter(pk=row.pk, application=locked).first()
    if fresh is None:
        raise NoSuchRow
    fresh.application = locked
    return fresh


def refuse_contact(application: Application, *, folded_name: str, email: str = "") -> None:
    """Raise ContactMayNotSign for the contact's name or address where the association's setting says so."""
    if AssociationSettings.load().contact_may_cosign:
        return
    same_name = folded_name == fold_name(application.answers.get("contact_name", ""))
    if same_name or (email and email.lower() == application.email.lower()):
        raise ContactMayNotSign


def refuse_known(application: Application, *, folded_name: str, email: str, besides: CoSignature | None = None) -> None:
    """Raise KnownName or KnownAddress when a row other than ``besides`` has the person or the address already."""
    for other in application.cosignatures.order_by("position"):
        if besides and other.pk == besides.pk:
            continue
        if other.folded_name == folded_name:
            raise KnownName(other.position)
        if email and other.email.lower() == email.lower():
            raise KnownAddress(other.position)
