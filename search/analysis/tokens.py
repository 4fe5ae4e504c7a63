"""Cutting text into words, each with its place in the original."""

import re
import unicodedata
from dataclasses import dataclass

from .normalize import fold, strip_gender_marks

# Letters and digits, with gender marks, hyphens, apostrophes and soft hyphens inside a word.
WORD = re.compile(r"\w+(?:(?:[*:·'’\-‐\u00ad]|/-?|\((?=in))\w+\)?)*", re.UNICODE)
HYPHENS = re.compile(r"[-‐_/]")
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``text`` in folded spelling, and where it stands in the original as ``[start, end)``."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the words of ``text`` in order.

    A hyphenated word gives itself written as one and each of its parts at the same place: „Know-how-Transfer“ is found
    by „Transfer“ and by „Knowhowtransfer“.
    """
    tokens: list[Token] = []
    for match in WORD.finditer(text):
        whole = strip_gender_marks(unicodedata.normalize("NFKC", match.group()).replace("\u00ad", ""))
        parts = [part for part in HYPHENS.split(whole) if part]
        forms = [*parts, "".join(parts)] if len(parts) > 1 else parts
        for form in forms:
            folded = "".join(c for c in fold(form) if c.isalnum())[:LONGEST_WORD]
            if folded:
                tokens.append(Token(folded, match.start(), match.end()))
    return tokens
