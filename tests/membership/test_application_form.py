"""The form built from the definition: what it takes, what it refuses, what it forgets."""

from decimal import Decimal

import pytest

from membership.definition import YES
from membership.forms.application import ApplicationForm
from membership.intake import checked_from
from portal.association.enums import ApplicantKind, LegalTextKind, MembershipType
from tests.factories.dues import create_order, make_rate
from tests.factories.membership import (
    ADDRESS,
    EMAIL,
    GROUP,
    IBAN,
    LEGAL,
    NAMES,
    NATURAL,
    OWN_ANSWERS,
    REGULAR,
    SUPPORTING,
    create_association,
    create_dues,
    create_ground,
    create_texts,
    current_offer,
    form_data,
    make_mandate,
)

pytestmark = pytest.mark.django_db

FILL_IN = "Bitte füllen Sie dieses Feld aus."
CHOOSE = "Bitte wählen Sie eine Möglichkeit aus."
TICK = "Bitte bestätigen Sie diesen Punkt; ohne ihn können wir den Antrag nicht annehmen."
BELOW_30 = "Das ist weniger als der Mindestbeitrag. Bitte nennen Sie mindestens 30,00 € im Jahr."
NO_SUCH = "Diese Auswahl gibt es nicht. Bitte wählen Sie eine der angebotenen Möglichkeiten."


def errors(kind: str = NATURAL, membership_type: str = REGULAR, **changes) -> dict[str, list[str]]:
    form = ApplicationForm(current_offer(kind, membership_type), form_data(kind, membership_type, **changes))
    return {name: list(messages) for name, messages in form.errors.items()}


def draft(kind: str = NATURAL, membership_type: str = REGULAR, **changes):
    form = ApplicationForm(current_offer(kind, membership_type), form_data(kind, membership_type, **changes))
    assert form.errors == {}
    return checked_from(form)


@pytest.mark.parametrize("kind", ApplicantKind)
@pytest.mark.parametrize("membership_type", MembershipType)
def test_every_kind_and_type(kind: ApplicantKind, membership_type: MembershipType) -> None:
    made = draft(kind, membership_type)
    offer = current_offer(kind, membership_type)
    rows = {LEGAL: {"signatories": [{"name": "Vera Vorstand", "function": "Leitung"}]}}.get(kind, {})
    expected = {**NAMES[kind], **ADDRESS, **OWN_ANSWERS[kind], **rows, "phone": "0371 123456"}
    assert made.answers == {**expected, "accepts_statutes": True, "dues_order_read": True}
    assert (made.kind, made.membership_type, made.email) == (kind, membership_type, EMAIL)
    assert made.dues_rate == offer.rates[0]
    assert made.dues_rate.category == {REGULAR: "Regelbeitrag", SUPPORTING: "Förderbeitrag"}[membership_type]
    assert made.own_amount == {REGULAR: None, SUPPORTING: Decimal("50.00")}[membership_type]
    assert made.mandate is None
    people = [{"name": "Anna Eins", "function": ""}, {"name": "Ben Zwei", "function": ""}]
    assert made.cosigners == (people if kind == GROUP else [])


def test_names() -> None:
    assert [draft(kind).applicant_name for kind in ApplicantKind] == [
        "Dr. Mara Muster",
        "Beispiel gGmbH",
        "Initiative Beispielhof",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NATURAL, {"statutes", "declaration", "privacy_notice"}),
        (LEGAL, {"statutes", "declaration", "privacy_notice"}),
        (
            GROUP,
            {
                "statutes",
                "declaration",
                "privacy_notice",
                "group_declaration",
                "privacy_notice_cosigners",
                "liability_notice",
            },
        ),
    ],
)
def test_texts_are_bound(kind: str, expected: set[str]) -> None:
    assert {text.kind for text in draft(kind).texts} == expected


# -- empty and wrong


def test_empty_form_of_a_person() -> None:
    form = ApplicationForm(current_offer(NATURAL), {})
    assert {name: list(messages) for name, messages in form.errors.items()} == {
        "first_name": [FILL_IN],
        "last_name": [FILL_IN],
        "of_full_age": [CHOOSE],
        "street": [FILL_IN],
        "postcode": [FILL_IN],
        "city": [FILL_IN],
        "country": [CHOOSE],
        "email": [FILL_IN],
        "accepts_statutes": [TICK],
        "dues_order_read": [TICK],
        "dues_rate": [CHOOSE],
        "payment_way": [CHOOSE],
    }


def test_blank_is_empty() -> None:
    assert errors(first_name="   ", last_name="\t") == {"first_name": [FILL_IN], "last_name": [FILL_IN]}


def test_no_signatory() -> None:
    assert errors(LEGAL, signatories_1_name="", signatories_1_function=" ") == {
        "signatories_1_name": [FILL_IN],
        "signatories_1_function": [FILL_IN],
    }


def test_half_a_signatory() -> None:
    assert errors(LEGAL, signatories_2_function="Kasse") == {"signatories_2_name": [FILL_IN]}


def test_the_same_cosigner_twice() -> None:
    assert errors(GROUP, cosigners_2_name="ANNA  EINS") == {
        "cosigners_2_name": ["Diese Person steht schon in Zeile 1."]
    }


def test_long_and_active_texts() -> None:
    assert errors(last_name="x" * 5000, city="<script>alert(1)</script>") == {
        "last_name": ["Bitte kürzen Sie auf höchstens 120 Zeichen; jetzt sind es 5000."],
        "city": ["Bitte ohne die Zeichen < und >."],
    }


def test_postcodes_follow_the_country() -> None:
    wrong = ["Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 01067; Ihre Eingabe hat 4."]
    assert errors(postcode="1010") == {"postcode": wrong}
    assert errors(postcode="1010", country="AT") == {}


@pytest.mark.parametrize("changes", [{"dues_rate": "999999"}, {"dues_rate": "x"}, {"payment_way": "cash"}])
def test_manipulated_choices(changes: dict[str, str]) -> None:
    assert errors(**changes) == {next(iter(changes)): [NO_SUCH]}


def test_rate_of_another_type_is_refused() -> None:
    supporting = current_offer(NATURAL, SUPPORTING).rates[0]
    assert errors(dues_rate=str(supporting.pk)) == {"dues_rate": [NO_SUCH]}


def test_unknown_country() -> None:
    assert errors(country="XX") == {"country": [NO_SUCH]}


# -- dues


@pytest.mark.parametrize("typed", ["60,00", "60.00", "60", "60 €"])
def test_own_amount(typed: str) -> None:
    assert draft(NATURAL, SUPPORTING, own_amount=typed).own_amount == Decimal("60.00")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("29,99", BELOW_30),
        ("0", BELOW_30),
        ("-5", "Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."),
        ("abc", "„abc“ ist kein Betrag. Bitte geben Sie nur Ziffern und ein Komma ein, zum Beispiel 60,00."),
        ("", FILL_IN),
    ],
)
def test_own_amount_that_does_not_do(typed: str, message: str) -> None:
    assert errors(NATURAL, SUPPORTING, own_amount=typed) == {"own_amount": [message]}


def test_regular_members_name_no_amount() -> None:
    assert draft(own_amount="500").own_amount is None
    assert draft(own_amount="quatsch").own_amount is None


def test_reduced_dues_are_a_wish_not_a_category() -> None:
    form = ApplicationForm(current_offer(NATURAL))
    rates = [label for _value, label in form.fields["dues_rate"].choices]
    assert rates == ["Regelbeitrag: 60,00 € im Jahr"]
    (dues,) = [section for section in form.sections() if section.section.name == "dues"]
    (wish,) = [part for part in dues.parts if part["field"].name == "reduced_wanted"]
    assert [(choice.label, choice.conditions, choice.widget) for choice in wish["rates"]] == [
        (
            "Ermäßigter Beitrag: 20,00 € im Jahr",
            ["Vorzuzeigen: Ausweis (wird nur angesehen, nicht gespeichert)."],
            None,
        )
    ]
    assert draft(reduced_wanted="on").answers["reduced_wanted"] is True


def test_where_nothing_is_reduced_nobody_is_asked() -> None:
    create_association()
    create_texts()
    create_order(rates=[make_rate()])
    assert "reduced_wanted" not in ApplicationForm(current_offer(NATURAL)).fields


# -- paying


def test_direct_debit() -> None:
    made = draft(payment_way="direct_debit", account_holder="Mara Muster", iban="DE02 1203 0000 0000 2020 51")
    assert made.mandate == make_mandate()
    assert "sepa_mandate" in {text.kind for text in made.texts}


def test_direct_debit_needs_bank_data() -> None:
    assert errors(payment_way="direct_debit") == {"account_holder": [FILL_IN], "iban": [FILL_IN]}


@pytest.mark.parametrize("iban", [IBAN, "Unsinn"])
def test_bank_data_is_dropped_where_dues_are_transferred(iban: str) -> None:
    made = draft(payment_way="bank_transfer", account_holder="Mara Muster", iban=iban)
    assert made.mandate is None
    assert {"iban", "account_holder"} & set(made.answers) == set()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NATURAL, {"account_holder", "iban"}),
        (LEGAL, {"account_holder", "iban", "register_court", "register_number"}),
    ],
)
def test_what_another_answer_decides_is_known(kind: str, expected: set[str]) -> None:
    form = ApplicationForm(current_offer(kind))
    parts = [part for section in form.sections() for part in section.parts]
    assert {part["field"].name for part in parts if part["is_conditional"]} == expected


def test_without_creditor_identifier_there_is_no_direct_debit() -> None:
    create_ground(creditor_identifier="")
    form = ApplicationForm(current_offer())
    assert [value for value, _label in form.fields["payment_way"].choices] == ["bank_transfer"]
    assert {"iban", "account_holder"} & set(form.fields) == set()
    assert errors(payment_way="direct_debit", account_holder="Mara Muster", iban=IBAN) == {"payment_way": [NO_SUCH]}


# -- what depends on other answers


def test_register_entry_is_needed_of_who_has_one() -> None:
    assert errors(LEGAL, register_court="", register_number="") == {
        "register_court": [FILL_IN],
        "register_number": [FILL_IN],
    }


def test_register_entry_is_dropped_otherwise() -> None:
    answers = draft(LEGAL, register_status="not_registered").answers
    assert answers["register_status"] == "not_registered"
    assert {"register_court", "register_number"} & set(answers) == set()


def test_billing_address_comes_whole() -> None:
    assert errors(LEGAL, billing_city="Leipzig", billing_country="DE") == {
        "billing_street": [FILL_IN],
        "billing_postcode": [FILL_IN],
    }


def test_billing_address_is_left_out() -> None:
    answers = draft(LEGAL, billing_country="DE").answers
    assert [name for name in answers if name.startswith("billing")] == []


def test_billing_postcode_is_checked() -> None:
    billing = {"billing_street": "Weg 1", "billing_postcode": "4103", "billing_city": "Leipzig"}
    assert errors(LEGAL, **billing, billing_country="DE") == {
        "billing_postcode": ["Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 01067; Ihre Eingabe hat 4."]
    }


# -- never asked


NEVER = {"birth_date", "date_of_birth", "nationality", "gender", "marital_status", "religion", "party"}


@pytest.mark.parametrize("kind", ApplicantKind)
def test_never_asked_and_dropped_when_posted(kind: ApplicantKind) -> None:
    posted = dict.fromkeys(NEVER, "1990-01-01")
    made = draft(kind, **posted)
    assert NEVER & set(made.answers) == set()
    assert NEVER & set(ApplicationForm(current_offer(kind)).fields) == set()


def test_consents_are_asked_only_where_they_are_switched_on() -> None:
    create_ground(offers_newsletter=True)
    form = ApplicationForm(current_offer())
    assert [name for name in form.fields if name.startswith("consent_")] == ["consent_newsletter"]
    without, given = draft(consent_photos="on"), draft(consent_newsletter="on")
    assert [name for name in without.answers if name.startswith("consent_")] == []
    assert given.answers["consent_newsletter"] is True
    consent = LegalTextKind.CONSENT_NEWSLETTER
    assert [consent in {text.kind for text in made.texts} for made in (without, given)] == [False, True]


# -- rows


def test_one_more_row_loses_nothing() -> None:
    data = form_data(LEGAL, add_row="signatories", signatories_2_name="Kai Kasse", city="<b>", signatories_1_name="")
    form = ApplicationForm.unchecked(current_offer(LEGAL), data)
    assert form.errors == {}
    assert form.row_counts["signatories"].rows == 3
    shown = {name: form[name].value() for name in ("signatories_1_name", "signatories_2_name", "city", "legal_form")}
    assert shown == {
        "signatories_1_name": "",
        "signatories_2_name": "Kai Kasse",
        "city": "<b>",
        "legal_form": "gGmbH",
    }
    assert form["accepts_statutes"].value() is True


@pytest.mark.parametrize(("posted", "rows"), [("0", 2), ("3", 3), ("999", 10), ("1e9", 2), ("-1", 2), ("", 2)])
def test_manipulated_row_counts(posted: str, rows: int) -> None:
    form = ApplicationForm(current_offer(LEGAL), form_data(LEGAL, signatories_rows=posted))
    assert form.row_counts["signatories"].rows == rows


def test_full_age_is_kept_as_answered() -> None:
    assert draft().answers["of_full_age"] == YES
    assert draft(of_full_age="no").answers["of_full_age"] == "no"


# -- offers


def test_no_offer_without_dues_order() -> None:
    create_association()
    create_texts()
    from membership.offer import offer_for

    assert offer_for(NATURAL, REGULAR) is None
    create_dues()
    assert offer_for(NATURAL, REGULAR) is not None


def test_no_offer_without_a_text() -> None:
    create_association()
    create_dues()
    create_texts(*[kind for kind in LegalTextKind if kind != LegalTextKind.LIABILITY_NOTICE])
    from membership.offer import offer_for

    assert offer_for(NATURAL, REGULAR) is not None
    assert offer_for(GROUP, REGULAR) is None
