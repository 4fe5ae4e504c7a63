"""Cutting text into words, each with its place in the original."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .normalize import fold, strip_gender_marks

# Letters and digits, with gender marks, hyphens, apostrophes and soft hyphens inside a word.
WORD = re.compile(r"\w+(?:(?:[*:·'’\-‐\u00ad]|/-?|\((?=in))\w+\)?)*", re.UNICODE)
HYPHENS = re.compile(r"[-‐_/:*·]")
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``text`` in folded spelling, and where it stands in the original as ``[start, end)``.

    ``is_joined`` tells that it is several parts of a hyphenated word written as one.
    """

    text: str
    start: int
    end: int
    is_joined: bool = False


def tokenize(text: str) -> list[Token]:
    """Return the words of ``text`` in order.

    A hyphenated word gives each of its parts, each two neighbors and itself written as one, all at the same place:
    „Know-how-Transfer“ is found by „Transfer“, „Knowhow“ and „Knowhowtransfer“.
    """
    return list(tokens_of(text))


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the words of ``text`` one by one; see ``tokenize``."""
    for match in WORD.finditer(text):
        parts, joined = forms_of(match.group())
        yield from (Token(form, match.start(), match.end()) for form in parts)
        yield from (Token(form, match.start(), match.end(), is_joined=True) for form in joined)


@lru_cache(maxsize=100_000)
def forms_of(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the folded forms of one word as a text writes it: the parts between hyphens, and parts joined."""
    parts = tuple(folded for part in written_parts(written) if (folded := only_letters(part)))
    pairs = [first + second for first, second in pairwise(parts)] if len(parts) > 2 else []
    joined = [*pairs, "".join(parts)] if len(parts) > 1 else []
    return parts, tuple(form[:LONGEST_WORD] for form in joined)


def written_parts(written: str) -> list[str]:
    """Return what stands between the hyphens of one word, without gender marks, in its own spelling."""
    return HYPHENS.split(strip_gender_marks(unicodedata.normalize("NFKC", written).replace("\u00ad", "")))


def only_letters(part: str) -> str:
    """Return ``part`` folded, without anything but letters and digits."""
    return "".join(c for c in fold(part) if c.isalnum())[:LONGEST_WORD]
