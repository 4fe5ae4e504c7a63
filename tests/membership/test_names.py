"""References, folded names, and paths that logs do not name."""

import re

import pytest

from membership.models.signature import fold_name
from membership.reference import new_reference
from membership.secret_paths import hide_secrets


def test_references_are_readable_and_apart() -> None:
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    assert {
        bool(re.fullmatch(r"A-[34679CDFGHJKMNPQRTVWXY]{5}-[34679CDFGHJKMNPQRTVWXY]{5}", each)) for each in references
    } == {True}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jörg  Müller-Weiß", "JOERG MUELLER WEISS"),
        ("Hana Dvořáková", "hana dvorakova"),
        ("Anna Eins ", "anna eins"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_different_names_stay_apart() -> None:
    assert len({fold_name(name) for name in ("Anna Eins", "Anne Eins", "Anna Zwei", "")}) == 4


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("/mitglied-werden/antrag/vorgang/geheim/", "/mitglied-werden/antrag/…"),
        ("GET /mitglied-werden/antrag/eingang/geheim/?x=1 HTTP/1.1", "GET /mitglied-werden/antrag/… HTTP/1.1"),
        ("/mitglied-werden/", "/mitglied-werden/"),
        (404, 404),
    ],
)
def test_hidden_paths(value: object, shown: object) -> None:
    assert hide_secrets(value) == shown
