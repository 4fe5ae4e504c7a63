"""What WeasyPrint leaves open in a file is finished here with pikepdf."""

import io
from xml.etree.ElementTree import Element

import pikepdf

from .form_repair import repair_form
from .metadata import add_accessibility_mark
from .profiles import Profile


def finish(raw: bytes, html: Element, *, profile: Profile) -> bytes:
    """Complete ``raw``, rendered from ``html``, so that it keeps ``profile``; equal input gives equal bytes."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        if profile is Profile.FORM:
            repair_form(pdf, html)
        else:
            add_accessibility_mark(pdf)
        finished = io.BytesIO()
        pdf.save(finished, deterministic_id=True)
    return finished.getvalue()
