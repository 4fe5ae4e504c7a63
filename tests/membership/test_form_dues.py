"""Dues in the application form: every amount is shown, explained and bound before anybody submits."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from dues.models import DuesOrder, DuesRate
from membership import links
from membership.answers import describe
from membership.forms.application import ApplicationForm
from membership.forms.dues import RateChoice
from membership.intake import checked_from
from membership.models import Application, ApplicationDraft
from tests.factories.dues import create_order, make_minimum, make_percentage, make_rate
from tests.factories.membership import (
    LEGAL,
    NATURAL,
    REGULAR,
    SUPPORTING,
    create_association,
    create_dues,
    create_texts,
    current_offer,
    form_data,
)
from tests.membership.test_views_form import begin, key_of, post_page, review, send, submit, value_of

pytestmark = pytest.mark.django_db
FILL_IN = "Bitte füllen Sie dieses Feld aus."
BELOW_60 = "Das ist weniger als der Mindestbeitrag. Bitte nennen Sie mindestens 60,00 € im Jahr."


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to("2027-07-01 12:00+02:00", tick=False)


def ground(*rates: DuesRate, **order) -> DuesOrder:
    create_association()
    create_texts()
    return create_dues(rates=list(rates), **order)


def form_with(kind: str = LEGAL, membership_type: str = REGULAR, **changes) -> ApplicationForm:
    return ApplicationForm(current_offer(kind, membership_type), form_data(kind, membership_type, **changes))


def shown(form: ApplicationForm, name: str = "dues_rate") -> list[RateChoice]:
    (part,) = [part for section in form.sections() for part in section.parts if part["field"].name == name]
    return part["rates"]


def amounts(choice: RateChoice) -> tuple[str, str] | None:
    return choice.calculation and (str(choice.calculation.first_year.amount), str(choice.calculation.full_year.amount))


# -- what is shown


def test_every_fitting_rate_with_this_year_and_a_full_year() -> None:
    ground(
        make_rate(),
        make_rate(category="Nur für Personen", applicant_kinds=[NATURAL]),
        make_rate(category="Nur für Förderer", membership_types=[SUPPORTING]),
        make_minimum(needs_board_decision=True),
        make_percentage(),
    )
    choices = shown(ApplicationForm(current_offer(LEGAL)))
    assert [(choice.label, amounts(choice), choice.conditions) for choice in choices] == [
        ("Regelbeitrag: 60,00 € im Jahr", ("30.00", "60.00"), []),
        ("Mindestbeitrag: mindestens 60,00 € im Jahr", ("30.00", "60.00"), ["Nur mit Beschluss des Vorstands."]),
        (
            "Beitrag nach Umsatz: 0,11 % im Jahr (Umsatz des Vorjahres), mindestens 110,00 €, höchstens 1.200,00 €",
            None,
            [],
        ),
    ]


def test_reduced_dues_are_shown_with_their_amounts_and_proof() -> None:
    choices = shown(ApplicationForm(current_offer(NATURAL)), "reduced_wanted")
    assert [(amounts(choice), choice.conditions) for choice in choices] == [
        (("10.00", "20.00"), ["Vorzuzeigen: Ausweis (wird nur angesehen, nicht gespeichert)."])
    ]


def test_reduced_rates_alone_are_chosen_like_others() -> None:
    ground(make_rate(is_reduced=True, proof="Ausweis"))
    form = ApplicationForm(current_offer(NATURAL))
    assert [choice.label for choice in shown(form)] == ["Regelbeitrag: 60,00 € im Jahr"]
    assert "reduced_wanted" not in form.fields


def test_page_explains_the_amounts(client: Client) -> None:
    html = client.get(links.draft_path(begin(), "beitrag")).content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace("\xa0", " ")
    assert "Dieses Jahr (2027), bei Aufnahme heute 30,00 € Volles Jahr 60,00 €" in text
    assert "6 von 12 Monaten, angefangene zählen mit: 60,00 € × 6/12" in text
    assert "Berechnet nach der Beitrags- und Finanzordnung, Fassung 1, gültig ab 01.01.2020." in text
    assert "Beitrag ausrechnen" not in text


# -- figures


def test_figures_are_asked_only_where_a_rate_needs_them() -> None:
    ground(make_rate())
    assert {"dues_base", "own_amount"} & set(form_with().fields) == set()


def test_labels_come_from_the_rates() -> None:
    ground(make_rate(), make_minimum(), make_percentage())
    fields = ApplicationForm(current_offer(LEGAL)).fields
    told = [(fields[name].label, fields[name].help_text, fields[name].required) for name in ("dues_base", "own_amount")]
    assert told == [
        ("Umsatz des Vorjahres, in Euro", "Nur bei „Beitrag nach Umsatz“. Zum Beispiel 50.000,00.", True),
        (
            "Ihr Beitrag im Jahr, in Euro",
            "Nur bei „Mindestbeitrag“. Sie bestimmen den Betrag, mindestens 60,00 €.",
            False,
        ),
    ]


def test_different_bases_and_minimums_are_named_each() -> None:
    ground(
        make_percentage(),
        make_percentage(category="Beitrag nach Kosten", base_label="Personalkosten"),
        make_minimum(),
        make_minimum(category="Solidarbeitrag", amount=Decimal("90.00")),
    )
    fields = ApplicationForm(current_offer(LEGAL)).fields
    assert (fields["dues_base"].label, fields["dues_base"].help_text) == (
        "Bemessungsgrundlage in Euro",
        (
            "Nur bei „Beitrag nach Umsatz“, „Beitrag nach Kosten“. „Beitrag nach Umsatz“: Umsatz des Vorjahres; "
            "„Beitrag nach Kosten“: Personalkosten. Zum Beispiel 50.000,00."
        ),
    )
    assert fields["own_amount"].help_text == (
        "Nur bei „Mindestbeitrag“, „Solidarbeitrag“. Sie bestimmen den Betrag, mindestens: „Mindestbeitrag“ 60,00 €, "
        "„Solidarbeitrag“ 90,00 €."
    )


@pytest.mark.parametrize(
    ("typed", "base", "full_year"),
    [
        ("0", "0.00", "110.00"),
        ("50.000", "50000.00", "110.00"),
        ("500.000,00", "500000.00", "550.00"),
        ("50000.00", "50000.00", "110.00"),
        ("9.000.000", "9000000.00", "1200.00"),
    ],
)
def test_a_base_is_stored_and_makes_the_amount(typed: str, base: str, full_year: str) -> None:
    ground(make_percentage())
    form = form_with(dues_base=typed)
    assert form.errors == {}
    draft = checked_from(form)
    assert (draft.dues_base, draft.own_amount) == (Decimal(base), None)
    assert [amounts(choice)[1] for choice in shown(form)] == [full_year]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (None, FILL_IN),
        (" ", FILL_IN),
        ("-5", "Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."),
        ("viel", "„viel“ ist kein Betrag. Bitte geben Sie nur Ziffern und ein Komma ein, zum Beispiel 60,00."),
        ("9" * 13, "Dieser Betrag ist zu groß. Bitte prüfen Sie die Ziffern."),
        (
            "50,000",
            (
                "„50,000“ ist nicht eindeutig: Meinen Sie 50.000,00 € oder 50,00 €? Bitte schreiben Sie den Betrag mit "
                "einem Komma vor den Cent, zum Beispiel 1.250,00."
            ),
        ),
    ],
)
def test_a_base_that_does_not_do(typed: str | None, message: str) -> None:
    ground(make_percentage())
    form = form_with(dues_base=typed)
    assert form.errors == {"dues_base": [message]}
    assert [choice.calculation for choice in shown(form)] == [None]


def test_figures_of_another_rate_are_forgotten() -> None:
    order = ground(make_rate(), make_minimum(), make_percentage())
    form = form_with(dues_rate=str(order.rates.first().pk), dues_base="unsinn", own_amount="1")
    assert form.errors == {}
    draft = checked_from(form)
    assert (draft.dues_base, draft.own_amount) == (None, None)


@pytest.mark.parametrize(("typed", "stored"), [(None, None), ("", None), ("60", "60.00"), ("120,50", "120.50")])
def test_regular_members_may_pay_more_than_the_minimum(typed: str | None, stored: str | None) -> None:
    ground(make_minimum())
    form = form_with(own_amount=typed)
    assert form.errors == {}
    assert checked_from(form).own_amount == (None if stored is None else Decimal(stored))
    assert [amounts(choice)[1] for choice in shown(form)] == [stored or "60.00"]


def test_less_than_the_minimum_is_refused() -> None:
    ground(make_minimum())
    form = form_with(own_amount="59,99")
    assert form.errors == {"own_amount": [BELOW_60]}
    assert [amounts(choice)[1] for choice in shown(form)] == ["60.00"]


def test_a_minimum_of_nothing_still_takes_something() -> None:
    ground(make_minimum(amount=Decimal("0.00")))
    assert form_with(membership_type=SUPPORTING, own_amount="0").errors == {
        "own_amount": ["Das ist weniger als der Mindestbeitrag. Bitte nennen Sie mindestens 0,01 € im Jahr."]
    }


# -- the button


def calculate(client: Client, draft: ApplicationDraft, **changes):
    return post_page(client, draft, "beitrag", **form_data(LEGAL, **changes), calculate="1")


def test_calculating_shows_the_amount_and_leads_nowhere(client: Client) -> None:
    ground(make_percentage())
    draft = begin(LEGAL)
    response = calculate(client, draft, dues_base="500.000", payment_way=None)
    html = response.content.decode()
    assert "error-summary" not in html
    assert value_of(html, "dues_base") == "500.000"
    (choice,) = shown(response.context["form"])
    assert amounts(choice) == ("275.00", "550.00")
    assert re.search(r'<details class="rate__explanation" open>', html)
    assert value_of(client.get(links.draft_path(draft, "beitrag")).content.decode(), "dues_base") == "500.000"


def test_calculating_names_what_is_wrong_with_the_dues_alone(client: Client) -> None:
    ground(make_percentage())
    response = calculate(client, begin(LEGAL), dues_base="viel", payment_way=None)
    assert set(response.context["form"].errors) == {"dues_base"}


def test_what_was_calculated_is_what_is_stored(client: Client) -> None:
    ground(make_percentage())
    draft = begin(LEGAL)
    calculate(client, draft, dues_base="500.000")
    assert send(client, draft).status_code == 302
    application = Application.objects.get()
    assert (application.dues_base, application.yearly_dues) == (Decimal("500000.00"), Decimal("550.00"))
    (dues,) = [section for section in describe(application) if section.section.name == "dues"]
    assert [(answer.label, answer.text) for answer in dues.answers][1:] == [
        (
            "Beitragsgruppe",
            "Beitrag nach Umsatz: 0,11 % im Jahr (Umsatz des Vorjahres), mindestens 110,00 €, höchstens 1.200,00 €",
        ),
        ("Umsatz des Vorjahres", "500.000,00 €"),
        ("Jahresbeitrag nach der Beitragsordnung", "550,00 €"),
    ]


# -- a change while somebody fills the form in

CHANGED = "eine neue Fassung der Texte oder der Beitragsordnung in Kraft getreten"


def choose_again(client: Client, draft: ApplicationDraft):
    """Fill in the page of the dues with the order in force, and submit."""
    post_page(client, draft, "beitrag", **form_data())
    return send(client, draft)


def test_an_order_published_in_between_is_shown_before_it_binds(client: Client) -> None:
    draft = begin()
    key = key_of(review(client, draft))
    newer = create_order(
        valid_from=dt.date(2027, 7, 1), rates=[make_rate(amount=Decimal("72.00"))], payment_ways=["bank_transfer"]
    )
    response = send(client, draft, formular=key)
    assert CHANGED in response.content.decode()
    assert [step.name for step in response.context["wrong_steps"]] == ["beitrag"]
    assert Application.objects.count() == 0
    html = client.get(links.draft_path(draft, "beitrag")).content.decode()
    assert "Regelbeitrag: 72,00\xa0€ im Jahr" in html
    assert choose_again(client, draft).status_code == 302
    assert Application.objects.get().dues_order == newer


def test_an_order_that_takes_force_at_midnight(client: Client, time_machine) -> None:
    current_offer()
    newer = create_order(
        valid_from=dt.date(2027, 7, 2), rates=[make_rate(amount=Decimal("72.00"))], payment_ways=["bank_transfer"]
    )
    time_machine.move_to("2027-07-01 23:59:59+02:00", tick=False)
    draft = begin()
    key = key_of(review(client, draft))
    time_machine.move_to("2027-07-02 00:00:01+02:00", tick=False)
    assert CHANGED in send(client, draft, formular=key).content.decode()
    assert Application.objects.count() == 0
    assert choose_again(client, draft).status_code == 302
    assert Application.objects.get().dues_order == newer


def test_the_page_of_the_dues_is_shown_again_with_the_order_in_force(client: Client, time_machine) -> None:
    current_offer()
    create_order(valid_from=dt.date(2027, 7, 2), payment_ways=["bank_transfer"])
    time_machine.move_to("2027-07-01 23:59:59+02:00", tick=False)
    draft = begin()
    key = key_of(client.get(links.draft_path(draft, "beitrag")).content.decode())
    time_machine.move_to("2027-07-02 00:00:01+02:00", tick=False)
    response = post_page(client, draft, "beitrag", **(form_data() | {"formular": key}))
    assert CHANGED in response.content.decode()
    assert not re.search(r'name="dues_order_read"[^>]*checked', response.content.decode())
    assert choose_again(client, draft).status_code == 302


def test_the_old_order_still_binds_before_midnight(client: Client, time_machine) -> None:
    current_offer()
    create_order(valid_from=dt.date(2027, 7, 2), payment_ways=["bank_transfer"])
    time_machine.move_to("2027-07-01 23:59:59+02:00", tick=False)
    assert submit(client).status_code == 302
    assert Application.objects.get().dues_order.version == 1
