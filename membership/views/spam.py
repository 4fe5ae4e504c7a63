"""What keeps machines out of the form without asking people anything: a trap, a time stamp, and limits per hour.

Whoever trips one sees the filled form again with a sentence; nothing is dropped in silence. The limits are wide enough
for an office that shares one connection, and for a course that fills in the form together.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from membership.submission_key import is_too_young
from portal.privacy.counting import count, counted

TRAP = "bitte_leer_lassen"
"""Name of the input that people do not see."""


@dataclass(frozen=True)
class Limit:
    """How often something may be done in an hour."""

    purpose: str
    most: int


DRAFTS = Limit("application-drafts", 60)
"""Per network address."""
SUBMISSIONS = Limit("application-submissions", 40)
"""Per network address."""
DRAFT_LINKS = Limit("application-draft-links", 20)
"""Per network address: nobody may have strangers written to, one after the other."""
MAILS = Limit("application-mails", 10)
"""Per mail address: nobody may have somebody else's mailbox filled."""


def machine_problem(request: HttpRequest, key: str) -> str:
    """Return why a form looks as if no person had filled it in, as a sentence; empty where nothing does."""
    if request.POST.get(TRAP):
        return _(
            "Das Feld, das leer bleiben muss, war ausgefüllt. Wir haben es geleert; bitte schicken Sie das Formular "
            "noch einmal ab. Ihre Angaben sind noch da."
        )
    if is_too_young(key):
        return _(
            "Das ging schneller, als Menschen tippen. Bitte prüfen Sie Ihre Angaben und schicken Sie das Formular noch "
            "einmal ab."
        )
    return ""


def limit_problem(limit: Limit, who: str, *, is_file: bool = False) -> str:
    """Return why nothing more is taken from ``who`` in this hour; empty while the limit is not reached.

    ``is_file`` where a file was all that was sent: browsers do not keep it.
    """
    if not who or counted(limit.purpose, who) < limit.most:
        return ""
    problem = _(
        "Von Ihrem Anschluss oder für diese E-Mail-Adresse kamen in der letzten Stunde sehr viele Formulare. Bitte "
        "versuchen Sie es in einer Stunde noch einmal, oder sprechen Sie uns an."
    )
    kept = _("Bitte wählen Sie die Datei dann noch einmal aus.") if is_file else _("Ihre Angaben sind noch da.")
    return f"{problem} {kept}"


def note(limit: Limit, who: str) -> None:
    """Count once more for ``who``."""
    if who:
        count(limit.purpose, who)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's network address, for counting alone; empty where the web server in front hides it."""
    return str(request.META.get(settings.CLIENT_ADDRESS_HEADER, ""))
