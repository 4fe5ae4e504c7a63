"""Reading an application back: every answer under its field, as values and as text for people.

Detail page, PDF, receipt and export go through here, so that a new field shows up in all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dues.money import format_amount
from membership.countries import GERMANY, country_name
from membership.definition import NO, YES, Field, FieldType, Section, Storage
from membership.enums import Channel
from membership.fields import fields_for
from membership.models import Application, CoSignature, SepaMandate
from portal.association.enums import ApplicantKind, MembershipType
from portal.privacy.masking import mask_iban, mask_name


@dataclass(frozen=True)
class Answer:
    """One answer for people: the field, its label, and its text (several lines for rows; empty if not answered)."""

    field: Field
    label: str
    text: str


@dataclass(frozen=True)
class AnsweredSection:
    """The answers of one section, in the form's order."""

    section: Section
    title: str
    answers: list[Answer]


def value_of(application: Application, field: Field) -> Any:
    """Return the stored answer wherever it is kept, or None."""
    if field.storage is Storage.ANSWERS:
        return application.answers.get(field.name)
    if field.storage is Storage.COLUMN:
        return getattr(application, field.name)
    if field.storage is Storage.MANDATE:
        mandate = mandate_of(application)
        return getattr(mandate, field.name) if mandate else None
    return [_row(row) for row in application.cosignatures.all()]


def mandate_of(application: Application) -> SepaMandate | None:
    """Return the direct debit mandate, or None where dues are paid by transfer."""
    return SepaMandate.objects.filter(application=application).first()


def describe(
    application: Application, *, unmasked: bool = False, with_unanswered: bool = False
) -> list[AnsweredSection]:
    """Return all answers in the form's sections; bank data are masked unless ``unmasked``.

    What nobody answered is left out unless ``with_unanswered``; a section without answers always is.
    """
    kind = ApplicantKind(application.kind)
    sections: dict[str, AnsweredSection] = {}
    for field in fields_for(
        kind, Channel(application.channel), membership_type=MembershipType(application.membership_type)
    ):
        if field.amount_type not in (None, application.dues_rate.amount_type):
            continue
        text = text_of(field, value_of(application, field), unmasked=unmasked)
        told = [Answer(field, _label(application, field), text)] if text or with_unanswered else []
        if field.amount_type and application.own_amount is None:
            yearly = format_amount(application.yearly_dues)
            told.append(Answer(field, _("Jahresbeitrag nach der Beitragsordnung"), yearly))
        if told:
            title = str(field.section.title_for(kind))
            sections.setdefault(field.section.name, AnsweredSection(field.section, title, [])).answers.extend(told)
    return list(sections.values())


def text_of(field: Field, value: Any, *, unmasked: bool = False) -> str:
    """Return an answer in words; empty for no answer. Bank data are masked unless ``unmasked``."""
    # A base of 0 euros is an answer.
    if value is None or value is False or value in ("", []):
        return ""
    if field.choices is not None:
        # A choice taken off the list later still has to be read: fall back to what is stored.
        return str(dict(field.choices.choices).get(value, value))
    if field.storage is Storage.MANDATE and not unmasked:
        return mask_iban(value) if field.field_type is FieldType.IBAN else mask_name(value)
    return str(_TEXTS.get(field.field_type, str)(value))


def applicant_name(kind: ApplicantKind | str, answers: Mapping[str, Any]) -> str:
    """Return the applicant's name in one line."""
    names = ("title", "first_name", "last_name") if kind == ApplicantKind.NATURAL_PERSON else ("name",)
    return " ".join(answers[name] for name in names if answers.get(name))


def name_without_title(kind: ApplicantKind | str, answers: Mapping[str, Any]) -> str:
    """Return the applicant's name without a title, for telling whether two applications come from one person."""
    return applicant_name(kind, {name: value for name, value in answers.items() if name != "title"})


def postal_address(application: Application, *, billing: bool = False) -> list[str]:
    """Return the lines below the name on an envelope; the billing address falls back to the postal one."""
    prefix = "billing_" if billing and application.answers.get("billing_street") else ""
    answers = {name: application.answers.get(prefix + name, "") for name in ("street", "postcode", "city", "country")}
    lines = [answers["street"], f"{answers['postcode']} {answers['city']}".strip()]
    if answers["country"] not in ("", GERMANY):
        lines.append(country_name(answers["country"]).upper())
    return [line for line in lines if line]


def _label(application: Application, field: Field) -> str:
    """Return the field's label; a base is called what its rate calls it."""
    if field.field_type is FieldType.BASE:
        return application.dues_rate.base_label
    return str(field.label_for(ApplicantKind(application.kind)))


def _row(signature: CoSignature) -> dict[str, str]:
    return {"name": signature.name, "function": signature.function, "email": signature.email}


def _rows_text(rows: list[dict[str, str]]) -> str:
    lines = [", ".join(part for part in row.values() if part) for row in rows]
    return "\n".join(line for line in lines if line)


def _amount_text(amount: Decimal) -> str:
    return _("%(amount)s im Jahr") % {"amount": format_amount(amount)}


_TEXTS: dict[FieldType, Callable[[Any], str]] = {
    FieldType.YES_NO: lambda value: {YES: _("Ja"), NO: _("Nein")}.get(value, ""),
    FieldType.TICK: lambda value: _("Ja"),
    FieldType.COUNTRY: lambda value: country_name(value),
    FieldType.AMOUNT: _amount_text,
    FieldType.BASE: format_amount,
    FieldType.RATE: lambda rate: f"{rate.category}: {rate.describe()}",
    FieldType.ROWS: _rows_text,
}
