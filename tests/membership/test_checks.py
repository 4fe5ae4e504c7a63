"""Single answers: what is taken, and what people read when it is not."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from membership.forms.checks import check_amount, check_email, check_iban, check_phone, check_postcode, check_text


def refusal(check, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as caught:
        check(*args, **kwargs)
    return caught.value.messages[0]


def test_text_loses_only_superfluous_spaces() -> None:
    assert check_text("  Anna   Maria ", max_length=20) == "Anna Maria"
    assert check_text(" eins\n zwei ", max_length=20, one_line=False) == "eins\n zwei"


@pytest.mark.parametrize("text", ["O’Neill-Łukasiewicz", "Müller & Söhne", "Čornak", "🙂 Verein", "Straße 5 a/b"])
def test_text_takes_what_names_hold(text: str) -> None:
    assert check_text(text, max_length=40) == text


def test_text_that_is_too_long() -> None:
    assert refusal(check_text, "x" * 5000, max_length=120) == (
        "Bitte kürzen Sie auf höchstens 120 Zeichen; jetzt sind es 5000."
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a > b"])
def test_text_with_angle_brackets(text: str) -> None:
    assert refusal(check_text, text, max_length=120) == "Bitte ohne die Zeichen < und >."


@pytest.mark.parametrize("text", ["a\x07b", "a\u202eb"])
def test_text_with_invisible_characters(text: str) -> None:
    assert refusal(check_text, text, max_length=120) == (
        "Die Eingabe enthält unsichtbare Steuerzeichen. Bitte tippen Sie sie neu ein."
    )


@pytest.mark.parametrize("text", ["name@example.org", "a.b+c@sub.example.org", "name@müller.example"])
def test_email(text: str) -> None:
    check_email(text)


@pytest.mark.parametrize(
    "text", ["a@b", "name", "name@localhost", "a b@example.org", "@example.org", "a@b@c.de", "a@[127.0.0.1]"]
)
def test_email_that_is_incomplete(text: str) -> None:
    assert refusal(check_email, text) == (
        "Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.org."
    )


@pytest.mark.parametrize("text", ["0371 123456", "+49 (371) 12-34/56"])
def test_phone(text: str) -> None:
    assert check_phone(text) == text


@pytest.mark.parametrize("text", ["12", "ruf mich an", "0371 12x4"])
def test_phone_that_is_none(text: str) -> None:
    assert refusal(check_phone, text) == (
        "Bitte geben Sie die Nummer mit Ziffern ein, zum Beispiel 0371 123456 oder +49 371 123456."
    )


@pytest.mark.parametrize(("text", "country"), [("01067", "DE"), ("SW1A 1AA", "GB"), ("110 00", "CZ"), ("1010", "AT")])
def test_postcode(text: str, country: str) -> None:
    assert check_postcode(text, country=country) == text


@pytest.mark.parametrize(
    ("text", "country", "message"),
    [
        ("1067", "DE", "Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 01067; Ihre Eingabe hat 4."),
        ("010670", "DE", "Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 01067; Ihre Eingabe hat 6."),
        ("D-0106", "DE", "Eine deutsche Postleitzahl besteht nur aus fünf Ziffern, zum Beispiel 01067."),
        ("٠١٠٦٧", "DE", "Eine deutsche Postleitzahl besteht nur aus fünf Ziffern, zum Beispiel 01067."),
        ("11_00", "CZ", "Bitte geben Sie die Postleitzahl nur mit Buchstaben und Ziffern ein."),
    ],
)
def test_postcode_that_is_none(text: str, country: str, message: str) -> None:
    assert refusal(check_postcode, text, country=country) == message


@pytest.mark.parametrize("text", ["60,00", "60.00", "60", " 60 € "])
def test_amount(text: str) -> None:
    assert check_amount(text) == Decimal("60.00")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("abc", "„abc“ ist kein Betrag. Bitte geben Sie nur Ziffern und ein Komma ein, zum Beispiel 60,00."),
        ("-60", "Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."),
        ("1000001", "Das ist mehr als 1.000.000,00 €. Bitte prüfen Sie den Betrag, oder sprechen Sie uns an."),
    ],
)
def test_amount_that_is_none(text: str, message: str) -> None:
    assert refusal(check_amount, text) == message


@pytest.mark.parametrize("text", ["DE02120300000000202051", "de02 1203 0000 0000 2020 51", "GB33BUKB20201555555555"])
def test_iban(text: str) -> None:
    assert check_iban(text) == text.replace(" ", "").upper()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "DE03120300000000202051",
            "Die Prüfziffern der IBAN stimmen nicht. Bitte vergleichen Sie jede Stelle mit Ihrer Bankkarte.",
        ),
        ("DE0212030000000020205", "Eine deutsche IBAN hat 22 Stellen; Ihre Eingabe hat 21."),
        (
            "AT61190430023457320",
            "Die IBAN hat nicht die Länge, die in diesem Land gilt (Ihre Eingabe hat 19 Stellen).",
        ),
        (
            "XX02120300000000202051",
            "Eine IBAN aus dem Land „XX“ gibt es nicht. Am Anfang steht das Kürzel des Landes, etwa DE.",
        ),
        ("12345", "Das ist keine IBAN. Sie beginnt mit zwei Buchstaben und besteht sonst meist aus Ziffern."),
        (
            "BR1800360305000010009795493C1",
            "Von Konten in diesem Land ist keine SEPA-Lastschrift möglich. Bitte wählen Sie die Überweisung.",
        ),
    ],
)
def test_iban_that_is_none(text: str, message: str) -> None:
    assert refusal(check_iban, text) == message
