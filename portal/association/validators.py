"""What the association's settings refuse, said in German."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ACCOUNT_HOLDER_LIMIT = 70
GERMAN_CREDITOR_IDENTIFIER = re.compile(r"DE\d{2}[A-Z0-9]{3}\d{11}")


def validate_account_holder(value: str) -> None:
    """Refuse an account holder of more than 70 characters, the limit of SEPA files; it is never cut."""
    if len(value) > ACCOUNT_HOLDER_LIMIT:
        raise ValidationError(
            _(
                "Der Name hat %(length)d Zeichen, Banken nehmen höchstens %(limit)d an. "
                "Bitte geben Sie ihn genau so ein, wie ihn die Bank führt; er wird nicht gekürzt."
            ),
            code="account_holder_too_long",
            params={"length": len(value), "limit": ACCOUNT_HOLDER_LIMIT},
        )


def compact_creditor_identifier(value: str) -> str:
    """Return the identifier as it is kept: upper case, without the spaces people type."""
    return re.sub(r"\s", "", value).upper()


def validate_creditor_identifier(value: str) -> None:
    """Refuse anything but a German creditor identifier: 18 characters, check digits by ISO 7064 mod 97-10.

    The business code (characters 5 to 7) is no part of the check.
    """
    from stdnum.eu import at_02
    from stdnum.exceptions import ValidationError as NumberError

    number = compact_creditor_identifier(value)
    if not GERMAN_CREDITOR_IDENTIFIER.fullmatch(number):
        raise ValidationError(
            _(
                "Eine deutsche Gläubiger-Identifikationsnummer hat 18 Zeichen: DE, zwei Prüfziffern, "
                "drei Zeichen Geschäftsbereich und elf Ziffern, zum Beispiel DE98ZZZ09999999999."
            ),
            code="creditor_identifier_form",
        )
    try:
        at_02.validate(number)
    except NumberError as error:
        raise ValidationError(
            _(
                "Die Prüfziffern der Gläubiger-Identifikationsnummer stimmen nicht. "
                "Bitte vergleichen Sie die Nummer mit der Mitteilung der Bundesbank."
            ),
            code="creditor_identifier_checksum",
        ) from error
