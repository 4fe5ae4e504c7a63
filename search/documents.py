"""The text of PDF documents."""

import logging
import re

logger = logging.getLogger(__name__)

MOST_PAGES = 100
MOST_CHARACTERS = 200_000
# A word broken at a line's end; PDFium writes U+FFFE or U+0002 for a hyphen that the typesetter put there.
BROKEN_WORD = re.compile(r"(?<=\w)(?:[-\u2010]\s*\r?\n\s*|[\ufffe\u0002]\s*)(?=[a-zäöüß])")


class UnreadableDocument(Exception):
    """The document is no PDF, is encrypted or is broken."""


def document_text(content: bytes, *, name: str = "") -> str:
    """Return the text of a PDF's first pages (at most ``MOST_PAGES``), words broken at line ends joined again.

    Raises UnreadableDocument. ``name`` is for the log, which tells when pages or characters were left out.
    """
    from portal.pdf.errors import UnreadablePdf
    from portal.pdf.pdfium import opened

    if not content.lstrip()[:5].startswith(b"%PDF-"):
        raise UnreadableDocument("no PDF")
    try:
        with opened(content) as document:
            count = len(document)
            text = "\n".join(page_text(document, number) for number in range(min(count, MOST_PAGES)))
    except UnreadablePdf as error:
        raise UnreadableDocument("encrypted or broken PDF") from error
    text = BROKEN_WORD.sub("", text)
    if count > MOST_PAGES or len(text) > MOST_CHARACTERS:
        logger.info("Dokument %s: nur %s Seiten und %s Zeichen durchsucht.", name, MOST_PAGES, MOST_CHARACTERS)
    return text[:MOST_CHARACTERS]


def page_text(document, number: int) -> str:
    """Return one page's text, nothing for a broken page, and free what reading it took."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        text_page = page.get_textpage()
        try:
            return text_page.get_text_bounded()
        finally:
            text_page.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()
