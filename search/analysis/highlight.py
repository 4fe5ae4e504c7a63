"""An excerpt of a text with the hits marked, whatever spelling, inflection or compound they hit in."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from .stems import stem
from .terms import Match, word_terms
from .tokens import Token, tokenize

EXCERPT_LENGTH = 240
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; ``is_hit`` asks for a mark."""

    text: str
    is_hit: bool


def mark(text: str, terms: Collection[str], language: str) -> list[Piece]:
    """Return the whole ``text`` in pieces, hits marked."""
    return pieces_of(text, [t for t in tokenize(text) if is_hit(t.text, frozenset(terms), language)])


def excerpt(text: str, terms: Collection[str], language: str) -> list[Piece]:
    """Return about ``EXCERPT_LENGTH`` characters of ``text`` around the densest group of hits, in pieces."""
    text = text[:LONGEST_TEXT]
    wanted = frozenset(terms)
    hits = [token for token in tokenize(text) if is_hit(token.text, wanted, language)]
    start = window_start(hits)
    if start > 0:
        start = text.rfind(" ", 0, max(start - 60, 0)) + 1
    end = (
        len(text)
        if len(text) <= start + EXCERPT_LENGTH
        else max(text.rfind(" ", start, start + EXCERPT_LENGTH), start + 1)
    )
    inside = [Token(h.text, h.start - start, h.end - start) for h in hits if h.start >= start and h.end <= end]
    pieces = pieces_of(text[start:end], inside)
    return [*([Piece("… ", False)] if start else []), *pieces, *([Piece(" …", False)] if end < len(text) else [])]


def window_start(hits: list[Token]) -> int:
    """Return where the window with the most different hits begins; 0 without hits."""
    best, best_count = 0, 0
    for hit in hits:
        count = len({h.text for h in hits if hit.start <= h.start < hit.start + EXCERPT_LENGTH - 60})
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


@lru_cache(maxsize=20_000)
def is_hit(word: str, terms: frozenset[str], language: str) -> bool:
    """Whether a folded ``word`` of a text is hit by any of ``terms``.

    A compound is recognised by its stem containing the wanted part: exact enough for marking, and cheap.
    """
    if any(term in terms for term in word_terms(word, language)):
        return True
    parts = [term[1:] for term in terms if term.startswith(Match.PART)]
    return language.startswith("de") and any(
        len(part) >= 4 and part != word and part in stem(word, language) for part in parts
    )
