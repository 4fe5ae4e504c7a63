"""Removing inflection: one Snowball stemmer per language."""

from functools import cache, lru_cache
from typing import Protocol

ALGORITHMS = {"de": "german", "en": "english"}


class Stemmer(Protocol):
    """What the Snowball library gives."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@cache
def stemmer_of(language: str) -> Stemmer | None:
    """Return the stemmer of ``language`` (a code such as ``de`` or ``de-simple``), or None where there is none."""
    algorithm = ALGORITHMS.get(language.split("-")[0])
    if algorithm is None:
        return None
    import snowballstemmer

    stemmer: Stemmer = snowballstemmer.stemmer(algorithm)
    return stemmer


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded ``word``; the word itself where its language has no stemmer."""
    stemmer = stemmer_of(language)
    return stemmer.stemWord(word) if stemmer else word
