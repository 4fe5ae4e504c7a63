"""Checks of single answers. Each returns the cleaned answer or raises ``ValidationError`` with a German sentence."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from dues.money import format_amount, parse_amount

GERMAN_POSTCODE = re.compile(r"[0-9]{5}")
FOREIGN_POSTCODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z \-]*")
PHONE = re.compile(r"\+?[0-9 ()/\-.]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HIGHEST_AMOUNT = Decimal("1000000.00")


def check_text(text: str, *, max_length: int, one_line: bool = True) -> str:
    """Return ``text`` without spaces at its ends (and, on one line, without runs of them)."""
    text = " ".join(text.split()) if one_line else text.strip()
    if len(text) > max_length:
        raise ValidationError(
            _("Bitte kürzen Sie auf höchstens %(limit)s Zeichen; jetzt sind es %(length)s."),
            code="too_long",
            params={"limit": max_length, "length": len(text)},
        )
    if "<" in text or ">" in text:
        raise ValidationError(_("Bitte ohne die Zeichen < und >."), code="angle_brackets")
    if CONTROL.search(text):
        raise ValidationError(
            _("Die Eingabe enthält unsichtbare Steuerzeichen. Bitte tippen Sie sie neu ein."), code="control_characters"
        )
    return text


def check_email(text: str) -> str:
    """Return the address; the part after the @ must be a name with a dot and an ending, not a machine's number."""
    wrong = _("Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.org.")
    EmailValidator(message=wrong, allowlist=[])(text)
    if text.endswith("]"):
        raise ValidationError(wrong, code="invalid")
    return text


def check_phone(text: str) -> str:
    """Return the number as typed: digits with the usual signs between them."""
    if not PHONE.fullmatch(text) or sum(letter.isdigit() for letter in text) < 4:
        raise ValidationError(
            _("Bitte geben Sie die Nummer mit Ziffern ein, zum Beispiel 0371 123456 oder +49 371 123456."), code="phone"
        )
    return text


def check_postcode(text: str, *, country: str) -> str:
    """Return the postcode: five digits in Germany, letters and digits elsewhere."""
    if country != "DE":
        if not FOREIGN_POSTCODE.fullmatch(text):
            raise ValidationError(
                _("Bitte geben Sie die Postleitzahl nur mit Buchstaben und Ziffern ein."), code="postcode"
            )
        return text.upper()
    if GERMAN_POSTCODE.fullmatch(text):
        return text
    if text.isascii() and text.isdigit():
        raise ValidationError(
            _("Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 01067; Ihre Eingabe hat %(digits)s."),
            code="postcode_length",
            params={"digits": len(text)},
        )
    raise ValidationError(
        _("Eine deutsche Postleitzahl besteht nur aus fünf Ziffern, zum Beispiel 01067."), code="postcode_letters"
    )


def check_amount(text: str) -> Decimal:
    """Return the euros somebody typed; raises for what ``dues.money`` cannot read, and above a million."""
    amount = parse_amount(text)
    if amount > HIGHEST_AMOUNT:
        raise ValidationError(
            _("Das ist mehr als %(highest)s. Bitte prüfen Sie den Betrag, oder sprechen Sie uns an."),
            code="too_high",
            params={"highest": format_amount(HIGHEST_AMOUNT)},
        )
    return amount


def check_base(text: str) -> Decimal:
    """Return the euros a percentage is taken of, 0 and many millions among them; raises as ``dues.money`` does."""
    return parse_amount(text)


def check_iban(text: str) -> str:
    """Return the IBAN without spaces; names what is wrong: country, length, check digits, or other characters."""
    from schwifty import IBAN
    from schwifty.exceptions import InvalidChecksumDigits, InvalidCountryCode, InvalidLength, SchwiftyException

    try:
        iban = IBAN(text)
    except InvalidCountryCode:
        raise ValidationError(
            _("Eine IBAN aus dem Land „%(country)s“ gibt es nicht. Am Anfang steht das Kürzel des Landes, etwa DE."),
            code="iban_country",
            params={"country": text.strip()[:2].upper()},
        ) from None
    except InvalidLength:
        raise ValidationError(_length_message(text), code="iban_length") from None
    except InvalidChecksumDigits:
        raise ValidationError(
            _("Die Prüfziffern der IBAN stimmen nicht. Bitte vergleichen Sie jede Stelle mit Ihrer Bankkarte."),
            code="iban_checksum",
        ) from None
    except SchwiftyException:
        raise ValidationError(
            _("Das ist keine IBAN. Sie beginnt mit zwei Buchstaben und besteht sonst meist aus Ziffern."), code="iban"
        ) from None
    if not iban.in_sepa_zone:
        raise ValidationError(
            _("Von Konten in diesem Land ist keine SEPA-Lastschrift möglich. Bitte wählen Sie die Überweisung."),
            code="iban_not_sepa",
        )
    return iban.compact


def _length_message(text: str) -> str:
    compact = re.sub(r"\s", "", text)
    if compact[:2].upper() == "DE":
        return _("Eine deutsche IBAN hat 22 Stellen; Ihre Eingabe hat %(length)s.") % {"length": len(compact)}
    return _("Die IBAN hat nicht die Länge, die in diesem Land gilt (Ihre Eingabe hat %(length)s Stellen).") % {
        "length": len(compact)
    }
