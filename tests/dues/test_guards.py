"""What a treasurer is told before publishing, word for word."""

import datetime as dt
from decimal import Decimal

import pytest

from dues import bindings, guards
from dues.enums import AmountType
from portal.association.enums import ApplicantKind, MembershipType
from tests.factories.dues import create_order, make_rate

pytestmark = pytest.mark.django_db

DAY = dt.date(2031, 1, 1)
COMPLETE = {
    "valid_from": DAY,
    "resolution_date": dt.date(2026, 3, 1),
    "resolution_body": "Mitgliederversammlung",
    "paragraphs": [("paragraph", {"number": "§ 1", "title": "Beiträge", "text": "<p>Text</p>"})],
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False)


def found(**fields):
    order = create_order(published=False, **{**COMPLETE, **fields})
    return [(str(finding), finding.is_error) for finding in guards.findings(order)]


def test_a_complete_draft_has_no_findings():
    assert found() == []


def test_missing_combination():
    rates = [
        make_rate(membership_types=[MembershipType.REGULAR]),
        make_rate(
            category="Förderbeitrag",
            membership_types=[MembershipType.SUPPORTING],
            applicant_kinds=[ApplicantKind.NATURAL_PERSON, ApplicantKind.LEGAL_PERSON],
        ),
    ]
    assert found(rates=rates) == [
        ("Für „nichtrechtsfähiger Zusammenschluss / Fördermitgliedschaft“ gibt es keinen Beitragssatz.", True)
    ]


def test_the_same_category_twice_for_the_same_people():
    rates = [
        make_rate(category="Beitrag"),
        make_rate(
            category=" beitrag",
            applicant_kinds=[ApplicantKind.LEGAL_PERSON],
            membership_types=[MembershipType.REGULAR],
        ),
    ]
    assert found(rates=rates) == [
        (
            (
                "Zeile 2 „ beitrag“: Für „juristische Person / ordentliche Mitgliedschaft“ gibt es diese "
                "Beitragsgruppe zweimal (auch in Zeile 1)."
            ),
            True,
        )
    ]


def test_two_ordinary_categories_for_the_same_people_are_worth_a_look():
    rates = [
        make_rate(),
        make_rate(
            category="Große Träger",
            applicant_kinds=[ApplicantKind.LEGAL_PERSON],
            membership_types=[MembershipType.REGULAR],
        ),
        make_rate(category="Ermäßigt", is_reduced=True, proof="Ausweis"),
        make_rate(category="Ehrenmitglieder", amount_type=AmountType.HONORARY),
    ]
    assert found(rates=rates) == [
        (
            (
                "Zeile 2 „Große Träger“: Für „juristische Person / ordentliche Mitgliedschaft“ überschneidet sich "
                "diese Beitragsgruppe mit „Regelbeitrag“; beide stehen zur Wahl."
            ),
            False,
        )
    ]


def test_floor_above_cap_and_figures_that_do_not_belong():
    percent = make_rate(
        amount_type=AmountType.PERCENT,
        percent=Decimal("0.11"),
        base_label="Personalkosten",
        floor=Decimal(1200),
        cap=Decimal(110),
        amount=Decimal(5),
    )
    assert found(rates=[percent]) == [
        (
            "Zeile 1 „Regelbeitrag“: Betrag im Jahr – Bitte leeren: Diese Art des Beitrags kennt die Angabe nicht.",
            True,
        ),
        ("Zeile 1 „Regelbeitrag“: Mindestens – Die Untergrenze liegt über der Obergrenze.", True),
    ]


@pytest.mark.parametrize(("amount", "is_wrong"), [("999999.99", False), ("1000000.00", True)])
def test_a_million_is_a_slip(amount, is_wrong):
    message = "Zeile 1 „Regelbeitrag“: 1.000.000,00 € ist eine Million oder mehr. Bitte prüfen Sie den Betrag."
    assert found(rates=[make_rate(amount=Decimal(amount))]) == ([(message, True)] if is_wrong else [])


def test_a_million_as_admission_fee():
    assert found(admission_fee=Decimal(1_000_000)) == [
        ("1.000.000,00 € ist eine Million oder mehr. Bitte prüfen Sie den Betrag.", True)
    ]


def test_two_orders_on_one_day():
    create_order(valid_from=DAY)
    assert found() == [("Am 01.01.2031 tritt schon Fassung 1 in Kraft. Bitte wählen Sie einen anderen Tag.", True)]


def test_a_beginning_in_the_past_is_a_warning():
    assert found(valid_from=dt.date(2026, 11, 21)) == [
        ("Die Ordnung beginnt am 21.11.2026, also in der Vergangenheit. Sie gilt dann sofort.", False)
    ]
    assert found(valid_from=dt.date(2026, 11, 22)) == []


def test_a_beginning_in_the_past_is_refused_where_something_is_bound_to_that_time(monkeypatch):
    monkeypatch.setattr(bindings, "_checks", [lambda day: 3 if day <= dt.date(2026, 6, 1) else 0])
    assert found(valid_from=dt.date(2026, 6, 1)) == [
        (
            (
                "Die Ordnung beginnt am 01.06.2026, also in der Vergangenheit. An die Zeit seither sind schon "
                "Anträge oder Forderungen gebunden (3). Bitte wählen Sie einen Tag ab heute."
            ),
            True,
        )
    ]


def test_what_an_order_needs_besides_rates():
    assert found(payment_ways=[], resolution_date=None, paragraphs=[], due_month=2, due_day=29) == [
        ("Es ist kein Zahlungsweg angekreuzt.", True),
        ("Diesen Tag hat der gewählte Monat nicht in jedem Jahr.", True),
        ("Tag oder Gremium des Beschlusses fehlen.", False),
        ("Die Ordnung hat noch keine Paragrafen.", False),
    ]


def test_reduced_without_proof_and_a_fixed_nothing():
    rates = [make_rate(), make_rate(category="Ermäßigt", is_reduced=True, amount=Decimal(0))]
    assert found(rates=rates) == [
        ("Zeile 2 „Ermäßigt“: Beim ermäßigten Beitrag steht nicht, welcher Nachweis gezeigt wird.", False),
        ("Zeile 2 „Ermäßigt“: Der Betrag ist 0. Gemeint ist vielleicht „beitragsfrei“.", False),
    ]
