"""The prefilled application: what was entered, the declaration, and the lines to sign on."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from membership.answers import applicant_name, describe, mandate_of, postal_address
from membership.definition import NO, Storage
from membership.documents.mandate import MandatePaper, mandate_paper
from membership.enums import Representation, SignatureStanding
from membership.fields import SIGNATURES_NEEDED
from membership.models import Application, CoSignature
from portal.association.enums import ApplicantKind, LegalTextKind
from portal.association.models import AssociationSettings, LegalText
from portal.pdf.render import render_pdf

TEMPLATE = "pdf/application/application.html"
LEGAL_REPRESENTATIVES = 2
LEAVES_ROW_FREE = {SignatureStanding.DECLINED, SignatureStanding.REVOKED}
# Stated in their own place on the paper, so not in the list of answers.
STATED_ELSEWHERE = {"accepts_statutes", "dues_order_read"}


@dataclass(frozen=True)
class SignatureLine:
    """A line to sign: whose it is, and what to write below it."""

    label: str
    name: str = ""


def render_application(application: Application, *, unmasked: bool = True) -> bytes:
    """Return the application as PDF (PDF/A-2a, PDF/UA-1) to print and sign.

    The applicant's own paper carries the whole bank data, because the mandate is signed on it; everybody else gets
    them masked (``unmasked=False``).
    """
    with override(application.language):
        context = paper_context(application, unmasked=unmasked)
        title = _("Aufnahmeantrag")
    return render_pdf(TEMPLATE, context, title=title, language=application.language)


def paper_context(application: Application, *, unmasked: bool) -> dict[str, Any]:
    """Return what the template shows."""
    texts = {version.text.kind: version.text for version in application.text_versions.select_related("text")}
    return {
        "application": application,
        "association": AssociationSettings.load(),
        "sections": sections_of(application),
        "texts": agreed_texts(texts),
        "declaration": texts.get(LegalTextKind.DECLARATION),
        "group_declaration": texts.get(LegalTextKind.GROUP_DECLARATION),
        "liability_notice": texts.get(LegalTextKind.LIABILITY_NOTICE),
        "signature_lines": signature_lines(application),
        "signature_rule": signature_rule(application),
        "rows": cosignature_rows(application),
        "mandate": mandate_paper_of(application, texts, unmasked=unmasked),
        "code": reference_code(application.reference),
        "pdf_reference": _("Vorgang %(reference)s") % {"reference": application.reference},
        "pdf_fingerprint": _("Prüfzeichen %(fingerprint)s") % {"fingerprint": application.fingerprint},
    }


def sections_of(application: Application) -> list[Any]:
    """Return the answered sections without bank data (the mandate has them), rows to sign and declarations."""
    elsewhere = (Storage.MANDATE, Storage.SIGNATURES)
    sections = []
    for section in describe(application):
        answers = [
            answer
            for answer in section.answers
            if answer.field.storage not in elsewhere and answer.field.name not in STATED_ELSEWHERE
        ]
        if answers:
            sections.append({"title": section.title, "answers": answers})
    return sections


def agreed_texts(texts: dict[str, LegalText]) -> list[LegalText]:
    """Return the texts whose version the paper names, in the order of their kinds."""
    named = (LegalTextKind.STATUTES, LegalTextKind.PRIVACY_NOTICE, LegalTextKind.PRIVACY_NOTICE_COSIGNERS)
    return [texts[kind] for kind in named if kind in texts]


def signature_lines(application: Application) -> list[SignatureLine]:
    """Return one line per person who signs for the applicant; a group's five rows stand on their own page."""
    answers = application.answers
    if application.kind == ApplicantKind.LEGAL_PERSON:
        rows = answers.get("signatories", [])
        return [SignatureLine(_("Vertretungsberechtigt"), ", ".join(filter(None, row.values()))) for row in rows]
    if application.is_group:
        return [SignatureLine(_("Kontaktperson"), answers.get("contact_name", ""))]
    name = applicant_name(ApplicantKind(application.kind), answers)
    applicant = SignatureLine(_("Antragstellerin oder Antragsteller"), name)
    if answers.get("of_full_age") != NO:
        return [applicant]
    guardian = SignatureLine(_("Gesetzliche Vertretung"), _("Name in Druckbuchstaben:"))
    return [applicant, *[guardian] * LEGAL_REPRESENTATIVES]


def signature_rule(application: Application) -> str:
    """Return the sentence that says who has to sign."""
    if application.kind == ApplicantKind.LEGAL_PERSON:
        if application.answers.get("representation") == Representation.JOINT:
            return _("Alle genannten Personen unterschreiben gemeinsam.")
        return _("Eine der genannten Personen genügt: Jede kann allein unterschreiben.")
    if application.is_group:
        return _("Für den Zusammenschluss unterschreibt außerdem die Kontaktperson.")
    if application.answers.get("of_full_age") == NO:
        return _("Für Minderjährige unterschreiben auch die gesetzlichen Vertreter.")
    return ""


def cosignature_rows(application: Application) -> list[dict[str, Any]]:
    """Return exactly five numbered rows for a group; none for others.

    A row names who has its number in the office's list. It is left free where that person declined or the invitation
    was taken back.
    """
    if not application.is_group:
        return []
    known = {row.position: row for row in application.cosignatures.all() if row.standing not in LEAVES_ROW_FREE}
    rows = [(number, known.get(number, CoSignature())) for number in range(1, SIGNATURES_NEEDED + 1)]
    return [{"number": number, "name": row.name, "function": row.function} for number, row in rows]


def mandate_paper_of(application: Application, texts: dict[str, LegalText], *, unmasked: bool) -> MandatePaper | None:
    """Return the mandate to sign, None where dues are paid by transfer."""
    mandate = mandate_of(application)
    if mandate is None:
        return None
    return mandate_paper(
        text=texts.get(LegalTextKind.SEPA_MANDATE),
        debtor=mandate.account_holder if unmasked else mandate.masked_holder,
        debtor_address=postal_address(application, billing=True),
        iban=grouped(mandate.iban) if unmasked else mandate.masked_iban,
        creditor_identifier=mandate.creditor_identifier,
        reference=mandate.mandate_reference,
    )


def grouped(iban: str) -> str:
    """Return an IBAN in groups of four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def reference_code(reference: str) -> str:
    """Return the reference as a QR code, an SVG in a ``data:`` address."""
    import segno

    return segno.make_qr(reference, error="m").svg_data_uri(dark="#1d2421", light="#ffffff", border=2, scale=3)
