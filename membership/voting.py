"""Counting votes: pure arithmetic on the rules of the association, without database.

The law behind the defaults: § 28 with § 32 BGB (in a meeting the majority of the votes cast decides, abstentions are
not votes cast; without a meeting everybody has to agree; the board decides like the general meeting) and § 34 BGB
(nobody votes on their own matter). The statutes may say otherwise (§ 40 BGB): hence the settings. Of abstentions alone
the law says nothing: where none is a vote cast, nobody has decided, and nobody is told that they were refused.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vote(models.TextChoices):
    """What somebody on the board says."""

    YES = "yes", _("Ja")
    NO = "no", _("Nein")
    ABSTAIN = "abstain", _("Enthaltung")
    CONFLICT = "conflict", _("befangen, stimme nicht mit ab")


class QuorumRule(models.TextChoices):
    """How many of those entitled to vote must take part."""

    MORE_THAN_HALF = "more_than_half", _("mehr als die Hälfte")
    HALF = "half", _("mindestens die Hälfte")
    TWO_THIRDS = "two_thirds", _("mindestens zwei Drittel")
    ALL = "all", _("alle")


class MajorityRule(models.TextChoices):
    """When a motion is carried."""

    SIMPLE = "simple", _("mehr Ja- als Nein-Stimmen")
    TWO_THIRDS = "two_thirds", _("mindestens zwei Drittel der gezählten Stimmen")
    UNANIMOUS = "unanimous", _("die Ja-Stimmen aller Stimmberechtigten")


class AbstentionRule(models.TextChoices):
    """What an abstention is."""

    NOT_COUNTED = "not_counted", _("zählen nicht als Stimme")
    AS_NO = "as_no", _("zählen wie Nein-Stimmen")


class ConflictRule(models.TextChoices):
    """Whether somebody with a conflict of interest counts for the quorum; they never vote."""

    LEFT_OUT = "left_out", _("zählen nicht zu den Stimmberechtigten")
    PRESENT = "present", _("zählen für die Beschlussfähigkeit mit")


class TieRule(models.TextChoices):
    """What follows from as many yes as no."""

    REJECTED = "rejected", _("Der Antrag ist abgelehnt.")
    CHAIR = "chair", _("Die Stimme des Vorsitzes entscheidet.")
    UNDECIDED = "undecided", _("Es ist nichts beschlossen; es wird neu abgestimmt.")


class Outcome(models.TextChoices):
    """What a count means."""

    ACCEPTED = "accepted", _("angenommen")
    REJECTED = "rejected", _("abgelehnt")
    UNDECIDED = "undecided", _("Stimmengleichheit, nichts beschlossen")
    BELOW_QUORUM = "below_quorum", _("nicht beschlussfähig")
    CONSENT_MISSING = "consent_missing", _("nicht alle haben zugestimmt, nichts beschlossen")
    NO_VOTES = "no_votes", _("nur Enthaltungen, nichts beschlossen")
    PAPERS_MISSING = "papers_missing", _("Unterlagen fehlen, nichts beschlossen")


@dataclass(frozen=True)
class Rules:
    """The rules of one vote, as they were when it was opened."""

    quorum: str = QuorumRule.MORE_THAN_HALF
    majority: str = MajorityRule.SIMPLE
    abstentions: str = AbstentionRule.NOT_COUNTED
    conflicts: str = ConflictRule.LEFT_OUT
    tie: str = TieRule.REJECTED
    chair_function: str = ""
    closes_early: bool = True
    extends: bool = True
    deadline_days: int = 7

    def as_json(self) -> dict[str, Any]:
        """Return the rules as JSON values, to be kept with the vote."""
        return {name: value if isinstance(value, (bool, int)) else str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Count:
    """How many of ``members`` (everybody on the board) said what; ``chair`` is what the chair said, or empty."""

    members: int
    yes: int = 0
    no: int = 0
    abstain: int = 0
    conflict: int = 0
    chair: str = ""

    @property
    def cast(self) -> int:
        """How many have spoken, those with a conflict of interest among them."""
        return self.yes + self.no + self.abstain + self.conflict


def outcome(count: Count, rules: Rules) -> Outcome:
    """Return what the count means by the rules."""
    if not has_quorum(count, rules):
        return Outcome.BELOW_QUORUM
    against = count.no + (count.abstain if rules.abstentions == AbstentionRule.AS_NO else 0)
    if rules.majority == MajorityRule.UNANIMOUS:
        return _agreed(count, against)
    if not count.yes and not against:
        return Outcome.NO_VOTES
    if rules.majority == MajorityRule.TWO_THIRDS:
        return _carried(3 * count.yes >= 2 * (count.yes + against))
    if count.yes == against:
        return _tied(count, rules)
    return _carried(count.yes > against)


def has_quorum(count: Count, rules: Rules) -> bool:
    """Whether enough of those entitled to vote took part."""
    part, whole = count.yes + count.no + count.abstain, count.members - count.conflict
    if rules.conflicts == ConflictRule.PRESENT:
        part, whole = part + count.conflict, count.members
    if part == 0 or count.yes + count.no + count.abstain == 0:
        return False
    reached = {
        QuorumRule.MORE_THAN_HALF: 2 * part > whole,
        QuorumRule.HALF: 2 * part >= whole,
        QuorumRule.TWO_THIRDS: 3 * part >= 2 * whole,
        QuorumRule.ALL: part >= whole,
    }
    return reached[QuorumRule(rules.quorum)]


def lacks_votes(count: Count, result: Outcome) -> bool:
    """Whether nothing is decided for want of votes that may still be cast."""
    lacking = (Outcome.BELOW_QUORUM, Outcome.CONSENT_MISSING, Outcome.NO_VOTES)
    return result in lacking and count.cast < count.members


def _agreed(count: Count, against: int) -> Outcome:
    """Return what came about where everybody has to agree: who says nothing has not refused either."""
    if against:
        return Outcome.REJECTED
    return Outcome.ACCEPTED if count.yes == count.members - count.conflict else Outcome.CONSENT_MISSING


def _carried(is_carried: bool) -> Outcome:
    return Outcome.ACCEPTED if is_carried else Outcome.REJECTED


def _tied(count: Count, rules: Rules) -> Outcome:
    if rules.tie == TieRule.CHAIR:
        return {Vote.YES: Outcome.ACCEPTED, Vote.NO: Outcome.REJECTED}.get(count.chair, Outcome.UNDECIDED)  # type: ignore[call-overload,no-any-return]
    return Outcome.REJECTED if rules.tie == TieRule.REJECTED else Outcome.UNDECIDED
