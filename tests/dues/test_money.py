"""Amounts people type: two notations understood, everything else refused with both readings."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from dues.money import format_amount, format_exact, format_number, parse_amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("60", "60.00"),
        ("60,00", "60.00"),
        ("60.00", "60.00"),
        ("60,5", "60.50"),
        ("60.5", "60.50"),
        ("0,05", "0.05"),
        ("0", "0.00"),
        ("50.000", "50000.00"),
        ("50.000,00", "50000.00"),
        ("50000.00", "50000.00"),
        ("1.250.000,5", "1250000.50"),
        (" 60,00 € ", "60.00"),
        ("€ 60", "60.00"),
        ("60 Euro", "60.00"),
        ("60 EUR", "60.00"),
    ],
)
def test_understands_both_decimal_marks_and_grouping_points(typed, amount):
    assert parse_amount(typed) == Decimal(amount)
    assert parse_amount(typed).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("50,000", "50.000,00 €", "50,00 €"),
        ("1,234.56", "123.456,00 €", "1.234,56 €"),
        ("60,005", "60.005,00 €", "60,01 €"),
        ("0.500", "500,00 €", "0,50 €"),
        ("50.0000", "500.000,00 €", "50,00 €"),
        ("5.00.00", "50.000,00 €", "500,00 €"),
    ],
)
def test_refuses_other_notations_with_both_readings(typed, first, second):
    with pytest.raises(ValidationError) as refusal:
        parse_amount(typed)
    assert refusal.value.code == "ambiguous"
    assert refusal.value.messages == [
        (
            f"„{typed}“ ist nicht eindeutig: Meinen Sie {first} oder {second}? "
            "Bitte schreiben Sie den Betrag mit einem Komma vor den Cent, zum Beispiel 1.250,00."
        )
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("€", "empty"),
        (None, "empty"),
        ("-5", "negative"),
        ("−60,00", "negative"),
        ("abc", "no_number"),
        ("sechzig", "no_number"),
        ("1e5", "no_number"),
        ("NaN", "no_number"),
        ("٦٠", "no_number"),
        ("²", "no_number"),
        (",", "no_number"),
        ("<script>", "no_number"),
        ("60,", "incomplete"),
        ("9" * 5000, "too_large"),
        ("9" * 13, "too_large"),
    ],
)
def test_says_what_is_wrong(typed, code):
    with pytest.raises(ValidationError) as refusal:
        parse_amount(typed)
    assert refusal.value.code == code


def test_names_at_most_forty_characters_of_what_was_typed():
    with pytest.raises(ValidationError) as refusal:
        parse_amount("x" * 5000)
    assert refusal.value.messages == [
        f"„{'x' * 40}“ ist kein Betrag. Bitte geben Sie nur Ziffern und ein Komma ein, zum Beispiel 60,00."
    ]


@pytest.mark.parametrize(
    ("amount", "text"),
    [("60", "60,00 €"), ("1200", "1.200,00 €"), ("1234567.895", "1.234.567,90 €"), ("0", "0,00 €")],
)
def test_formats_amounts_in_german(amount, text):
    assert format_amount(Decimal(amount)) == text


@pytest.mark.parametrize(("number", "text"), [("0.1100", "0,11"), ("5.0000", "5"), ("1500", "1.500"), ("10", "10")])
def test_formats_numbers_without_superfluous_zeros(number, text):
    assert format_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(60), "60,00 €"),
        (Fraction("13.585"), "13,585 €"),
        (Fraction(23600, 365), "64,657534… €"),
        (Fraction(-1, 3), "−0,333333… €"),
        (Fraction(1234567), "1.234.567,00 €"),
        (Fraction(0), "0,00 €"),
        (Fraction(1, 2), "0,50 €"),
    ],
)
def test_shows_what_does_not_come_out_in_cents(amount, text):
    assert format_exact(amount) == text
