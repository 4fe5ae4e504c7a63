"""Letters to those without an e-mail address: the words of the mail, on the association's paper."""

from django.utils import timezone

from membership import mails
from membership.answers import postal_address
from membership.models import Letter
from portal.pdf.render import render_pdf

FOOTER_MARK = "--"
"""The line above a mail's footer."""


class NothingToSay(LookupError):
    """What the letter would tell is not so any more."""


def render_letter(letter: Letter) -> bytes:
    """Return a letter as PDF (PDF/A-2a, PDF/UA-1), written from the application as it is now. Raises NothingToSay."""
    application = letter.application
    message = mails.letter(letter.kind, application.pk)
    if message is None:
        raise NothingToSay
    context = {
        "recipient": [application.applicant_name, *postal_address(application)],
        "paragraphs": paragraphs_of(str(message.body)),
        "written_on": timezone.localdate(),
        "pdf_reference": application.reference,
    }
    return render_pdf("pdf/letter.html", context, title=str(message.subject), language=application.language)


def paragraphs_of(body: str) -> list[list[str]]:
    """Return a mail's paragraphs, each as its lines, without what stands below the footer's mark."""
    paragraphs = [part.splitlines() for part in body.split("\n\n") if part.strip()]
    below = next((place for place, lines in enumerate(paragraphs) if lines[0].strip() == FOOTER_MARK), None)
    return paragraphs[:below]
