"""Reading what a visitor typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .normalize import normalize
from .stems import stem
from .stopwords import is_stop_word
from .terms import Match, word_terms
from .tokens import tokenize

LONGEST_QUERY = 120
MOST_WORDS = 10
QUOTED = re.compile(r"[\"„“”»«]([^\"„“”»«]*)[\"„“”»«]")

# A folded word or several (joined by one space) → what editors say means the same, in the same form.
Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: as typed (folded) and the terms any of which counts as a hit."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to be looked up.

    ``words`` must all be hit (stop words are left out unless there is nothing else); ``phrases`` are sequences of stems
    that must stand next to each other; ``text`` is the query shown again, ``was_cut`` tells that it was too long.
    """

    text: str
    words: tuple[Word, ...]
    phrases: tuple[str, ...]
    was_cut: bool = False
    only_stop_words: bool = False


def parse_query(raw: str, language: str, synonyms: Synonyms | None = None) -> Query:
    """Return the query in ``raw``; any text is a query, only its words count, operators and wildcards mean nothing."""
    text = " ".join(normalize(raw).split())
    was_cut = len(text) > LONGEST_QUERY
    text = text[:LONGEST_QUERY].strip()
    folded = list(dict.fromkeys(token.text for token in tokenize(text)))
    meaningful = [word for word in folded if not is_stop_word(word, language)]
    words = tuple(
        Word(word, terms_of(word, language, synonyms or {}))
        for word in merge_synonyms(meaningful, synonyms or {})[:MOST_WORDS]
    )
    phrases = (phrase_of(match.group(1), language) for match in QUOTED.finditer(text))
    return Query(
        text=text,
        words=words,
        phrases=tuple(phrase for phrase in phrases if phrase),
        was_cut=was_cut or len(meaningful) > MOST_WORDS,
        only_stop_words=bool(folded) and not meaningful,
    )


def merge_synonyms(words: list[str], synonyms: Synonyms) -> list[str]:
    """Return ``words`` with neighbours that together have a synonym („gemeinwesen arbeit“) as one word."""
    merged: list[str] = []
    position = 0
    while position < len(words):
        for length in (3, 2):
            joined = " ".join(words[position : position + length])
            if len(words) - position >= length and joined in synonyms:
                merged.append(joined)
                position += length
                break
        else:
            merged.append(words[position])
            position += 1
    return merged


def terms_of(word: str, language: str, synonyms: Synonyms) -> tuple[str, ...]:
    """Return every term that counts as a hit of ``word``: as written, its stem, as a part, and its synonyms."""
    spellings = [word, *synonyms.get(word, ())]
    terms: list[str] = []
    for spelling in spellings:
        # A synonym of several words is looked up by its first and last word written together, and as one.
        for form in {spelling, spelling.replace(" ", "")}:
            if " " not in form:
                terms += [*word_terms(form, language), Match.PART + stem(form, language)]
    return tuple(dict.fromkeys(terms))


def phrase_of(text: str, language: str) -> str:
    """Return the stems of a quoted phrase as they stand in an entry's stem sequence; empty for fewer than two words."""
    stems = [stem(token.text, language) for token in tokenize(text)]
    return f" {' '.join(stems)} " if len(stems) > 1 else ""
