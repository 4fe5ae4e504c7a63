"""The association's settings, legal texts and board terms for tests."""

import datetime as dt
from typing import Any

from portal.association.enums import LegalTextKind
from portal.association.models import AssociationSettings, BoardTerm, LegalText

FULL_NAME = "Landesarbeitsgemeinschaft Quartiersmanagement und Gemeinwesenarbeit Sachsen e.V."
CREDITOR_IDENTIFIER = "DE98ZZZ09999999999"


def set_association(**fields: Any) -> AssociationSettings:
    """Return the stored settings: real-looking particulars, nothing marked as a sample, unless told otherwise."""
    defaults: dict[str, Any] = {
        "full_name": FULL_NAME,
        "short_name": "LAG Sachsen",
        "street": "Brückenstraße 1",
        "postcode": "09111",
        "city": "Chemnitz",
        "email": "post@lag-sachsen.test",
        "phone": "0371 123456",
    }
    association = AssociationSettings.load()
    for name, value in {**defaults, **fields}.items():
        setattr(association, name, value)
    association.save()
    return association


def create_legal_text(
    kind: LegalTextKind = LegalTextKind.STATUTES, *, published: bool = True, **fields: Any
) -> LegalText:
    """Return a stored text, published and in force since 2020 unless told otherwise."""
    defaults = {"title": "Satzung", "body": "<p>§ 1 Name und Sitz</p>", "in_force_from": dt.date(2020, 1, 1)}
    text = LegalText.objects.create(kind=kind, **{**defaults, **fields})
    if published:
        text.publish()
    return text


def create_board_term(user: Any, **fields: Any) -> BoardTerm:
    """Return a stored term that runs since 2020 unless told otherwise."""
    return BoardTerm.objects.create(user=user, **{"function": "Vorsitz", "starts_on": dt.date(2020, 1, 1), **fields})
