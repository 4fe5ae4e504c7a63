"""Secret links: only the exact token of the present generation is read."""

import pytest

from portal.mailing.links import UnknownLink, make_token, read_token

GENERATIONS = {1: 0, 12: 3, 2**40: 1}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize("key", GENERATIONS)
def test_a_token_leads_to_its_object(key):
    token = make_token("confirm", key, GENERATIONS[key])

    assert len(token) == 44
    assert read_token("confirm", token, generation_of=GENERATIONS.get) == key


def test_the_same_link_is_the_same_token():
    assert make_token("confirm", 12, 3) == make_token("confirm", 12, 3)


def test_the_object_key_cannot_be_seen():
    assert make_token("confirm", 1, 0)[:8] != make_token("confirm", 1, 1)[:8]


@pytest.mark.parametrize("position", range(44))
def test_every_altered_character_is_noticed(position):
    token = make_token("confirm", 12, 3)
    other = ALPHABET[(ALPHABET.index(token[position]) + 1) % 64]

    with pytest.raises(UnknownLink):
        read_token("confirm", token[:position] + other + token[position + 1 :], generation_of=GENERATIONS.get)


@pytest.mark.parametrize(
    "token",
    ["", "x", "A" * 44, "-" * 44, make_token("confirm", 12, 3) + "A", make_token("confirm", 12, 3) + "\n", "ä" * 44],
)
def test_what_is_no_token_is_unknown(token):
    with pytest.raises(UnknownLink):
        read_token("confirm", token, generation_of=GENERATIONS.get)


def test_a_link_of_an_earlier_generation_is_unknown():
    with pytest.raises(UnknownLink):
        read_token("confirm", make_token("confirm", 12, 2), generation_of=GENERATIONS.get)


def test_a_link_for_another_purpose_is_unknown():
    with pytest.raises(UnknownLink):
        read_token("status", make_token("confirm", 12, 3), generation_of=GENERATIONS.get)


def test_a_link_to_a_deleted_object_is_unknown():
    with pytest.raises(UnknownLink):
        read_token("confirm", make_token("confirm", 99, 0), generation_of=GENERATIONS.get)


def test_generation_minus_one_is_no_way_round_a_deleted_object():
    with pytest.raises(UnknownLink):
        read_token("confirm", make_token("confirm", 99, -1), generation_of=GENERATIONS.get)


def test_a_link_signed_with_another_key_is_unknown(settings):
    token = make_token("confirm", 12, 3)
    settings.LINK_KEY = "ein anderer Schlüssel"

    with pytest.raises(UnknownLink):
        read_token("confirm", token, generation_of=GENERATIONS.get)


def test_the_database_is_only_asked_for_keys_it_can_have():
    asked = []

    for start in ALPHABET:
        with pytest.raises(UnknownLink):
            read_token("confirm", start + "A" * 43, generation_of=lambda key: asked.append(key))

    assert all(0 <= key < 2**63 for key in asked)
    assert asked
