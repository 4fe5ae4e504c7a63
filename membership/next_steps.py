"""What an applicant does next: by what has come, who was invited, and the forms in which the association takes it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from dues.enums import PaymentWay
from membership.definition import NO
from membership.domain.completeness import completeness
from membership.enums import CompletenessCode, Representation, Responsible
from membership.models import Application
from portal.association.enums import AcceptedForm, ApplicantKind
from portal.association.models import AssociationSettings


def next_steps(application: Application, *, by_post: bool = False) -> list[dict[str, str]]:
    """Return the steps with ``title`` and ``text``, in the order in which they are taken; none for what has come.

    ``by_post`` is for somebody who reads them in a letter, with the paper enclosed: nothing of the net.
    """
    association = AssociationSettings.load()
    missing = {line.code: line.responsible for line in completeness(application, association) if not line.is_done}
    waiting = {"title": _("Entscheidung abwarten"), "text": _decision(association)}
    if by_post and not application.is_ready and CompletenessCode.ORIGINAL in missing:
        return [*_enclosed_steps(application, association), waiting]
    return [*_to_do(application, association, missing), waiting]


def _to_do(
    application: Application, association: AssociationSettings, missing: Mapping[CompletenessCode, Responsible]
) -> list[dict[str, str]]:
    """Return what comes before the decision."""
    if application.is_ready:
        return []
    mandate = []
    if missing.get(CompletenessCode.MANDATE) is Responsible.APPLICANT:
        mandate = [_mandate_step(application, association)]
    is_signed = not {CompletenessCode.ORIGINAL, CompletenessCode.COSIGNATURES} & set(missing)
    if not is_signed and association.accepts(AcceptedForm.DIGITAL) and _has_invited(application):
        return [*_digital_steps(association), *mandate]
    if CompletenessCode.ORIGINAL in missing:
        return _paper_steps(application, association)
    if mandate:
        return mandate
    text = _("Die Geschäftsstelle prüft, was bei ihr eingegangen ist. Sie meldet sich, wenn etwas fehlt.")
    return [{"title": _("Prüfung abwarten"), "text": text}]


def _has_invited(application: Application) -> bool:
    """Whether anybody got a link of their own; on paper nobody does unless the office invites them."""
    return any(row.generation and not row.revoked_at for row in application.cosignatures.all())


def _paper_steps(application: Application, association: AssociationSettings) -> list[dict[str, str]]:
    """Return the way of the signed paper."""
    return [
        {
            "title": _("Ausdrucken"),
            "text": _("Laden Sie den Aufnahmeantrag als PDF herunter und drucken Sie ihn aus."),
        },
        {"title": _("Unterschreiben"), "text": " ".join([_who_signs(application), *_who_signs_mandate(application)])},
        {"title": _("Zusenden"), "text": _where_to(association)},
    ]


def _enclosed_steps(application: Application, association: AssociationSettings) -> list[dict[str, str]]:
    """Return the way of a paper that the office has put into the letter."""
    enclosed = _("Der Antrag liegt diesem Brief bei.")
    signing = [enclosed, _who_signs(application), *_who_signs_mandate(application)]
    return [
        {"title": _("Unterschreiben"), "text": " ".join(signing)},
        {"title": _("Zusenden"), "text": _by_mail(association)},
    ]


def _digital_steps(association: AssociationSettings) -> list[dict[str, str]]:
    """Return the steps of a group whose five people confirm by mail, or sign on paper as they like."""
    on_paper = _("Drucken Sie dafür den Aufnahmeantrag aus; unterschrieben wird in den Zeilen auf Seite 2.")
    return [
        {
            "title": _("Bestätigungen abwarten"),
            "text": _(
                "Wer eingeladen ist, hat eine E-Mail mit einem eigenen Link bekommen. Fünf Personen bestätigen den "
                "Antrag. Wer noch fehlt, sehen Sie auf der Seite zu Ihrem Antrag."
            ),
        },
        {
            "title": _("Wer lieber auf Papier unterschreibt"),
            "text": f"{on_paper} {_where_to(association)}",
        },
    ]


def _mandate_step(application: Application, association: AssociationSettings) -> dict[str, str]:
    """Return what a group that confirms by mail signs all the same: a mandate needs a signature."""
    where = _("Drucken Sie dafür den Aufnahmeantrag aus; das Mandat steht am Ende.")
    text = " ".join([where, *_who_signs_mandate(application), _where_to(association)])
    return {"title": _("SEPA-Lastschriftmandat unterschreiben"), "text": text}


def _who_signs_mandate(application: Application) -> list[str]:
    if application.payment_way != PaymentWay.DIRECT_DEBIT:
        return []
    return [_("Das SEPA-Lastschriftmandat unterschreibt, wem das Konto gehört.")]


def _who_signs(application: Application) -> str:
    if application.kind == ApplicantKind.UNINCORPORATED_GROUP:
        return _(
            "Fünf Personen unterschreiben in den fünf Zeilen auf Seite 2. "
            "Die Kontaktperson unterschreibt unter der Erklärung."
        )
    if application.kind == ApplicantKind.LEGAL_PERSON:
        if application.answers.get("representation") == Representation.JOINT:
            return _("Alle genannten vertretungsberechtigten Personen unterschreiben gemeinsam.")
        return _("Eine vertretungsberechtigte Person unterschreibt.")
    if application.answers.get("of_full_age") == NO:
        return _("Sie unterschreiben, und Ihre gesetzlichen Vertreter unterschreiben ebenfalls.")
    return _("Unterschreiben Sie den Antrag mit Ort und Datum.")


def _where_to(association: AssociationSettings) -> str:
    ways = []
    if association.accepts(AcceptedForm.PAPER):
        ways.append(_by_mail(association))
    if association.accepts(AcceptedForm.SCAN):
        ways.append(
            _("Oder laden Sie ihn als Scan oder Fotos auf der Seite zu Ihrem Antrag hoch.")
            if ways
            else _("Laden Sie den Antrag als Scan oder Fotos auf der Seite zu Ihrem Antrag hoch.")
        )
    return " ".join(ways)


def _by_mail(association: AssociationSettings) -> str:
    address = ", ".join([association.full_name, *association.postal_address])
    return _("Schicken Sie das Original mit der Post an: %(address)s.") % {"address": address}


def _decision(association: AssociationSettings) -> str:
    sentence = _("Über die Aufnahme entscheidet der Vorstand. Wir schreiben Ihnen, sobald er entschieden hat.")
    if association.decision_duration:
        usual = _("Das dauert in der Regel %(duration)s.") % {"duration": association.decision_duration}
        return f"{sentence} {usual}"
    return sentence
