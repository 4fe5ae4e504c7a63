"""Deleting what must not be kept any longer: the rules this room hands to ``portal.privacy.retention``.

Each removal is a transaction of its own that looks again under a lock: what was confirmed or decided in between stays.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from membership.domain.attachments import discard_superseded
from membership.domain.drafts import delete_expired_draft
from membership.domain.erasure import remove_with_traces
from membership.enums import ApplicationState
from membership.mail_kinds import REJECTED, WITHDRAWN
from membership.models import Application, ApplicationDraft, Attachment, CoSignature, FormerAddress
from membership.models.draft import RETENTION
from portal.mailing.models import QueuedMail
from portal.mailing.queue import forget_mails
from portal.privacy.models import Unit
from portal.privacy.retention import Period, RetentionRule, register_rule


def register() -> None:
    """Hand the rules to the retention."""
    for rule in (DRAFTS, UNCONFIRMED, CLOSED, COSIGNATORY_EMAILS, FORMER_ADDRESSES, SUPERSEDED_UPLOADS):
        register_rule(rule)


def drafts() -> QuerySet[ApplicationDraft]:
    """Return what was begun, submitted drafts (emptied) among them."""
    return ApplicationDraft.objects.all()


def unconfirmed() -> QuerySet[Application]:
    """Return applications whose address nobody has confirmed."""
    return Application.objects.unconfirmed()


def closed() -> QuerySet[Any]:
    """Return applications that did not lead to a membership, with ``closed_at``: when the notice of it was sent.

    None while the mail is on its way. Where no notice went out (nobody to tell any more, a mail given up after its last
    attempt, a letter that nobody says was posted) the end counts: nothing is kept for ever.
    """
    states, notices = (ApplicationState.REJECTED, ApplicationState.WITHDRAWN), (REJECTED, WITHDRAWN)
    underway = QueuedMail.objects.open().filter(kind__in=notices, object_id=OuterRef("pk"))
    since = Coalesce("told_at", "decision_recorded_at", "withdrawn_at")
    return Application.objects.filter(state__in=states).annotate(closed_at=Case(When(~Exists(underway), then=since)))


def cosignatory_emails() -> QuerySet[Any]:
    """Return co-signatories of applications with an end whose address is still known, with ``closed_at``."""
    rows = CoSignature.objects.exclude(email="").select_related("application")
    return rows.annotate(closed_at=Coalesce("application__decision_recorded_at", "application__withdrawn_at"))


def former_addresses() -> QuerySet[FormerAddress]:
    """Return addresses that were replaced; the notice to them has been sent by then, or has failed for good."""
    return FormerAddress.objects.select_related("application")


def superseded_uploads() -> QuerySet[Attachment]:
    """Return files that a later upload replaced."""
    return Attachment.objects.superseded().select_related("application")


def delete_unconfirmed(pk: int, cutoff: datetime) -> bool:
    """Delete one application with all that belongs to it; only a line with its reference stays in the log."""
    return _delete(unconfirmed(), pk, "submitted_at", cutoff, "unconfirmed_deleted")


def delete_closed(pk: int, cutoff: datetime) -> bool:
    """The same for one that did not lead to a membership."""
    return _delete(closed(), pk, "closed_at", cutoff, "closed_deleted")


def forget_cosignatory_email(pk: int, cutoff: datetime) -> bool:
    """Empty the address of one co-signatory; that they signed stays on record."""
    due = cosignatory_emails().filter(pk=pk, closed_at__lte=cutoff).values_list("pk", flat=True)
    return bool(CoSignature.objects.filter(pk__in=list(due)).update(email=""))


def delete_former_address(pk: int, cutoff: datetime) -> bool:
    """Delete one address that was replaced at ``cutoff`` or before, and what the queue knows of the notice."""
    with transaction.atomic():
        deleted, _per_model = FormerAddress.objects.filter(pk=pk, replaced_at__lte=cutoff).delete()
        if deleted:
            forget_mails(FormerAddress._meta.label, pk)
        return bool(deleted)


def _delete(rows: QuerySet[Application], pk: int, since: str, cutoff: datetime, action: str) -> bool:
    with transaction.atomic():
        found = rows.filter(pk=pk, **{f"{since}__lte": cutoff}).select_for_update().first()
        if found is None:
            return False
        remove_with_traces(found, action)
        return True


def _reference(row: Application) -> str:
    return row.reference


def _reference_of_row(row: CoSignature) -> str:
    return f"{row.application.reference}, {row.position}"


def _reference_of_application(row: Attachment | FormerAddress) -> str:
    return row.application.reference


DRAFTS = RetentionRule(
    name=RETENTION,
    label=_("Entwürfe von Anträgen"),
    counted_from=_("dem letzten Speichern"),
    default=Period(14),
    rows=drafts,
    since="saved_at",
    remove=delete_expired_draft,
)
UNCONFIRMED = RetentionRule(
    name="unconfirmed_applications",
    label=_("Anträge, deren E-Mail-Adresse niemand bestätigt hat"),
    counted_from=_("dem Absenden"),
    default=Period(14),
    rows=unconfirmed,
    since="submitted_at",
    remove=delete_unconfirmed,
    name_of=_reference,
)
CLOSED = RetentionRule(
    name="closed_applications",
    label=_("abgelehnte und zurückgezogene Anträge"),
    counted_from=_("der Nachricht darüber oder, ohne Nachricht, dem Ende des Antrags"),
    default=Period(6, Unit.MONTHS),
    rows=closed,
    since="closed_at",
    remove=delete_closed,
    name_of=_reference,
)
COSIGNATORY_EMAILS = RetentionRule(
    name="cosignatory_emails",
    label=_("E-Mail-Adressen der Mitunterzeichnenden"),
    counted_from=_("der Entscheidung"),
    default=Period(30),
    rows=cosignatory_emails,
    since="closed_at",
    remove=forget_cosignatory_email,
    name_of=_reference_of_row,
)
FORMER_ADDRESSES = RetentionRule(
    name="former_addresses",
    label=_("E-Mail-Adressen, die durch andere ersetzt wurden"),
    counted_from=_("dem Ersetzen"),
    default=Period(14),
    rows=former_addresses,
    since="replaced_at",
    remove=delete_former_address,
    name_of=_reference_of_application,
)
SUPERSEDED_UPLOADS = RetentionRule(
    name="superseded_uploads",
    label=_("hochgeladene Dateien, die durch neue ersetzt wurden"),
    counted_from=_("dem Ersetzen"),
    default=Period(30),
    rows=superseded_uploads,
    since="superseded_at",
    remove=discard_superseded,
    name_of=_reference_of_application,
)
