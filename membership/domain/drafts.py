"""Keeping what somebody has begun, until it is submitted or expires. An applicant's own doing: not in the audit log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from membership.definition import FieldType
from membership.domain.errors import DraftOver, DraftTooLong, MailedTooOften
from membership.fields import FIELDS
from membership.mail_kinds import DRAFT_LINK
from membership.models import Application, ApplicationDraft
from membership.models.draft import DraftContent
from portal.association.enums import ApplicantKind, MembershipType
from portal.mailing.queue import cancel_mails, forget_mails, queue_mail

LONGEST_DRAFT = 60_000
"""Characters of one draft; the longest right form has far fewer."""
TICKS = frozenset(field.name for field in FIELDS if field.field_type is FieldType.TICK)
"""What is agreed to: bound to the texts that were shown with it."""
MOST_MAILS = 10
"""How often one draft's link is sent."""


def create_draft(
    *,
    kind: ApplicantKind,
    membership_type: MembershipType,
    data: Mapping[str, str] | None = None,
    versions: Sequence[int] = (),
    application: Application | None = None,
) -> ApplicationDraft:
    """Keep what was typed, checked or not, for as long as drafts are kept.

    ``data`` is what a browser would post: the names are those of ``ApplicationForm``'s inputs (ticks ``on``, rows
    ``signatories_1_name`` with their number in ``signatories_rows``). ``versions`` are those that its ticks were given
    to, ``application`` is what the draft corrects. Raises DraftTooLong.
    """
    now = timezone.now()
    draft = ApplicationDraft(application=application, created_at=now, saved_at=now)
    _fill(draft, DraftContent(str(kind), str(membership_type), dict(data or {}), list(versions)))
    draft.save()
    return draft


def save_draft(
    draft: ApplicationDraft, *, data: Mapping[str, str], replacing: Collection[str], versions: Sequence[int] = ()
) -> ApplicationDraft:
    """Put ``data`` in the place of the inputs called ``replacing``; everything else stays as it was.

    ``versions`` are those of dues order and texts that the page was shown with: ticks given to others before are
    forgotten. The days it is kept begin anew. Raises DraftOver and DraftTooLong.
    """
    with transaction.atomic():
        locked = _lock(draft)
        content = locked.content
        outdated = versions and content.versions and list(versions) != content.versions
        forgotten = {*replacing, *(TICKS if outdated else ())}
        kept = {name: value for name, value in content.data.items() if name not in forgotten}
        return _store(locked, replace(content, data=kept | dict(data), versions=list(versions) or content.versions))


def change_draft_kind(
    draft: ApplicationDraft, *, kind: ApplicantKind, membership_type: MembershipType
) -> ApplicationDraft:
    """Apply as somebody else; what only the former kind was asked stays, in case it is changed back. Raises DraftOver.

    Ticks were given to the texts of the former kind and are forgotten. A correction keeps its kind: another applicant
    is another application.
    """
    with transaction.atomic():
        locked = _lock(draft)
        content = locked.content
        kind = ApplicantKind(locked.application.kind) if locked.application else kind
        data = {name: value for name, value in content.data.items() if name not in TICKS}
        changed = replace(content, kind=str(kind), membership_type=str(membership_type), data=data, versions=[])
        return _store(locked, changed)


def send_draft_link(draft: ApplicationDraft, *, email: str) -> ApplicationDraft:
    """Queue the mail with the draft's link. Another address than last time voids the links sent before.

    Raises DraftOver and MailedTooOften.
    """
    with transaction.atomic():
        locked = _lock(draft)
        if locked.mails_sent >= MOST_MAILS:
            raise MailedTooOften
        if locked.content.mailed_to not in ("", email):
            locked.generation += 1
        locked.mails_sent += 1
        _store(locked, replace(locked.content, mailed_to=email))
        cancel_mails(DRAFT_LINK, locked.pk)
        queue_mail(DRAFT_LINK, locked.pk)
        return locked


def delete_draft(draft: ApplicationDraft) -> None:
    """Forget everything at once; the link stops working. A draft that is gone stays gone."""
    with transaction.atomic():
        forget_mails(ApplicationDraft._meta.label, draft.pk)
        ApplicationDraft.objects.filter(pk=draft.pk).delete()


def close_draft(key: str) -> None:
    """Empty the draft that was submitted under ``key``, in the caller's transaction; its address can still say so."""
    draft = ApplicationDraft.objects.select_for_update().filter(key=key).first()
    if draft:
        draft.payload, draft.submitted_at = "", timezone.now()
        draft.save(update_fields=["payload", "submitted_at"])
        cancel_mails(DRAFT_LINK, draft.pk)


def finish_correction(key: str) -> None:
    """Empty the correction that is submitted under ``key`` as :func:`close_draft` does. Raises DraftOver."""
    draft = ApplicationDraft.objects.select_for_update().filter(key=key).first()
    if draft is None or draft.is_over(timezone.now()):
        raise DraftOver
    close_draft(key)


def open_correction(application: Application) -> ApplicationDraft | None:
    """Return the correction that was begun and can be finished, if there is one."""
    now = timezone.now()
    begun = application.drafts.filter(submitted_at=None).order_by("-pk")
    return next((draft for draft in begun if not draft.is_over(now)), None)


def outdate_corrections(application: Application) -> None:
    """Empty the corrections begun and not finished, in the caller's transaction, which has locked the application.

    Each holds the whole application as it was: finished later, it would undo what was changed since.
    """
    for draft in application.drafts.select_for_update().filter(submitted_at=None):
        draft.payload = ""
        draft.save(update_fields=["payload"])


def delete_expired_draft(pk: int, cutoff: datetime) -> bool:
    """Delete a draft that was saved for the last time at ``cutoff`` or earlier, for the retention."""
    with transaction.atomic():
        deleted, _per_model = ApplicationDraft.objects.filter(pk=pk, saved_at__lte=cutoff).delete()
        if deleted:
            forget_mails(ApplicationDraft._meta.label, pk)
        return bool(deleted)


def _lock(draft: ApplicationDraft) -> ApplicationDraft:
    locked = ApplicationDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None or locked.is_over(timezone.now()):
        raise DraftOver
    return locked


def _store(locked: ApplicationDraft, content: DraftContent) -> ApplicationDraft:
    _fill(locked, content)
    locked.saved_at = timezone.now()
    locked.save()
    return locked


def _fill(draft: ApplicationDraft, content: DraftContent) -> None:
    draft.content = content
    if len(str(draft.payload)) > LONGEST_DRAFT:
        raise DraftTooLong
