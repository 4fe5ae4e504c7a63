"""A compound that no page has, found by its parts: „Vereinssatzung“ by pages with „Verein“ and „Satzung“.

The compound model stays out of web processes: the parts are words of the index.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.analysis.query import Terms, Word, terms_of
from search.analysis.stems import is_german, stem
from search.analysis.terms import Match
from search.models import Posting

SHORTEST_PART = 4
# A part alone must say enough to stand for the whole.
SHORTEST_HALF = 5
# What German puts between the parts, longest first.
JOINTS = ("es", "en", "er", "s", "n", "e", "")

Pair = tuple[str, str]
Sequence = tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Cuts:
    """The ways to cut some words, and which of the parts the index knows."""

    pairs: Mapping[str, list[Pair]]
    known: frozenset[str]
    language: str

    def both(self, word: str) -> Sequence | None:
        """Return the two parts of ``word`` if the index knows both; the longest first part wins."""
        pair = next((pair for pair in self.pairs.get(word, []) if self.known.issuperset(pair)), None)
        return self._sequence(pair) if pair else None

    def one(self, word: str) -> Sequence | None:
        """Return the longest part of ``word`` that the index knows, for want of both."""
        parts = {part for pair in self.pairs.get(word, []) for part in pair if len(part) >= SHORTEST_HALF}
        known = sorted(parts & self.known, key=lambda part: (-len(part), part))
        return self._sequence(known[:1]) if known else None

    def _sequence(self, parts: Iterable[str]) -> Sequence:
        return tuple(terms_of(part, self.language) for part in parts)


def cut_compounds(words: Iterable[Word], language: str) -> Cuts:
    """Return how ``words`` can be cut (at most one query)."""
    if not is_german(language):
        return Cuts({}, frozenset(), language)
    pairs = {word.text: pairs_of(word.text) for word in words if word.text.isalpha()}
    parts = {part for options in pairs.values() for pair in options for part in pair}
    stems = {part: stem(part, language) for part in parts}
    terms = {Match.STEM + own for own in stems.values()}
    rows = Posting.objects.filter(language=language, term__in=terms).order_by() if terms else Posting.objects.none()
    known = {term[1:] for term in rows.values_list("term", flat=True).distinct()}
    return Cuts(pairs, frozenset(part for part in parts if stems[part] in known), language)


def pairs_of(word: str) -> list[Pair]:
    """Return the pairs ``word`` may consist of, the longest first part first, with and without a joint between."""
    places = range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1)
    return [
        (word[:place].removesuffix(joint), word[place:])
        for place in places
        for joint in JOINTS
        if word[:place].endswith(joint) and place - len(joint) >= SHORTEST_PART
    ]
