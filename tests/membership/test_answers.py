"""Reading an application back."""

import pytest

from membership.answers import describe, postal_address
from membership.countries import countries, country_name
from tests.factories.membership import (
    GROUP,
    IBAN,
    LEGAL,
    NATURAL,
    SUPPORTING,
    create_application,
    make_draft,
    make_mandate,
)

pytestmark = pytest.mark.django_db


def told(application, **options) -> dict[str, dict[str, str]]:
    return {
        section.title: {answer.field.name: answer.text for answer in section.answers}
        for section in describe(application, **options)
    }


def test_a_person_with_direct_debit() -> None:
    application = create_application(NATURAL, SUPPORTING, payment_way="direct_debit", mandate=make_mandate())
    assert told(application) == {
        "Wer stellt den Antrag?": {
            "membership_type": "Fördermitgliedschaft",
            "title": "Dr.",
            "first_name": "Mara",
            "last_name": "Muster",
            "of_full_age": "Ja",
        },
        "Postanschrift": {
            "street": "Musterweg 1",
            "postcode": "09111",
            "city": "Chemnitz",
            "country": "Deutschland",
        },
        "Erreichbarkeit": {"email": "mara@example.org"},
        "Erklärungen": {"accepts_statutes": "Ja"},
        "Beitrag": {
            "dues_order_read": "Ja",
            "dues_rate": "Förderbeitrag: mindestens 30,00 € im Jahr",
            "own_amount": "50,00 € im Jahr",
        },
        "Zahlung": {
            "payment_way": "SEPA-Lastschrift",
            "account_holder": "M••• M•••",
            "iban": "DE02 •••• •••• •••• ••20 51",
        },
    }
    assert told(application, unmasked=True)["Zahlung"] == {
        "payment_way": "SEPA-Lastschrift",
        "account_holder": "Mara Muster",
        "iban": IBAN,
    }


def test_rows() -> None:
    signatories = [{"name": "Vera Vorstand", "function": "Leitung"}, {"name": "Kai Kasse", "function": "Kasse"}]
    answers = {**make_draft(LEGAL).answers, "signatories": signatories}
    legal = told(create_application(LEGAL, answers=answers))["Vertretungsberechtigte Personen"]
    assert legal["signatories"] == "Vera Vorstand, Leitung\nKai Kasse, Kasse"
    assert told(create_application(GROUP))["Mitunterzeichnende"] == {"cosigners": "Anna Eins, Garten"}


def test_what_was_not_answered_can_be_listed_too() -> None:
    assert told(create_application(), with_unanswered=True)["Erreichbarkeit"] == {
        "email": "mara@example.org",
        "phone": "",
    }


def test_envelope() -> None:
    abroad = {**make_draft().answers, "postcode": "1010", "city": "Wien", "country": "AT"}
    assert postal_address(create_application()) == ["Musterweg 1", "09111 Chemnitz"]
    assert postal_address(create_application(answers=abroad)) == ["Musterweg 1", "1010 Wien", "ÖSTERREICH"]


def test_billing_address_goes_before_the_seat() -> None:
    billing = {"billing_street": "Kassenweg 3", "billing_postcode": "04103", "billing_city": "Leipzig"}
    application = create_application(LEGAL, answers={**make_draft(LEGAL).answers, **billing, "billing_country": "DE"})
    assert postal_address(application, billing=True) == ["Kassenweg 3", "04103 Leipzig"]
    assert postal_address(create_application(LEGAL), billing=True) == ["Musterweg 1", "09111 Chemnitz"]


def test_countries_are_german_and_sorted() -> None:
    names = [name for _code, name in countries()]
    assert names[:4] == ["Deutschland", "Afghanistan", "Ägypten", "Albanien"]
    assert [country_name(code) for code in ("PL", "CZ", "XX")] == ["Polen", "Tschechien", "XX"]
