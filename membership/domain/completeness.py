"""What still has to come before the board can decide: one list, by applicant kind."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from membership.definition import NO
from membership.enums import CHECKED_BY_HAND, CompletenessCode, Representation, Responsible
from membership.fields import SIGNATURES_NEEDED
from membership.models import Application
from portal.association.enums import AcceptedForm, ApplicantKind
from portal.association.models import AssociationSettings


@dataclass(frozen=True)
class Line:
    """One line: done or open, and who does it. ``note`` names, while it is open, what is missing.

    Every line is required: the board can decide when none is open.
    """

    code: CompletenessCode
    title: str
    is_done: bool
    responsible: Responsible
    note: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether the office says that it is done."""
        return self.code in CHECKED_BY_HAND


def completeness(application: Application, association: AssociationSettings | None = None) -> list[Line]:
    """Return the application's lines in the order in which they are worked on.

    Reads ``receipts``, ``cosignatures``, ``checked_lines`` and ``completion_requests`` through ``all()``, so that a
    list of many can fetch them beforehand (``Application.objects.with_papers()``).
    """
    lines = [_original(application, association or AssociationSettings.load())]
    if application.is_group:
        lines.append(_cosignatures(application))
    if application.kind == ApplicantKind.LEGAL_PERSON:
        lines.append(_signatories(application))
    if application.answers.get("of_full_age") == NO:
        lines.append(_representatives(application))
    lines += _questions(application)
    return lines


def missing_for_acceptance(application: Application, association: AssociationSettings | None = None) -> list[str]:
    """Return German sentences that name what is missing; empty when the application can be decided on.

    ``Application.objects.complete()`` asks the same of the database for many at once.
    """
    return [line.note for line in completeness(application, association) if not line.is_done]


def _original(application: Application, association: AssociationSettings) -> Line:
    """Return the signed application's line; a group's confirmations without a signature take the place of it."""
    accepted = association.accepted_forms
    signed = [form for form in AcceptedForm if form in accepted and form is not AcceptedForm.DIGITAL]
    forms = {"forms": _(" oder ").join(str(form.label) for form in signed)}
    current = [receipt for receipt in application.receipts.all() if receipt.edition == application.edition]
    is_done = any(receipt.form in accepted for receipt in current)
    if application.is_group and AcceptedForm.DIGITAL in accepted:
        is_done = is_done or any(row.is_confirmed for row in application.cosignatures.all())
        note = _("Noch ist weder eine digitale Bestätigung noch der unterschriebene Antrag eingegangen (%(forms)s).")
    else:
        note = _("Der unterschriebene Antrag ist noch nicht eingegangen (%(forms)s).")
    return _line(CompletenessCode.ORIGINAL, is_done, Responsible.APPLICANT, note % forms)


def _cosignatures(application: Application) -> Line:
    signed = [row.folded_name for row in application.cosignatures.all() if row.present]
    people = len(set(signed))
    lacking = SIGNATURES_NEEDED - people
    sentence = ngettext(
        "Es fehlt eine der fünf Unterschriften.", "Es fehlen %(lacking)s der fünf Unterschriften.", lacking
    )
    note = sentence % {"lacking": lacking}
    if len(signed) > people:
        note += " " + _("Eine Person, die mehrfach unterschrieben hat, zählt einmal.")
    return _line(CompletenessCode.COSIGNATURES, lacking <= 0, Responsible.APPLICANT, note)


def _signatories(application: Application) -> Line:
    if application.answers.get("representation") == Representation.JOINT:
        note = _("Es ist noch nicht geprüft, ob alle vertretungsberechtigten Personen unterschrieben haben.")
    else:
        note = _("Es ist noch nicht geprüft, ob eine vertretungsberechtigte Person unterschrieben hat.")
    return _checked(application, CompletenessCode.SIGNATORIES, note)


def _representatives(application: Application) -> Line:
    note = _("Es ist noch nicht geprüft, ob die gesetzlichen Vertreter unterschrieben haben.")
    return _checked(application, CompletenessCode.REPRESENTATIVES, note)


def _questions(application: Application) -> list[Line]:
    """Return a line for the office's questions, if there were any."""
    requests = list(application.completion_requests.all())
    if not requests:
        return []
    is_done = not any(request.is_open for request in requests)
    note = _("Auf die Rückfrage ist noch keine Antwort gekommen.")
    return [_line(CompletenessCode.ANSWER, is_done, Responsible.APPLICANT, note)]


def _checked(application: Application, code: CompletenessCode, note: str) -> Line:
    is_done = any(line.code == code for line in application.checked_lines.all())
    return _line(code, is_done, Responsible.OFFICE, note)


def _line(code: CompletenessCode, is_done: bool, responsible: Responsible, note: str) -> Line:
    return Line(code, str(code.label), is_done, responsible, "" if is_done else note)
