"""A dues order in words."""

import datetime as dt
from decimal import Decimal

import pytest

from dues import wording
from dues.enums import AmountType, DueRule
from dues.models import DuesOrder
from portal.association.enums import ApplicantKind, MembershipType
from tests.factories.dues import make_rate


def order(**fields):
    return DuesOrder(valid_from=dt.date(2026, 1, 1), payment_ways=["bank_transfer", "direct_debit"], **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": Decimal("60.00")}, "60,00 € im Jahr"),
        ({"amount_type": AmountType.MINIMUM, "amount": Decimal(1200)}, "mindestens 1.200,00 € im Jahr"),
        ({"amount_type": AmountType.HONORARY}, "beitragsfrei"),
        (
            {"amount_type": AmountType.PERCENT, "percent": Decimal("0.1100"), "base_label": "Etat"},
            "0,11 % im Jahr (Etat)",
        ),
        (
            {
                "amount_type": AmountType.PERCENT,
                "percent": Decimal(2),
                "base_label": "Etat",
                "floor": Decimal(110),
                "cap": Decimal(1200),
            },
            "2 % im Jahr (Etat), mindestens 110,00 €, höchstens 1.200,00 €",
        ),
    ],
)
def test_a_rate_describes_itself(fields, words):
    assert make_rate(**fields).describe() == words


def test_for_whom_a_rate_is():
    rate = make_rate(applicant_kinds=[ApplicantKind.NATURAL_PERSON, ApplicantKind.LEGAL_PERSON])
    assert wording.kinds_in_words(rate) == "natürliche Person und juristische Person"
    assert wording.kinds_in_words(make_rate()) == "alle"
    assert wording.types_in_words(make_rate(membership_types=[MembershipType.SUPPORTING])) == "Fördermitgliedschaft"


def test_what_to_know_about_a_rate():
    rate = make_rate(
        note="Für Studierende.", proof="Studienbescheinigung", needs_board_decision=True, admission_fee=Decimal(0)
    )
    assert wording.conditions_in_words(rate, order(admission_fee=Decimal(15))) == [
        "Für Studierende.",
        "Vorzuzeigen: Studienbescheinigung (wird nur angesehen, nicht gespeichert).",
        "Nur mit Beschluss des Vorstands.",
        "Aufnahmegebühr: keine.",
    ]
    assert wording.conditions_in_words(make_rate(), order()) == []


def test_the_rules():
    assert wording.rules_in_words(order(admission_fee=Decimal(15), admission_fee_paragraph="§ 6")) == [
        ("Beitrag im ersten Jahr", "je angefangenem Monat ein Zwölftel"),
        ("Fälligkeit", "jedes Jahr am 31. März; wer später im Jahr beitritt, zahlt mit der Aufnahme"),
        ("Aufnahmegebühr", "15,00 € (§ 6)"),
        ("Zahlungswege", "Überweisung und SEPA-Lastschrift"),
    ]
    later = order(due_rule=DueRule.DAYS_AFTER_ADMISSION, due_days_after_admission=14, due_month=2, due_day=1)
    assert wording.rules_in_words(later)[1] == (
        "Fälligkeit",
        "14 Tage nach der Aufnahme, aber nicht vor dem 1. Februar; später jedes Jahr am 1. Februar",
    )


def test_the_resolution():
    assert wording.resolution_in_words(order()) == ""
    decided = order(resolution_body="Vorstand", resolution_date=dt.date(2026, 3, 1))
    assert wording.resolution_in_words(decided) == "beschlossen von: Vorstand, am 1. März 2026"
