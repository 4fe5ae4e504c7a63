"""The text of PDF documents."""

import re

MOST_PAGES = 100
MOST_CHARACTERS = 200_000
# A word broken at a line's end.
BROKEN_WORD = re.compile(r"(?<=\w)[-\u2010\ufffe\u0002]\s*\r?\n\s*(?=[a-zäöüß])")


def document_text(content: bytes) -> str:
    """Return the text of a PDF's first pages (at most ``MOST_PAGES``), words broken at line ends joined again.

    Raises ValueError for what is no PDF, is encrypted or is broken.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ValueError("unreadable PDF") from error
    try:
        pages = [page_text(document[number]) for number in range(min(len(document), MOST_PAGES))]
    finally:
        document.close()
    return BROKEN_WORD.sub("", "\n".join(pages))[:MOST_CHARACTERS]


def page_text(page) -> str:
    """Return one page's text and free what reading it took."""
    text_page = page.get_textpage()
    try:
        return text_page.get_text_bounded()
    finally:
        text_page.close()
        page.close()
