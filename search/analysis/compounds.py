"""Cutting German compounds into their parts: „Stadtteilmanagement“ holds „Stadtteil“, „Teil“ and „Management“."""

import re
import threading
from functools import cache, lru_cache
from itertools import combinations
from typing import Protocol

UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
SPELLED_UMLAUT = re.compile("|".join(UMLAUTS), re.IGNORECASE)
SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
# Morphemes that stand for a word of their own; joints („FUGE“), prefixes and suffixes do not.
WORD_CLASSES = ("NN", "NE", "ADJ", "VV", "FM")


# The tagger is not made for several threads at once.
_tagging = threading.Lock()


class Tagger(Protocol):
    """What the HanTa library gives."""

    def analyze(self, word: str, *, taglevel: int) -> tuple[str, list[tuple[str, str]], str]: ...


@cache
def tagger() -> Tagger:
    """Load HanTa's German model (57 MB, a fifth of a second), once and only in a process that cuts compounds."""
    from HanTa import HanoverTagger

    loaded: Tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")
    return loaded


@lru_cache(maxsize=50_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the contiguous sub-compounds of a German ``word`` in its own spelling, without the word itself.

    „Stadtteilmanagement“ gives stadt, teil, management, stadtteil, teilmanagement. Empty for simple words. The model
    knows umlauts only: „Wochenmaerkte“ is tried with them.
    """
    if len(word) < SHORTEST_COMPOUND or not word.isalpha():
        return ()
    found = parts_in(word)
    if not found and SPELLED_UMLAUT.search(word):
        found = parts_in(SPELLED_UMLAUT.sub(lambda match: UMLAUTS[match.group().lower()], word))
    return found


def parts_in(word: str) -> tuple[str, ...]:
    """Return what the model finds in ``word``; see ``compound_parts``."""
    with _tagging:
        morphemes = tagger().analyze(word.capitalize(), taglevel=3)[1]
    if sum(is_word(kind) for _, kind in morphemes) < 2:
        return ()
    found = []
    for start, end in combinations(range(len(morphemes) + 1), 2):
        span = morphemes[start:end]
        part = "".join(text for text, _ in span)
        whole = end - start == len(morphemes)
        if not whole and is_word(span[0][1]) and is_word(span[-1][1]) and len(part) >= SHORTEST_PART:
            found.append(part)
    return tuple(dict.fromkeys(found))


def is_word(kind: str) -> bool:
    """Whether a morpheme of this class is a word by itself."""
    return kind.startswith(WORD_CLASSES)
