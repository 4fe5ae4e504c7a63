"""The pages of what was sent: photos become pages, PDFs are looked through, all are joined (membership.uploads).

A module of its own because the web server starts without pikepdf and PDFium.
"""

import io
from collections.abc import Sequence

import pikepdf
from django.utils.translation import gettext as _

from membership.uploads import ScannedDocument, UnusableUpload
from portal.pdf.errors import UnreadablePdf
from portal.pdf.pictures import TooManyPixels, UnusablePicture, add_picture_page, page_count, reencoded
from portal.pdf.safety import Danger, UnsafePdf, check_pdf


def from_picture(content: bytes) -> ScannedDocument:
    """Return the photo as a page. Raises UnusableUpload."""
    try:
        with pikepdf.new() as pdf:
            add_picture_page(pdf, reencoded(content))
            return ScannedDocument(_saved(pdf), 1)
    except TooManyPixels:
        raise UnusableUpload(
            _("Ein Bild hat zu viele Bildpunkte. Speichern Sie es kleiner; 2.500 mal 3.500 Punkte genügen immer.")
        ) from None
    except UnusablePicture:
        raise UnusableUpload(
            _("Ein Bild ist beschädigt oder unvollständig. Fotografieren oder scannen Sie die Seite noch einmal.")
        ) from None


def from_pdf(content: bytes) -> ScannedDocument:
    """Return the PDF as it came, if nothing speaks against it. Raises UnusableUpload."""
    try:
        pages = check_pdf(content)
        if page_count(content) != pages:
            raise UnsafePdf(Danger.DAMAGED)
    except UnsafePdf as refusal:
        raise UnusableUpload(_refusal(refusal.danger)) from None
    except UnreadablePdf:
        raise UnusableUpload(_refusal(Danger.DAMAGED)) from None
    if not pages:
        raise UnusableUpload(_refusal(Danger.DAMAGED))
    return ScannedDocument(content, pages)


def _refusal(danger: Danger) -> str:
    scan_again = _("Scannen oder fotografieren Sie den unterschriebenen Antrag, und laden Sie das Ergebnis hoch.")
    if danger is Danger.ENCRYPTED:
        return _("Das PDF ist mit einem Passwort geschützt. Speichern Sie es ohne Schutz, und laden Sie es neu hoch.")
    reasons = {
        Danger.DAMAGED: _("Das PDF ist beschädigt oder unvollständig."),
        Danger.PROGRAM: _("Das PDF enthält ein Programm (zum Beispiel JavaScript). Solche nehmen wir nicht an."),
        Danger.EMBEDDED_FILE: _("Im PDF stecken weitere Dateien. Solche PDFs nehmen wir nicht an."),
        Danger.OPEN_ACTION: _("Das PDF führt beim Öffnen von selbst etwas aus. Solche PDFs nehmen wir nicht an."),
        Danger.TOO_LARGE_PICTURE: _("Das PDF enthält ein Bild mit zu vielen Bildpunkten."),
    }
    return f"{reasons[danger]} {scan_again}"


def joined(documents: Sequence[ScannedDocument]) -> bytes:
    """Return one PDF of the pages of all; what belongs to one document and not to its pages is left behind."""
    with pikepdf.new() as target:
        for document in documents:
            with pikepdf.open(io.BytesIO(document.content)) as source:
                target.pages.extend(source.pages)
        return _saved(target)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()
