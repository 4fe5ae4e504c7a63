"""PDFium, one thread at a time: it must not be called from two, not even with two documents."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from .errors import UnreadablePdf

_one_at_a_time = threading.RLock()


@contextmanager
def opened(content: bytes, *, with_form: bool = False) -> Iterator[pypdfium2.PdfDocument]:
    """Yield the document, for this thread alone; ``with_form`` draws what is filled in. Raises ``UnreadablePdf``."""
    with _one_at_a_time:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error
        try:
            if with_form:
                pdf.init_forms()
            yield pdf
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error
        finally:
            pdf.close()
