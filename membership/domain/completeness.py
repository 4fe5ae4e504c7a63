"""What still has to come before the board can decide: one list, by applicant kind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from membership.domain.facts import Facts, facts_of
from membership.enums import CHECKED_BY_HAND, CompletenessCode, Responsible
from membership.fields import SIGNATURES_NEEDED
from membership.models import Application
from portal.association.enums import AcceptedForm, ApplicantKind
from portal.association.models import AssociationSettings


@dataclass(frozen=True)
class Line:
    """One line: done or open, and who does it. ``note`` names, while it is open, what is missing; ``brief`` says less.

    Every line is required: the board can decide when none is open.
    """

    code: CompletenessCode
    title: str
    is_done: bool
    responsible: Responsible
    note: str = ""
    brief: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether the office says that it is done."""
        return self.code in CHECKED_BY_HAND


def completeness(application: Application, association: AssociationSettings | None = None) -> list[Line]:
    """Return the application's lines in the order in which they are worked on."""
    association = association or AssociationSettings.load()
    (facts,) = facts_of([application], association)
    return _lines(facts, association)


def missing_for_acceptance(application: Application, association: AssociationSettings | None = None) -> list[str]:
    """Return German sentences that name what is missing; empty when the application can be decided on.

    ``Application.objects.complete()`` asks the same of the database for many at once.
    """
    return [line.note for line in completeness(application, association) if not line.is_done]


def complete_since(application: Application) -> date | None:
    """Return the day by which what has to be signed had come: the original, and for a group the fifth person.

    None where nothing is signed yet. A digital confirmation counts from its day, a row on paper from the signature's.
    """
    accepted = AssociationSettings.load().accepted_forms
    received = application.receipts.filter(form__in=accepted, edition=application.edition)
    days = list(received.order_by("received_on").values_list("received_on", flat=True)[:1])
    if application.is_group:
        signed: dict[str, date] = {}
        rows = application.cosignatures.present().order_by("signed_on", "pk")
        for name, day in rows.values_list("folded_name", "signed_on"):
            if day:
                signed.setdefault(name, day)
        days += sorted(signed.values())[SIGNATURES_NEEDED - 1 : SIGNATURES_NEEDED]
    return max(days, default=None)


def open_lines_of_many(applications: Collection[Application]) -> list[list[Line]]:
    """Return what is open of each of many, with as many queries as for one; nothing of one that is closed."""
    association = AssociationSettings.load()
    known: dict[Facts, list[Line]] = {}
    missing = []
    for application, facts in zip(applications, facts_of(applications, association), strict=True):
        if facts not in known:
            known[facts] = [line for line in _lines(facts, association) if not line.is_done]
        missing.append(known[facts] if application.is_open else [])
    return missing


def _lines(facts: Facts, association: AssociationSettings) -> list[Line]:
    lines = [_original(facts, association)]
    if facts.kind is ApplicantKind.UNINCORPORATED_GROUP:
        lines.append(_cosignatures(facts, association))
    if facts.kind is ApplicantKind.LEGAL_PERSON:
        lines.append(_signatories(facts))
    if facts.is_minor:
        lines.append(_representatives(facts))
    if facts.by_debit:
        lines.append(_mandate(facts))
    if facts.was_asked:
        note = _("Auf die Rückfrage ist noch keine Antwort gekommen.")
        lines.append(_line(CompletenessCode.ANSWER, not facts.is_asked, Responsible.APPLICANT, note))
    return lines


def _original(facts: Facts, association: AssociationSettings) -> Line:
    """Return the signed application's line; a group's confirmations without a signature take the place of it."""
    accepted = association.accepted_forms
    signed = [form for form in AcceptedForm if form in accepted and form is not AcceptedForm.DIGITAL]
    forms = {"forms": _(" oder ").join(str(form.label) for form in signed)}
    is_done = facts.has_original
    if facts.kind is ApplicantKind.UNINCORPORATED_GROUP and AcceptedForm.DIGITAL in accepted:
        is_done = is_done or facts.has_confirmed
        note = _("Noch ist weder eine digitale Bestätigung noch der unterschriebene Antrag eingegangen (%(forms)s).")
        brief = _("Noch keine digitale Bestätigung, kein unterschriebener Antrag.")
    else:
        note = _("Der unterschriebene Antrag ist noch nicht eingegangen (%(forms)s).")
        brief = _("Der unterschriebene Antrag ist noch nicht eingegangen.")
    return _line(CompletenessCode.ORIGINAL, is_done, Responsible.APPLICANT, note % forms, brief=brief)


def _cosignatures(facts: Facts, association: AssociationSettings) -> Line:
    """Return the line of the five: signatures where the association takes paper alone, else confirmations."""
    lacking = SIGNATURES_NEEDED - facts.people
    title = str(CompletenessCode.COSIGNATURES.label)
    if association.accepts(AcceptedForm.DIGITAL):
        title = _("Fünf Bestätigungen")
        sentence = ngettext(
            "Es fehlt eine der fünf Bestätigungen.", "Es fehlen %(lacking)s der fünf Bestätigungen.", lacking
        )
    else:
        sentence = ngettext(
            "Es fehlt eine der fünf Unterschriften.", "Es fehlen %(lacking)s der fünf Unterschriften.", lacking
        )
    note = brief = sentence % {"lacking": lacking}
    if facts.signed > facts.people:
        note += " " + _("Wer mehrfach unterschrieben oder bestätigt hat, zählt einmal.")
    code = CompletenessCode.COSIGNATURES
    return _line(code, lacking <= 0, Responsible.APPLICANT, note, title=title, brief=brief)


def _signatories(facts: Facts) -> Line:
    if facts.is_joint:
        note = _("Es ist noch nicht geprüft, ob alle vertretungsberechtigten Personen unterschrieben haben.")
    else:
        note = _("Es ist noch nicht geprüft, ob eine vertretungsberechtigte Person unterschrieben hat.")
    return _checked(facts, CompletenessCode.SIGNATORIES, note)


def _representatives(facts: Facts) -> Line:
    note = _("Es ist noch nicht geprüft, ob die gesetzlichen Vertreter unterschrieben haben.")
    return _checked(facts, CompletenessCode.REPRESENTATIVES, note)


def _mandate(facts: Facts) -> Line:
    """Return the mandate's line: whatever way the application is signed, the mandate needs a signature of its own."""
    if facts.has_original:
        note = _("Es ist noch nicht geprüft, ob das SEPA-Lastschriftmandat unterschrieben ist.")
        return _checked(facts, CompletenessCode.MANDATE, note)
    note = _("Das unterschriebene SEPA-Lastschriftmandat ist noch nicht eingegangen.")
    return _checked(facts, CompletenessCode.MANDATE, note, Responsible.APPLICANT)


def _checked(facts: Facts, code: CompletenessCode, note: str, responsible: Responsible = Responsible.OFFICE) -> Line:
    return _line(code, code in facts.checked, responsible, note)


def _line(
    code: CompletenessCode, is_done: bool, responsible: Responsible, note: str, *, title: str = "", brief: str = ""
) -> Line:
    if is_done:
        note = brief = ""
    return Line(code, title or str(code.label), is_done, responsible, note, brief or note)
