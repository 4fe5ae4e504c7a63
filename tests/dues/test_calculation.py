"""The calculation: a table reckoned by hand, the explanation line by line, and what must hold for any figures."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dues.calculation import calculate, due_day, round_half_up
from dues.enums import AmountType, DueRule, FirstYearRule
from dues.terms import Due, OrderTerms, RateTerms, Step

TABLE = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text())
FIGURES = ("amount", "percent", "floor", "cap")
PRO_RATA = [rule for rule in FirstYearRule if rule != FirstYearRule.FULL]


def rate_terms(name):
    fields = {key: Decimal(value) if key in FIGURES else value for key, value in TABLE["rates"][name].items()}
    return RateTerms(paragraph="§ 2", **fields)


def order_terms(rule=FirstYearRule.FULL, **fields):
    defaults = {"due_rule": DueRule.FIXED_DAY, "due_month": 3, "due_day": 31, "first_year_paragraph": "§ 3"}
    return OrderTerms(first_year_rule=rule, **{**defaults, **fields})


def decimal_or_none(text):
    return None if text is None else Decimal(text)


def case_name(case):
    return "-".join(str(case[key]) for key in ("rate", "rule", "day", "base", "own", "fee") if key in case)


def test_the_table_has_every_rule_on_every_day():
    days = {dt.date(2027, 1, day) for day in (1, 15, 16, 31)}
    days |= {dt.date(2028, 2, 29), dt.date(2027, 6, 30), dt.date(2027, 7, 1), dt.date(2027, 12, 31)}
    covered = {(case["rule"], case["day"]) for case in TABLE["cases"]}
    assert {(rule.value, day) for rule in FirstYearRule for day in days} - covered == set()
    assert len(TABLE["cases"]) >= 60


@pytest.mark.parametrize("case", TABLE["cases"], ids=case_name)
def test_case_reckoned_by_hand(case):
    result = calculate(
        rate_terms(case["rate"]),
        order_terms(case["rule"], admission_fee=Decimal(case.get("fee", 0))),
        admitted_on=case["day"],
        base=decimal_or_none(case.get("base")),
        own_amount=decimal_or_none(case.get("own")),
    )
    assert (str(result.full_year.amount), str(result.first_year.amount)) == (case["full"], case["first"])
    assert result.first_payment == Decimal(case.get("payment", case["first"]))


def test_explains_days_with_the_rounding_as_a_step_of_its_own():
    result = calculate(rate_terms("fixed100"), order_terms("days"), admitted_on=dt.date(2027, 5, 10))
    exact = Fraction(100) * 236 / 365
    assert result.first_year.steps == (
        Step("Fester Jahresbeitrag", Fraction(100), Fraction(100), "§ 2"),
        Step("236 von 365 Tagen, der Tag der Aufnahme zählt mit: 100,00 € × 236/365", exact - 100, exact, "§ 3"),
        Step("Auf ganze Cent gerundet, ab einem halben Cent aufwärts", Fraction("64.66") - exact, Fraction("64.66")),
    )
    assert result.full_year.steps == (Step("Fester Jahresbeitrag", Fraction(100), Fraction(100), "§ 2"),)


def test_explains_floor_and_cap():
    low = calculate(rate_terms("percent"), order_terms(), admitted_on=dt.date(2027, 1, 1), base=Decimal(50000))
    assert low.full_year.steps == (
        Step("0,11 % von 50.000,00 € (Personalkosten)", Fraction(55), Fraction(55), "§ 2"),
        Step("Angehoben auf die Untergrenze", Fraction(55), Fraction(110), "§ 2"),
    )
    high = calculate(rate_terms("percent"), order_terms(), admitted_on=dt.date(2027, 1, 1), base=Decimal(2000000))
    assert high.full_year.steps[1] == Step("Begrenzt auf die Obergrenze", Fraction(-1000), Fraction(1200), "§ 2")


@pytest.mark.parametrize(
    ("rate", "figures", "code", "message"),
    [
        (
            "percent",
            {},
            "base_missing",
            "Für diese Beitragsgruppe braucht die Berechnung die Bemessungsgrundlage: Personalkosten.",
        ),
        ("percent", {"base": Decimal(-1)}, "base_negative", "Die Bemessungsgrundlage darf nicht negativ sein."),
        (
            "minimum60",
            {"own_amount": Decimal("59.99")},
            "below_minimum",
            "Der Betrag liegt unter dem Mindestbeitrag. Bitte geben Sie mindestens 60,00 € ein.",
        ),
    ],
)
def test_refuses_figures_in_german(rate, figures, code, message):
    with pytest.raises(ValidationError) as refusal:
        calculate(rate_terms(rate), order_terms(), admitted_on=dt.date(2027, 1, 1), **figures)
    assert (refusal.value.code, refusal.value.messages) == (code, [message])


@pytest.mark.parametrize(
    ("rule", "days", "admitted_on", "year", "due_on", "text"),
    [
        ("fixed_day", 0, dt.date(2027, 3, 31), 2027, dt.date(2027, 3, 31), "Fester Tag im Jahr"),
        (
            "fixed_day",
            0,
            dt.date(2027, 4, 1),
            2027,
            dt.date(2027, 4, 1),
            "Mit der Aufnahme, weil der feste Tag (31.03.2027) schon vorbei ist",
        ),
        ("fixed_day", 0, dt.date(2027, 4, 1), 2028, dt.date(2028, 3, 31), "Fester Tag im Jahr"),
        (
            "days_after",
            14,
            dt.date(2027, 1, 2),
            2027,
            dt.date(2027, 3, 31),
            "14 Tage nach der Aufnahme, aber nicht vor dem 31.03.2027",
        ),
        (
            "days_after",
            14,
            dt.date(2027, 12, 24),
            2027,
            dt.date(2028, 1, 7),
            "14 Tage nach der Aufnahme, aber nicht vor dem 31.03.2027",
        ),
    ],
)
def test_due_day(rule, days, admitted_on, year, due_on, text):
    order = order_terms(due_rule=rule, due_days_after_admission=days, due_paragraph="§ 4")
    assert due_day(order, admitted_on, year) == Due(due_on, text, "§ 4")


def test_what_is_free_this_year_is_due_next_year_but_the_fee_at_once():
    order = order_terms("free", admission_fee=Decimal("15.00"))
    result = calculate(rate_terms("fixed60"), order, admitted_on=dt.date(2027, 7, 1))
    assert result.due.on == dt.date(2028, 3, 31)
    assert result.admission_fee_due.on == dt.date(2027, 7, 1)


def test_nothing_is_due_where_nothing_is_owed():
    result = calculate(rate_terms("honorary"), order_terms(), admitted_on=dt.date(2027, 7, 1))
    assert (result.due, result.admission_fee_due) == (None, None)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("7", "7.00")]
)
def test_rounds_half_up(value, rounded):
    assert str(round_half_up(Fraction(value))) == rounded


# What holds for any figures

money = st.decimals(min_value=0, max_value=999_999, places=2)
days = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31))
bases = st.decimals(min_value=0, max_value=999_999_999, places=2)
fixed_rates = st.builds(RateTerms, amount_type=st.sampled_from([AmountType.FIXED, AmountType.MINIMUM]), amount=money)


@st.composite
def percent_rates(draw):
    floor, cap = sorted([draw(money), draw(money)])
    percent = draw(st.decimals(min_value=0, max_value=100, places=4))
    limits = draw(st.sampled_from([(floor, cap), (None, cap), (floor, None), (None, None)]))
    return RateTerms(amount_type=AmountType.PERCENT, percent=percent, floor=limits[0], cap=limits[1])


rates = fixed_rates | percent_rates() | st.just(RateTerms(amount_type=AmountType.HONORARY))


@given(rate=rates, rule=st.sampled_from(FirstYearRule), day=days, base=bases, fee=money)
def test_never_negative_and_never_above_the_full_year_but_for_the_fee(rate, rule, day, base, fee):
    result = calculate(rate, order_terms(rule, admission_fee=fee), admitted_on=day, base=base)
    assert Decimal(0) <= result.first_year.amount <= result.full_year.amount
    assert result.first_payment == result.first_year.amount + fee


@given(rate=rates, rule=st.sampled_from(PRO_RATA), day=days, other=days, base=bases)
def test_later_entry_in_a_year_never_costs_more(rate, rule, day, other, base):
    earlier, later = sorted([day, other.replace(year=day.year, day=min(other.day, 28))])
    first = calculate(rate, order_terms(rule), admitted_on=earlier, base=base).first_year.amount
    second = calculate(rate, order_terms(rule), admitted_on=later, base=base).first_year.amount
    assert second <= first


@given(rate=rates, rule=st.sampled_from(FirstYearRule), day=days, base=bases)
def test_the_steps_add_up_to_the_amount(rate, rule, day, base):
    result = calculate(rate, order_terms(rule), admitted_on=day, base=base)
    for explained in (result.full_year, result.first_year):
        assert sum((step.change for step in explained.steps), Fraction(0)) == Fraction(explained.amount)
        totals = [step.total for step in explained.steps]
        assert totals == [sum((s.change for s in explained.steps[: i + 1]), Fraction(0)) for i in range(len(totals))]


@given(rule=st.sampled_from(DueRule), day=days, waiting=st.integers(min_value=0, max_value=366))
def test_nothing_is_due_before_the_admission(rule, day, waiting):
    order = order_terms(due_rule=rule, due_days_after_admission=waiting)
    assert due_day(order, day, day.year).on >= day
