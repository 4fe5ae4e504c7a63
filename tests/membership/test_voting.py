"""What a count means by the rules."""

import pytest

from membership.voting import Count, Outcome, Rules, has_quorum, lacks_votes, outcome
from membership.voting_words import rules_in_words

A, R, U, B = Outcome.ACCEPTED, Outcome.REJECTED, Outcome.UNDECIDED, Outcome.BELOW_QUORUM
C, N = Outcome.CONSENT_MISSING, Outcome.NO_VOTES


@pytest.mark.parametrize(
    ("quorum", "members", "taking_part", "reached"),
    [
        ("more_than_half", 4, 2, False),
        ("more_than_half", 4, 3, True),
        ("more_than_half", 5, 3, True),
        ("half", 4, 2, True),
        ("half", 5, 2, False),
        ("two_thirds", 6, 4, True),
        ("two_thirds", 5, 3, False),
        ("all", 5, 4, False),
        ("all", 5, 5, True),
        ("half", 0, 0, False),
    ],
)
def test_quorum(quorum: str, members: int, taking_part: int, *, reached: bool) -> None:
    assert has_quorum(Count(members, yes=taking_part), Rules(quorum=quorum)) is reached


@pytest.mark.parametrize(("conflicts", "reached"), [("left_out", False), ("present", True)])
def test_conflicts_count_for_the_quorum_or_not(conflicts: str, *, reached: bool) -> None:
    count = Count(5, yes=2, conflict=1)
    assert has_quorum(count, Rules(conflicts=conflicts)) is reached


def test_nobody_decides_when_all_are_biased() -> None:
    assert outcome(Count(2, conflict=2), Rules(quorum="half", conflicts="present")) is B


@pytest.mark.parametrize(
    ("rules", "count", "expected"),
    [
        ({}, Count(5, yes=2, no=1), A),
        ({}, Count(5, yes=1, no=2), R),
        ({}, Count(5, yes=2), B),
        ({}, Count(5, yes=1, abstain=2), A),
        ({"abstentions": "as_no"}, Count(5, yes=1, abstain=2), R),
        ({}, Count(5, abstain=3), N),
        ({}, Count(5, abstain=5), N),
        ({}, Count(5, abstain=2), B),
        ({}, Count(5, abstain=3, conflict=1), N),
        ({"tie": "undecided"}, Count(5, abstain=3), N),
        ({"tie": "chair"}, Count(5, abstain=3, chair="abstain"), N),
        ({"abstentions": "as_no"}, Count(5, abstain=3), R),
        ({}, Count(5, no=1, abstain=4), R),
        ({"majority": "two_thirds"}, Count(6, yes=4, no=2), A),
        ({"majority": "two_thirds"}, Count(6, yes=3, no=2), R),
        ({"majority": "two_thirds"}, Count(6, abstain=4), N),
        ({"majority": "two_thirds"}, Count(6, no=1, abstain=4), R),
        ({"majority": "two_thirds", "abstentions": "as_no"}, Count(6, abstain=4), R),
        ({"majority": "unanimous"}, Count(3, yes=3), A),
        ({"majority": "unanimous"}, Count(3, yes=2), C),
        ({"majority": "unanimous"}, Count(5, yes=4), C),
        ({"majority": "unanimous"}, Count(5, yes=2), B),
        ({"majority": "unanimous"}, Count(5, no=2), B),
        ({"majority": "unanimous"}, Count(5, yes=3, no=1), R),
        ({"majority": "unanimous"}, Count(5, yes=4, no=1), R),
        ({"majority": "unanimous"}, Count(5, yes=4, abstain=1), C),
        ({"majority": "unanimous"}, Count(5, abstain=5), C),
        ({"majority": "unanimous", "abstentions": "as_no"}, Count(5, yes=4, abstain=1), R),
        ({"majority": "unanimous", "abstentions": "as_no"}, Count(5, yes=4), C),
        ({"majority": "unanimous"}, Count(4, yes=2, conflict=1), C),
        ({"majority": "unanimous"}, Count(3, yes=2, conflict=1), A),
        ({}, Count(4, yes=2, no=2), R),
        ({"tie": "undecided"}, Count(4, yes=2, no=2), U),
        ({"tie": "chair"}, Count(4, yes=2, no=2, chair="yes"), A),
        ({"tie": "chair"}, Count(4, yes=2, no=2, chair="no"), R),
        ({"tie": "chair"}, Count(4, yes=1, no=1, abstain=2, chair="abstain"), U),
        ({"tie": "chair"}, Count(4, yes=2, no=2), U),
    ],
)
def test_outcome(rules: dict[str, str], count: Count, expected: Outcome) -> None:
    assert outcome(count, Rules(**rules)) is expected


@pytest.mark.parametrize(
    ("count", "result", "lacking"),
    [
        (Count(5, yes=2), B, True),
        (Count(5, yes=2, conflict=3), B, False),
        (Count(5, conflict=5), B, False),
        (Count(5, yes=4), C, True),
        (Count(5, yes=3, conflict=1), C, True),
        (Count(5, yes=4, abstain=1), C, False),
        (Count(5, yes=3, abstain=1, conflict=1), C, False),
        (Count(5, yes=2, no=2), U, False),
        (Count(5, abstain=3), N, True),
        (Count(5, abstain=4, conflict=1), N, False),
        (Count(5, yes=3), A, False),
        (Count(5, no=3), R, False),
    ],
)
def test_votes_that_may_still_come(count: Count, result: Outcome, *, lacking: bool) -> None:
    assert lacks_votes(count, result) is lacking


def test_rules_survive_being_kept() -> None:
    rules = Rules(tie="chair", chair_function="Vorsitz", deadline_days=3, extends=False)
    assert Rules(**rules.as_json()) == rules


SIMPLE = "Angenommen ist der Antrag mit mehr Ja- als Nein-Stimmen."
TWO_THIRDS = "Angenommen ist der Antrag, wenn mindestens zwei Drittel der gezählten Stimmen Ja-Stimmen sind."
ALL = "Angenommen ist der Antrag nur mit den Ja-Stimmen aller Stimmberechtigten."
NOT_COUNTED = "Enthaltungen zählen nicht als Stimme; gibt es nur Enthaltungen, ist nichts beschlossen."
AS_NO = "Enthaltungen zählen wie Nein-Stimmen."
HALF = "Beschlussfähig ist der Vorstand, wenn von den Stimmberechtigten teilnehmen: mehr als die Hälfte."
BIASED = "Wer befangen ist, zählt nicht zu den Stimmberechtigten."


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, [SIMPLE, NOT_COUNTED, "Bei Stimmengleichheit: Der Antrag ist abgelehnt.", HALF, BIASED]),
        (
            {"abstentions": "as_no", "tie": "chair"},
            [SIMPLE, AS_NO, "Bei Stimmengleichheit: Die Stimme des Vorsitzes entscheidet.", HALF, BIASED],
        ),
        ({"majority": "two_thirds"}, [TWO_THIRDS, NOT_COUNTED, HALF, BIASED]),
        (
            {"majority": "unanimous"},
            [
                ALL,
                "Ein Nein lehnt ihn ab. Enthält sich jemand oder fehlt eine Stimme, ist nichts beschlossen.",
                HALF,
                BIASED,
            ],
        ),
        (
            {"majority": "unanimous", "abstentions": "as_no", "quorum": "all", "conflicts": "present"},
            [
                ALL,
                "Ein Nein oder eine Enthaltung lehnt ihn ab. Fehlt eine Stimme, ist nichts beschlossen.",
                "Beschlussfähig ist der Vorstand, wenn von den Stimmberechtigten teilnehmen: alle.",
                "Wer befangen ist, stimmt nicht mit ab, zählt für die Beschlussfähigkeit aber mit.",
            ],
        ),
    ],
)
def test_the_rules_in_words(rules: dict[str, str], expected: list[str]) -> None:
    assert rules_in_words(Rules(**rules)) == expected


def test_in_a_meeting_everybody_is_more_than_those_present() -> None:
    words = rules_in_words(Rules(majority="unanimous"), in_meeting=True)
    assert words[0] == (
        "Angenommen ist der Antrag nur mit den Ja-Stimmen aller Stimmberechtigten, auch derer, die in der Sitzung "
        "fehlen."
    )
