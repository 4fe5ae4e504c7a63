"""A dues order in words: the same on the page, in the PDF and in the admin."""

import datetime as dt

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from dues.enums import DueRule, FirstYearRule, PaymentWay
from dues.models import DuesOrder, DuesRate
from dues.money import format_amount
from portal.association.enums import ApplicantKind, MembershipType

Row = tuple[str, str]


def resolution_in_words(order: DuesOrder) -> str:
    """Return who decided the order when and where that is recorded; empty when nothing is known."""
    parts = []
    if order.resolution_body:
        parts.append(_("beschlossen von: %(body)s") % {"body": order.resolution_body})
    if order.resolution_date:
        parts.append(_("am %(day)s") % {"day": _long(order.resolution_date)})
    if order.resolution_reference:
        parts.append(order.resolution_reference)
    return ", ".join(parts)


def rules_in_words(order: DuesOrder) -> list[Row]:
    """Return what holds besides the rates, as pairs of name and rule."""
    rows = [
        (_("Beitrag im ersten Jahr"), _with_paragraph(_first_year(order), order.first_year_paragraph)),
        (_("Fälligkeit"), _with_paragraph(_due(order), order.due_paragraph)),
        (_("Aufnahmegebühr"), _with_paragraph(_admission_fee(order), order.admission_fee_paragraph)),
        (_("Zahlungswege"), _list(PaymentWay, order.payment_ways)),
    ]
    return [(name, rule) for name, rule in rows if rule]


def kinds_in_words(rate: DuesRate) -> str:
    """Return for whom a rate is; „alle“ for every kind."""
    if rate.applicant_kinds == ApplicantKind.values:
        return _("alle")
    return _list(ApplicantKind, rate.applicant_kinds)


def types_in_words(rate: DuesRate) -> str:
    return _list(MembershipType, rate.membership_types)


def conditions_in_words(rate: DuesRate, order: DuesOrder) -> list[str]:
    """Return what to know about a rate besides its amount, as whole sentences."""
    sentences = []
    if rate.note:
        sentences.append(rate.note)
    if rate.proof:
        sentences.append(_("Vorzuzeigen: %(proof)s (wird nur angesehen, nicht gespeichert).") % {"proof": rate.proof})
    if rate.needs_board_decision:
        sentences.append(_("Nur mit Beschluss des Vorstands."))
    if rate.admission_fee is not None and rate.admission_fee != order.admission_fee:
        fee = format_amount(rate.admission_fee) if rate.admission_fee else _("keine")
        sentences.append(_("Aufnahmegebühr: %(fee)s.") % {"fee": fee})
    return sentences


def action_in_words(action: str) -> str:
    """Return what an entry of the audit log about an order says."""
    words: dict[str, str] = {
        "dues_order.published": _("veröffentlicht"),
        "dues_order.drafted": _("als Entwurf aus einer anderen Fassung angelegt"),
        "dues_order.signed_copy": _("unterschriebenes Original hochgeladen"),
    }
    return words.get(action, action)


def _first_year(order: DuesOrder) -> str:
    return str(FirstYearRule(order.first_year_rule).label)


def _due(order: DuesOrder) -> str:
    fixed = f"{order.due_day}. {formats.date_format(order.first_due_day, 'F')}"
    if order.due_rule == DueRule.DAYS_AFTER_ADMISSION:
        return _("%(days)s Tage nach der Aufnahme, aber nicht vor dem %(fixed)s; später jedes Jahr am %(fixed)s") % {
            "days": order.due_days_after_admission,
            "fixed": fixed,
        }
    return _("jedes Jahr am %(fixed)s; wer später im Jahr beitritt, zahlt mit der Aufnahme") % {"fixed": fixed}


def _admission_fee(order: DuesOrder) -> str:
    return format_amount(order.admission_fee) if order.admission_fee else _("keine")


def _with_paragraph(text: str, paragraph: str) -> str:
    return f"{text} ({paragraph})" if paragraph else text


def _list(enum: type, values: list[str]) -> str:
    return get_text_list([str(enum(value).label) for value in values], _("und"))  # type: ignore[call-arg]


def _long(day: dt.date) -> str:
    return formats.date_format(day, "j. F Y")
