"""What stood at a permanent address before: kept, never lost.

Three ways lead here: an editor chooses another document for a download, uploads another file into a document that a
download uses, or the portal renders a new version of its own.
"""

from datetime import date
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from library.models import Download, DownloadVersion, LibraryDocument, RenderedFile


@transaction.atomic
def save_download(download: Download) -> None:
    """Store a download; a document it had before and has no more moves to its archive."""
    before = Download.objects.select_for_update(of=("self",)).filter(pk=download.pk).first()
    download.save()
    if before is None or before.document_id == download.document_id:
        return
    if before.document is not None:
        _archive(download, before.document, valid_from=before.valid_from)
    else:
        rendered = RenderedFile.objects.filter(download=download).exclude(version="").first()
        if rendered is not None:
            archive_rendered(download, rendered)


@transaction.atomic
def keep_replaced_file(document: LibraryDocument, before: LibraryDocument) -> bool:
    """Keep the file that ``document`` had as ``before`` when a download gave it out; says whether it did.

    ``document`` is stored with its new file already. The old file becomes a document of its own in the archive of each
    such download, so it must not be deleted.
    """
    downloads = list(document.downloads.all())
    earlier = DownloadVersion.objects.filter(document=document)
    if not downloads and not earlier.exists():
        return False
    kept = LibraryDocument(
        title=before.title,
        file=before.file.name,
        collection=before.collection,
        uploaded_by_user=before.uploaded_by_user,
        uploaded_name=before.filename,
        file_changed_at=before.file_changed_at,
        file_size=before.file_size,
        file_hash=before.file_hash,
        language=before.language,
    )
    kept.save()
    # What the archive promised under its addresses is the old file.
    earlier.update(document=kept)
    for download in downloads:
        _archive(download, kept, valid_from=download.valid_from)
    return True


def archive_rendered(download: Download, rendered: RenderedFile) -> None:
    """Turn a file the portal rendered into a document in the download's archive."""
    if download.versions.filter(version=rendered.version).exists():
        return
    name = PurePath(rendered.file_name)
    document = LibraryDocument(
        title=f"{download.title} ({rendered.version})",
        file=ContentFile(bytes(rendered.content), name=f"{name.stem}-{rendered.version}{name.suffix}"),
    )
    document.save()
    LibraryDocument.objects.filter(pk=document.pk).update(file_changed_at=rendered.changed_at)
    _archive(download, document, valid_from=timezone.localdate(rendered.changed_at), version=rendered.version)


def _archive(
    download: Download, document: LibraryDocument, *, valid_from: date | None, version: str = ""
) -> DownloadVersion:
    return DownloadVersion.objects.create(
        download=download,
        document=document,
        version=version or _free_version(download, valid_from or timezone.localdate(document.file_changed_at)),
        valid_from=valid_from,
        valid_until=timezone.localdate(),
    )


def _free_version(download: Download, day: date) -> str:
    """The day as the version's name; a second one of the same day gets a number."""
    taken = set(download.versions.values_list("version", flat=True))
    name, number = day.isoformat(), 1
    while name in taken:
        number += 1
        name = f"{day.isoformat()}-{number}"
    return name
