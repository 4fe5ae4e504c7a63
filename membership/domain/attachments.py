"""Files that come with an application: taken, replaced, and looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from membership.domain.errors import ScanNotAccepted, UploadedTooOften
from membership.domain.locking import lock_open, refuse_closed
from membership.domain.vote import refuse_while_voting
from membership.enums import AttachmentSource
from membership.mail_kinds import UPLOAD_NOTICE
from membership.models import Application, Attachment
from membership.uploads import ScannedDocument, document_from
from portal.accounts.models import User
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit, store

MOST_UPLOADS = 20
"""Of one application and side, the replaced ones counted: nobody may fill the disk by pressing a button."""


@dataclass(frozen=True)
class KeptDocument:
    """A document in the private store that no row names yet."""

    file: store.StoredFile
    page_count: int


def add_attachment(
    application: Application,
    files: Iterable[UploadedFile | bytes] | ScannedDocument,
    *,
    uploaded_by: User | None = None,
    replaces: bool = True,
) -> Attachment:
    """Keep what was sent as one file of ``application``; ``uploaded_by`` is None where the applicant did it.

    ``files`` are the parts of one paper, or what ``document_from`` made of them. ``replaces`` marks what the same side
    uploaded before as superseded. An applicant's upload is told to the office, which records the receipt; nothing
    counts as received by itself. The file is on the disk before the row names it (``portal.privacy.store``).

    Raises UnusableUpload for files that are not taken, NotOpen, AlreadyVoting, UploadedTooOften, ScanNotAccepted where
    applicants may not send scans.
    """
    _refuse_early(application, uploaded_by)
    kept = keep_document(files)
    with transaction.atomic():
        locked = lock_open(application)
        _refuse(locked, uploaded_by)
        return attach(locked, kept, uploaded_by=uploaded_by, replaces=replaces)


def keep_document(files: Iterable[UploadedFile | bytes] | ScannedDocument) -> KeptDocument:
    """Write what was sent into the private store, before the row that will name it. Raises UnusableUpload."""
    document = files if isinstance(files, ScannedDocument) else document_from(files)
    return KeptDocument(store.write(document.content, ending="pdf"), document.page_count)


def attach(
    locked: Application, kept: KeptDocument, *, uploaded_by: User | None = None, replaces: bool = True
) -> Attachment:
    """Write the row of a file that is in the store, in the caller's transaction; ``locked`` is the caller's.

    Raises AlreadyVoting while the board votes.
    """
    refuse_while_voting(locked)
    source = _source(uploaded_by)
    if replaces:
        earlier = locked.attachments.current().filter(source=source)
        earlier.update(superseded_at=timezone.now())
    attachment = Attachment.objects.create(
        application=locked,
        file_name=kept.file.name,
        sha256=kept.file.sha256,
        size=kept.file.size,
        page_count=kept.page_count,
        source=source,
        uploaded_by=uploaded_by,
        uploaded_at=timezone.now(),
    )
    audit.record(locked, "attachment_added", actor=uploaded_by, attachment=attachment.pk, pages=kept.page_count)
    if uploaded_by is None:
        # Several uploads in a row are one piece of news.
        cancel_mails(UPLOAD_NOTICE, locked.pk)
        queue_mail(UPLOAD_NOTICE, locked.pk)
    return attachment


def open_attachment(attachment: Attachment, *, opened_by: User, original: bool = False) -> bytes:
    """Return the file and note who looked at it: at its pages, or at the original.

    Raises FileGone or FileChanged (``portal.privacy.store``); that somebody asked is noted all the same.
    """
    action = "attachment_downloaded" if original else "attachment_viewed"
    audit.record(attachment.application, action, actor=opened_by, attachment=attachment.pk)
    return store.read(attachment.file_name, sha256=attachment.sha256)


def discard_superseded(pk: int, cutoff: datetime) -> bool:
    """Delete one file that was replaced at ``cutoff`` or before; returns whether it did. The log keeps that it was."""
    with transaction.atomic():
        found = Attachment.objects.select_for_update().filter(pk=pk, superseded_at__lte=cutoff).first()
        if found is None:
            return False
        audit.record(found.application, "attachment_deleted", attachment=pk)
        store.delete_files_of(found)
        found.delete()
        return True


def _refuse_early(application: Application, uploaded_by: User | None) -> None:
    """Refuse before anything is written what would be refused afterwards."""
    refuse_closed(application)
    refuse_while_voting(application)
    _refuse(application, uploaded_by)


def _refuse(application: Application, uploaded_by: User | None) -> None:
    if uploaded_by is None and not AssociationSettings.load().accepts(AcceptedForm.SCAN):
        raise ScanNotAccepted
    if application.attachments.filter(source=_source(uploaded_by)).count() >= MOST_UPLOADS:
        raise UploadedTooOften


def _source(uploaded_by: User | None) -> AttachmentSource:
    return AttachmentSource.OFFICE if uploaded_by else AttachmentSource.APPLICANT
