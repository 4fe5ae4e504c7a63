"""Removing inflection: one Snowball stemmer per language, and what the German one leaves."""

import re
import threading
from functools import cache, lru_cache
from typing import Protocol

ALGORITHMS = {"de": "german", "en": "english"}

# Endings that Snowball does not know, in folded spelling and in this order.
GERMAN_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # „Mieterinnen“ and „Mieterin“ are found by „Mieter“; „Termin“ and „beginnen“ stay as they are
        (r"(?<=\w{4})innen$", ""),
        (r"(?<=\w{2}(?:er|or|ar|eg|og|nd|ef))in$|(?<=\w{2}eur)in$|(?<=\w{2}[zklrnsam]t)in$", ""),
        # „Fotografin“, „Philosophin“, „Genossin“, „Pilotin“, „Ökonomin“, „Therapeutin“, „Sorbin“, „Tschechin“
        (r"(?<=(?:graf|soph|noss|ilot))in$|(?<=(?:nom|eut|orb|ech))in$", ""),
        # „Nachbarn“
        (r"(?<=\w{2}ar)n$", ""),
        # „Kitas“, „Büros“, „Videos“ and „Workshops“
        (r"(?<=\w{2}[bcdfghjklmnprtvwxz][ao])s$|(?<=\w{2}[^p]p)s$|(?<=\w{2}[eiu]o)s$", ""),
        # „Museum“ and „Museen“, „Gremium“ and „Gremien“, „Thema“ and „Themen“, „Konto“ and „Konten“
        (r"eums?$", "een"),
        (r"(?<=\w{2}[bcdfghjklmnprtvwxzi])ums?$|(?<=\w{2}[mntk])a$|(?<=\w{2}[tk])o$", ""),
        # „Praxis“ and „Praxen“
        (r"(?<=\w{2})xis$", "xen"),
        # „Umbauten“
        (r"(?<=bau)ten$", ""),
    )
)


# A stemmer keeps the word it works on in itself: two threads at once would get pieces of each other's.
_stemming = threading.Lock()


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


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded ``word``; the word itself where its language has no stemmer."""
    stemmer = stemmer_of(language)
    if stemmer is None:
        return word
    whole = prepared(word) if is_german(language) else word
    with _stemming:
        return stemmer.stemWord(whole)


def is_german(language: str) -> bool:
    """Whether ``language`` is German, simple German included."""
    return language.split("-")[0] == "de"


def prepared(word: str) -> str:
    """Return a folded German ``word`` without the endings that Snowball does not know."""
    for ending, replacement in GERMAN_ENDINGS:
        word = ending.sub(replacement, word)
    return word
