"""Amounts of money as people type and read them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CENT = Decimal("0.01")
LONGEST_TYPED = 40
MOST_DIGITS = 12
EXACT_PLACES = 6
# 60 · 60,5 · 60.00 · 50.000 · 50.000,00 · 1.250.000,5; never a group of zeros in front (0.500 is no thousand).
PLAIN = re.compile(r"(?P<whole>\d+)(?:[.,](?P<cents>\d{1,2}))?")
GROUPED = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<cents>\d{1,2}))?")
EURO_MARKS = re.compile(r"^(?:€|EUR\b|Euro\b)|(?:€|\bEUR|\bEuro)$", re.IGNORECASE)


def parse_amount(text: str) -> Decimal:
    """Return the euros a person typed, with two decimal places.

    A comma or point followed by one or two digits is the decimal mark, a point before three digits groups thousands.
    Everything else raises ValidationError with a German message; where two readings are possible it names both.
    """
    typed = _without_marks(text)
    if not typed:
        raise ValidationError(_("Bitte geben Sie einen Betrag ein, zum Beispiel 60,00."), code="empty")
    if typed[0] in "-−–" and any(character.isdigit() for character in typed):
        raise ValidationError(
            _("Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."), code="negative"
        )
    match = GROUPED.fullmatch(typed) or PLAIN.fullmatch(typed)
    if match is None or not typed.isascii():
        raise _refusal(typed)
    whole, cents = match["whole"].replace(".", ""), (match["cents"] or "").ljust(2, "0")
    if len(whole) > MOST_DIGITS:
        raise ValidationError(_("Dieser Betrag ist zu groß. Bitte prüfen Sie die Ziffern."), code="too_large")
    return Decimal(f"{whole}.{cents}")


def format_amount(amount: Decimal) -> str:
    """Return ``amount`` in German notation with thousands points and two decimal places: ``1.200,00 €``."""
    rounded = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    return f"{_german(f'{rounded:,.2f}')} €"


def format_exact(amount: Fraction) -> str:
    """Return an amount that may not come out in cents (``13,585 €``, ``64,657534… €``), cut, not rounded."""
    sign, millionths = ("−" if amount < 0 else ""), int(abs(amount) * 10**EXACT_PLACES)
    shown = Decimal(millionths).scaleb(-EXACT_PLACES)
    text = f"{shown:,f}".rstrip("0")
    whole, _point, decimals = text.partition(".")
    cut = "" if Fraction(shown) == abs(amount) else "…"
    return f"{sign}{_german(f'{whole}.{decimals:0<2}')}{cut} €"


def format_number(number: Decimal) -> str:
    """Return ``number`` in German notation without superfluous zeros: ``0,11``."""
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _german(text)


def _german(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))


def _without_marks(text: str) -> str:
    typed = (text or "").strip()[: LONGEST_TYPED + 1]
    return EURO_MARKS.sub("", typed).strip()


def _refusal(typed: str) -> ValidationError:
    digits = re.sub(r"\D", "", typed)
    if len(typed) > LONGEST_TYPED or not digits or not re.fullmatch(r"[\d.,'’\s]+", typed, re.ASCII):
        return ValidationError(
            _("„%(typed)s“ ist kein Betrag. Bitte geben Sie nur Ziffern und ein Komma ein, zum Beispiel 60,00."),
            code="no_number",
            params={"typed": typed[:LONGEST_TYPED]},
        )
    first, second = _readings(typed, digits)
    if first == second:
        return ValidationError(
            _("„%(typed)s“ ist unvollständig: Bitte schreiben Sie zum Beispiel %(first)s."),
            code="incomplete",
            params={"typed": typed, "first": first},
        )
    return ValidationError(
        _(
            "„%(typed)s“ ist nicht eindeutig: Meinen Sie %(first)s oder %(second)s? "
            "Bitte schreiben Sie den Betrag mit einem Komma vor den Cent, zum Beispiel 1.250,00."
        ),
        code="ambiguous",
        params={"typed": typed, "first": first, "second": second},
    )


def _readings(typed: str, digits: str) -> tuple[str, str]:
    """Return the two amounts somebody may have meant: marks as groups, and the last mark as the decimal mark."""
    parts = re.split(r"[.,]", typed)
    whole = re.sub(r"\D", "", "".join(parts[:-1])) or "0"
    cents = re.sub(r"\D", "", parts[-1]) or "0"
    if len(parts) == 1:
        whole, cents = digits[:-2] or "0", digits[-2:]
    return format_amount(Decimal(digits)), format_amount(Decimal(f"{whole}.{cents}"))
