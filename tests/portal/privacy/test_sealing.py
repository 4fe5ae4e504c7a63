"""Sealed texts open with their own key, at their own place, and not otherwise."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.privacy.checks import check_data_keys
from portal.privacy.sealing import DamagedSeal, UnknownDataKey, data_keys, key_id_of, seal, unseal

OLD = "alt:" + base64.b64encode(b"o" * 32).decode()
NEW = "neu:" + base64.urlsafe_b64encode(b"\xff" * 32).decode()
IBAN = "DE89370400440532013000"
PLACE = "membership_sepamandate.iban"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.DATA_KEYS = [OLD]


def test_a_sealed_text_names_its_key_and_hides_the_rest():
    sealed = seal(IBAN, context=PLACE)

    assert key_id_of(sealed) == "alt"
    assert unseal(sealed, context=PLACE) == IBAN
    assert IBAN not in sealed
    assert seal(IBAN, context=PLACE) != sealed


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    sealed_before = seal("Ärger ß", context=PLACE)
    settings.DATA_KEYS = [NEW, OLD]

    assert unseal(sealed_before, context=PLACE) == "Ärger ß"
    assert key_id_of(seal(IBAN, context=PLACE)) == "neu"


def test_a_missing_key_is_named(settings):
    sealed = seal(IBAN, context=PLACE)
    settings.DATA_KEYS = [NEW]

    with pytest.raises(UnknownDataKey) as caught:
        unseal(sealed, context=PLACE)

    assert str(caught.value) == (
        "Der Schlüssel „alt“ fehlt in PORTAL_DATA_KEYS: Damit verschlüsselte Daten sind nicht lesbar."
    )


def test_another_key_of_the_same_name_does_not_open(settings):
    sealed = seal(IBAN, context=PLACE)
    settings.DATA_KEYS = ["alt:" + base64.b64encode(b"x" * 32).decode()]

    with pytest.raises(DamagedSeal):
        unseal(sealed, context=PLACE)


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(DamagedSeal):
        unseal(seal(IBAN, context=PLACE), context="membership_sepamandate.holder")


def altered(sealed):
    """Return the value with one character changed."""
    return sealed[:10] + ("B" if sealed[10] == "A" else "A") + sealed[11:]


@pytest.mark.parametrize("damage", [altered, lambda s: s[:-4], lambda s: "alt:%%%", lambda s: "alt:"])
def test_a_damaged_value_does_not_open(damage):
    sealed = seal(IBAN, context=PLACE)
    damaged = damage(sealed)
    assert damaged != sealed

    with pytest.raises(DamagedSeal):
        unseal(damaged, context=PLACE)


@pytest.mark.parametrize("plain", [IBAN, "", "kein Name:abc"])
def test_a_value_that_was_never_sealed_does_not_pass_for_one(plain):
    with pytest.raises(DamagedSeal):
        unseal(plain, context=PLACE)


@pytest.mark.parametrize(
    "keys",
    [
        [],
        ["ohne-schluessel"],
        ["kurz:" + OLD[4:20]],
        ["name mit leer:" + OLD[4:]],
        [OLD, OLD],
        ["a:%"],
    ],
)
def test_unusable_keys_are_refused_in_one_sentence(settings, keys):
    settings.DATA_KEYS = keys

    with pytest.raises(ImproperlyConfigured):
        data_keys()

    [error] = check_data_keys(None)
    assert error.id == "privacy.E001"
    assert error.msg.startswith("PORTAL_DATA_KEYS ")
    assert error.msg.count(".") == 1


def test_usable_keys_pass_the_check():
    assert check_data_keys(None) == []
