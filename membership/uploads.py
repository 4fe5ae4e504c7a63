"""What applicants and office send as files: checked by content, never by name, and made into one PDF.

Nothing of what is sent is written anywhere before it has passed; what a camera wrote into a photo is gone afterwards.
The names of the files are not looked at and not kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
"""Of all files of one upload together."""
MOST_PAGES = 10
PDF, PICTURE = "pdf", "picture"
_BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": PICTURE, b"\x89PNG\r\n\x1a\n": PICTURE}
# The photos of many phones: „ftyp“ and the brand follow the length of the first box.
_PHONE_PHOTO = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")


class UnusableUpload(Exception):
    """A file that is not taken; ``str()`` is the German sentence that says why and what to do."""


@dataclass(frozen=True)
class ScannedDocument:
    """A checked PDF of all pages that were sent together."""

    content: bytes
    page_count: int


def document_from(files: Iterable[UploadedFile | bytes]) -> ScannedDocument:
    """Return one document of all ``files``, their pages in this order. Raises UnusableUpload.

    A single PDF stays as it is, byte by byte. Pictures become pages, PDFs among them are joined to them.
    """
    from membership.upload_pages import joined

    contents = _contents(files)
    if not any(contents):
        raise UnusableUpload(_("Bitte wählen Sie mindestens eine Datei aus, die nicht leer ist."))
    checked = [_checked(content) for content in contents]
    pages = sum(document.page_count for document in checked)
    if pages > MOST_PAGES:
        raise UnusableUpload(
            _("Das sind %(pages)s Seiten, erlaubt sind höchstens %(most)s. Schicken Sie nur die Seiten des Antrags.")
            % {"pages": pages, "most": MOST_PAGES}
        )
    return checked[0] if len(checked) == 1 else ScannedDocument(joined(checked), pages)


def kind_of(content: bytes) -> str:
    """Return PDF or PICTURE by the first bytes; empty for everything else."""
    return next((kind for beginning, kind in _BEGINNINGS.items() if content.startswith(beginning)), "")


def _contents(files: Iterable[UploadedFile | bytes]) -> list[bytes]:
    """Return the files' bytes; nothing is read of what is too large together."""
    chosen = list(files)
    size = sum(len(file) if isinstance(file, bytes) else int(file.size or 0) for file in chosen)
    if size > MOST_BYTES:
        raise UnusableUpload(too_large())
    return [file if isinstance(file, bytes) else file.read() for file in chosen]


def too_large() -> str:
    """Return the sentence for what has more than ten megabytes."""
    return _(
        "Die Dateien sind zusammen größer als %(most)s MB. Scannen Sie mit 150 bis 300 dpi in Graustufen, oder "
        "wählen Sie eine kleinere Bildgröße."
    ) % {"most": MOST_BYTES // MEGABYTE}


def _checked(content: bytes) -> ScannedDocument:
    from membership.upload_pages import from_pdf, from_picture

    kind = kind_of(content)
    if kind == PICTURE:
        return from_picture(content)
    if kind == PDF:
        return from_pdf(content)
    raise UnusableUpload(_wrong_kind(content))


def _wrong_kind(content: bytes) -> str:
    if not content:
        return _("Eine der Dateien ist leer (0 Byte). Scannen oder fotografieren Sie die Seite noch einmal.")
    if content[4:12] in _PHONE_PHOTO:
        return _(
            "Dieses Foto hat das Format HEIC, das wir nicht lesen können. Stellen Sie die Kamera auf „Maximale "
            "Kompatibilität“ (JPEG), oder speichern Sie das Foto als JPEG."
        )
    return _(
        "Die Datei ist kein PDF und kein Foto (JPEG oder PNG), auch wenn sie so heißt. Scannen oder fotografieren Sie "
        "den unterschriebenen Antrag, und laden Sie das Ergebnis hoch."
    )
