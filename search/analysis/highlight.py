"""An excerpt of a text with the hits marked, whatever spelling, inflection or compound they hit in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from .normalize import fold
from .stems import is_german, stem
from .terms import ABBREVIATION, ELLIPSIS, Match, word_terms
from .tokens import WORD, Token, forms_of

EXCERPT_LENGTH = 240
# How much of the excerpt stands before the first hit.
CONTEXT_LENGTH = 60
# A long text is looked through in pieces of this length, up to the first that has a hit.
SLICE_LENGTH = 20_000
# Further on nothing is looked for: some forty printed pages.
LOOKED_THROUGH = 5 * SLICE_LENGTH
SHORTEST_PART_WITHIN = 4
SHORTEST_END = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; ``is_hit`` asks for a mark."""

    text: str
    is_hit: bool


def mark(text: str, terms: Collection[str], language: str) -> list[Piece]:
    """Return the whole ``text`` in pieces, hits marked."""
    return pieces_of(text, hits_in(text, frozenset(terms), language))


def excerpt(text: str, terms: Collection[str], language: str) -> list[Piece]:
    """Return about ``EXCERPT_LENGTH`` characters of ``text`` around the densest group of hits, in pieces."""
    wanted = frozenset(terms)
    for beginning in range(0, min(len(text), LOOKED_THROUGH), SLICE_LENGTH):
        piece = text[beginning : beginning + SLICE_LENGTH]
        hits = hits_in(piece, wanted, language)
        if hits:
            return excerpt_around(piece, hits, is_beginning=not beginning)
    return excerpt_around(text[:SLICE_LENGTH], [], is_beginning=True)


def excerpt_around(text: str, hits: list[Token], *, is_beginning: bool) -> list[Piece]:
    """Return the excerpt of ``text`` with its ``hits``; dots stand for what is left out."""
    start = window_start(hits)
    if start > 0:
        start = text.rfind(" ", 0, max(start - CONTEXT_LENGTH, 0)) + 1
    end = window_end(text, start)
    inside = [Token(h.text, h.start - start, h.end - start) for h in hits if h.start >= start and h.end <= end]
    pieces = pieces_of(text[start:end], inside)
    before = [Piece("… ", False)] if start or not is_beginning else []
    after = [Piece(" …", False)] if end < len(text) else []
    return [*before, *pieces, *after]


def window_end(text: str, start: int) -> int:
    """Return where the excerpt from ``start`` ends: behind a word, or within one that is longer than an excerpt."""
    furthest = start + EXCERPT_LENGTH
    if len(text) <= furthest:
        return len(text)
    space = text.rfind(" ", start, furthest)
    return space if space > start else furthest


def window_start(hits: list[Token]) -> int:
    """Return where the window with the most different hits begins; 0 without hits."""
    best, best_count = 0, 0
    length = EXCERPT_LENGTH - CONTEXT_LENGTH
    for number, hit in enumerate(hits):
        following = takewhile(lambda later, end=hit.start + length: later.start < end, hits[number:])  # type: ignore[misc]
        count = len({later.text for later in following})
        if count > best_count:
            best, best_count = hit.start, count
    return best


def pieces_of(text: str, hits: list[Token]) -> list[Piece]:
    """Return ``text`` cut at the hits' places."""
    pieces: list[Piece] = []
    place = 0
    for hit in hits:
        if hit.start < place:
            continue
        if hit.start > place:
            pieces.append(Piece(text[place : hit.start], False))
        pieces.append(Piece(text[hit.start : hit.end], True))
        place = hit.end
    if place < len(text):
        pieces.append(Piece(text[place:], False))
    return pieces


def hits_in(text: str, terms: frozenset[str], language: str) -> list[Token]:
    """Return the words of ``text`` that are hit, as they are written there, in order."""
    words = [
        Token(match.group(), match.start(), match.end())
        for match in WORD.finditer(text)
        if is_written_hit(match.group(), terms, language)
    ]
    others = [*abbreviations_in(text, terms, language), *halves_in(text, terms, language)]
    return sorted([*words, *others], key=lambda hit: hit.start) if others else words


def abbreviations_in(text: str, terms: frozenset[str], language: str) -> Iterator[Token]:
    """Yield the hits of two single letters: „e. V.“."""
    for match in ABBREVIATION.finditer(text):
        if is_hit(fold(match[1] + match[2]), terms, language):
            yield Token(match.group(), match.start(), match.end())


def halves_in(text: str, terms: frozenset[str], language: str) -> Iterator[Token]:
    """Yield the hits that only a later word completes: „Beitrags“ of „Beitrags- und Finanzordnung“."""
    for match in ELLIPSIS.finditer(text) if is_german(language) else ():
        beginning, second = fold(match[1]), fold(match[2])
        ends = {Match.EXACT: second, Match.STEM: stem(second, language)}
        if any(is_completed(beginning, ends[mark], term[1:]) for term in terms if (mark := Match(term[0])) in ends):
            yield Token(match[1], match.start(1), match.end(1))


def is_completed(beginning: str, end: str, wanted: str) -> bool:
    """Whether ``wanted`` is ``beginning`` with the last letters of ``end``."""
    rest = wanted.removeprefix(beginning)
    return SHORTEST_END <= len(rest) < len(wanted) and end.endswith(rest)


@lru_cache(maxsize=100_000)
def is_written_hit(written: str, terms: frozenset[str], language: str) -> bool:
    """Whether a word as a text writes it is hit, as a whole or by what stands between its hyphens."""
    parts, joined = forms_of(written)
    return any(is_hit(form, terms, language) for form in (*parts, *joined))


def is_hit(word: str, terms: frozenset[str], language: str) -> bool:
    """Whether a folded ``word`` of a text is hit by any of ``terms``.

    A compound is recognized by its stem holding the wanted part: exact enough for marking, and cheap. A part of three
    letters („Amt“) must stand at its beginning or end.
    """
    if any(term in terms for term in word_terms(word, language)):
        return True
    if not is_german(language):
        return False
    whole = stem(word, language)
    return any(holds(whole, term[1:]) for term in terms if term.startswith(Match.PART))


def holds(whole: str, part: str) -> bool:
    """Whether the stem ``part`` looks like a part of the compound whose stem is ``whole``."""
    if len(part) >= SHORTEST_PART_WITHIN:
        return part in whole
    return len(part) == SHORTEST_PART_WITHIN - 1 and (whole.startswith(part) or whole.endswith(part))
