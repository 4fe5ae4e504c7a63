"""Whether a PDF that somebody put here can be read aloud: title, language, tags (PDF/UA-1, 7.1, 7.2)."""

import io
from typing import Any

import pikepdf
from django.utils.translation import gettext as _

from library.models import LibraryDocument
from portal.pdf.errors import UnreadablePdf
from portal.pdf.reading import read_properties

PDF = "application/pdf"


def pdf_findings(document: LibraryDocument | None) -> list[str]:
    """Return what readers with a screen reader will miss in ``document``, a sentence each; nothing for other files."""
    if document is None or document.content_type != PDF:
        return []
    try:
        with document.file.open("rb") as file:
            return missing_in_pdf(file.read())
    except (UnreadablePdf, pikepdf.PdfError, OSError):
        return [_("Die Datei lässt sich nicht als PDF lesen.")]


def missing_in_pdf(content: bytes) -> list[str]:
    """Return what is missing in a PDF, a sentence each. Raises ``UnreadablePdf``."""
    properties = read_properties(content)
    missing = {
        _("Dem PDF fehlt ein Titel; Vorleseprogramme nennen dann nur den Dateinamen."): not properties.title,
        _("Dem PDF fehlt die Angabe der Sprache; Vorleseprogramme raten dann die Aussprache."): not properties.language,
        _("Dem PDF fehlt die Gliederung für Vorleseprogramme (es ist nicht „getaggt“)."): not is_tagged(content),
    }
    return [sentence for sentence, is_missing in missing.items() if is_missing]


def is_tagged(content: bytes) -> bool:
    """Whether the PDF says in which order its parts are read and what they are."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        marks: Any = pdf.Root.get("/MarkInfo", {})
        return bool(marks.get("/Marked", False)) and "/StructTreeRoot" in pdf.Root
