"""The parts of an application with their headings, in the order of every form."""

from django.utils.translation import gettext_lazy as _

from membership.definition import GROUP, LEGAL, Section, Step
from portal.association.enums import LegalTextKind

WHO = Step("wer", _("Wer"))
DETAILS = Step("angaben", _("Angaben"))
COSTS = Step("beitrag", _("Beitrag"))
REVIEW = Step("pruefen", _("Prüfen"))
STEPS = (WHO, DETAILS, COSTS, REVIEW)
"""The pages of the form. The last one shows everything, and what is declared stands there."""

APPLICANT = Section(
    "applicant", _("Wer stellt den Antrag?"), titles={GROUP: _("Welcher Zusammenschluss stellt den Antrag?")}, step=WHO
)
ADDRESS = Section(
    "address",
    _("Postanschrift"),
    titles={LEGAL: _("Sitz und Ansprechperson"), GROUP: _("Kontaktperson")},
    intros={GROUP: _("Wer für den Zusammenschluss handelt und Post und E-Mails entgegennimmt.")},
    step=DETAILS,
)
BILLING = Section("billing", _("Rechnungsanschrift"), _("Nur ausfüllen, wenn sie vom Sitz abweicht."), step=DETAILS)
CONTACT = Section("contact", _("Erreichbarkeit"), step=DETAILS)
SIGNATORIES = Section(
    "signatories",
    _("Vertretungsberechtigte Personen"),
    _("Wer die Organisation nach Gesetz oder Satzung vertritt und unterschreibt."),
    step=DETAILS,
)
COSIGNERS = Section(
    "cosigners",
    _("Mitunterzeichnende"),
    _(
        "Den Antrag eines Zusammenschlusses bestätigen fünf Personen mit ihrer Unterschrift auf dem ausgedruckten "
        "Antrag. Wenn Sie die Namen schon kennen, tragen Sie sie hier ein; sonst ergänzen Sie sie auf dem Papier."
    ),
    step=DETAILS,
)
DIGITAL_COSIGNERS = Section(
    "cosigners",
    _("Mitunterzeichnende"),
    _(
        "Den Antrag eines Zusammenschlusses bestätigen fünf volljährige Personen. Nennen Sie mindestens fünf, "
        "höchstens fünfzehn. Sobald Sie Ihre E-Mail-Adresse bestätigt haben, bekommt jede Person eine E-Mail mit "
        "einem eigenen Link. Wer lieber auf Papier unterschreibt, kann das tun; beides zählt zusammen."
    ),
    step=DETAILS,
)
DECLARATION = Section(
    "declaration",
    _("Erklärungen"),
    texts=(LegalTextKind.STATUTES, LegalTextKind.DECLARATION, LegalTextKind.GROUP_DECLARATION),
    step=REVIEW,
)
DUES = Section("dues", _("Beitrag"), downloads=("beitragsordnung",), step=COSTS)
PAYMENT = Section("payment", _("Zahlung"), texts=(LegalTextKind.SEPA_MANDATE,), step=COSTS)
CONSENTS = Section(
    "consents",
    _("Freiwillige Einwilligungen"),
    _(
        "Diese Angaben sind freiwillig. Ihr Antrag hängt nicht davon ab; Sie können jede Einwilligung jederzeit "
        "widerrufen."
    ),
    texts=(LegalTextKind.CONSENT_DIRECTORY, LegalTextKind.CONSENT_NEWSLETTER, LegalTextKind.CONSENT_PHOTOS),
    step=REVIEW,
)
