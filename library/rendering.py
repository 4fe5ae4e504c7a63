"""The files the portal renders: made when first asked for, kept until content changes."""

import hashlib
import logging
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from library import archive, generated
from library.models import Download, RenderedFile
from portal.delivery.version import content_version, raise_content_version
from portal.release import release

logger = logging.getLogger(__name__)
NOTHING = generated.GeneratedFile(b"", file_name="", content_type="", changed_at=datetime(2000, 1, 1, tzinfo=UTC))


def current_file(download: Download) -> RenderedFile:
    """The up-to-date file of a generated download, rendered only when something has changed since it was kept.

    Raises ``generated.NothingToRender`` when there is nothing to give.
    """
    version = content_version()
    kept = RenderedFile.objects.filter(download=download).first()
    if kept is None or not _holds(kept, version):
        try:
            file = generated.render(download.name)
        except generated.NothingToRender:
            file = NOTHING
        kept = _keep(download, kept, file, version)
    if kept.is_empty:
        raise generated.NothingToRender(download.name)
    return kept


def refresh_generated() -> None:
    """Render what has changed before readers ask for it; the worker calls this every minute."""
    for download in Download.objects.filter(document=None, live=True, name__in=generated.names()):
        try:
            current_file(download)
        except generated.NothingToRender:
            continue
        except Exception:
            logger.exception("Der Download „%s“ konnte nicht erzeugt werden.", download.name)


def _holds(kept: RenderedFile, version: int) -> bool:
    """Whether content and code are the same as when it was made, and its time is not over."""
    is_same = (kept.content_version, kept.release) == (version, release())
    return is_same and (kept.valid_until is None or timezone.now() < kept.valid_until)


def _keep(download: Download, kept: RenderedFile | None, file: generated.GeneratedFile, version: int) -> RenderedFile:
    """Store ``file`` as made from ``version`` of the content.

    A file that differs from the one before raises the content version, because pages show its size and date. The
    version stored with it stays the one it was made from: it is rendered once more, and found to be equal.
    """
    digest = hashlib.sha256(file.content).hexdigest()
    values = {
        "content_version": version,
        "release": release(),
        "valid_until": file.valid_until,
        "content": file.content,
        "digest": digest,
        "size": len(file.content),
        "file_name": file.file_name,
        "content_type": file.content_type,
        "version": file.version,
        "changed_at": file.changed_at,
    }
    try:
        with transaction.atomic():
            if kept is not None and kept.version and file.version and kept.version != file.version:
                archive.archive_rendered(download, kept)
            stored, _created = RenderedFile.objects.update_or_create(download=download, defaults=values)
            if kept is None or kept.digest != digest:
                raise_content_version()
            return stored
    except IntegrityError:
        # A parallel request kept the first file of this download a moment earlier.
        return RenderedFile.objects.get(download=download)
