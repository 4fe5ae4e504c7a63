"""Reading what a visitor typed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from .normalize import normalize
from .stems import stem
from .stopwords import is_stop_word
from .terms import Match, word_terms
from .tokens import tokenize

LONGEST_QUERY = 120
MOST_WORDS = 10
# So many neighbors together can have a synonym: „e. V.“, „Quartier im Wandel“.
LONGEST_SYNONYM = 3
QUOTED = re.compile(r"[\"„“”»«]([^\"„“”»«]*)[\"„“”»«]")

# A folded word or several (joined by one space) → what editors say means the same, in the same form.
Synonyms = Mapping[str, tuple[str, ...]]
Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, folded: a hit has any of ``terms``, or, of one of ``sequences``, a term of each member.

    A sequence stands for what only several words together mean: „Bund und Länder“ as a synonym. ``meaning`` is what
    editors say means the same: its hits count too, but less.
    """

    text: str
    terms: Terms
    sequences: tuple[tuple[Terms, ...], ...] = ()
    meaning: "Word | None" = None

    @property
    def all_terms(self) -> set[str]:
        """Every term that can count."""
        own = {*self.terms, *(term for sequence in self.sequences for terms in sequence for term in terms)}
        return own | self.meaning.all_terms if self.meaning else own

    @property
    def has_sequences(self) -> bool:
        """Whether some hits have none of ``all_stem_terms``."""
        return bool(self.sequences) or bool(self.meaning and self.meaning.has_sequences)

    @property
    def index_terms(self) -> tuple[str, ...]:
        """What the index keeps of ``terms``: parts of compounds lie under their stems."""
        return tuple(term for term in self.terms if not term.startswith(Match.PART))

    @property
    def stem_terms(self) -> tuple[str, ...]:
        """The terms of which every hit of the word itself has one, those of sequences aside."""
        return tuple(term for term in self.terms if term.startswith(Match.STEM))

    @property
    def all_stem_terms(self) -> tuple[str, ...]:
        """The terms of which every hit has one, those of sequences aside."""
        return (*self.stem_terms, *(self.meaning.all_stem_terms if self.meaning else ()))


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to be looked up.

    ``words`` must all be hit; stop words are left out where there are others, and by themselves hit titles alone
    („Über uns“); ``phrases`` are sequences of stems that must stand next to each
    other; ``text`` is the query shown again, ``was_cut`` tells that it was too long.
    """

    text: str
    words: tuple[Word, ...]
    phrases: tuple[str, ...] = ()
    was_cut: bool = False
    only_stop_words: bool = False

    @property
    def all_terms(self) -> set[str]:
        """Every term that can count for one of the words."""
        return {term for word in self.words for term in word.all_terms}


def parse_query(raw: str, language: str, synonyms: Synonyms | None = None) -> Query:
    """Return the query in ``raw``; any text is a query, only its words count, operators and wildcards mean nothing."""
    synonyms = synonyms or {}
    text = " ".join(normalize(raw).split())
    was_cut = len(text) > LONGEST_QUERY
    text = shortened(text) if was_cut else text
    found = merge_synonyms(list(words_in(text)), synonyms)
    meaningful = {word: joined for word, joined in found if word in synonyms or not is_stop_word(word, language)}
    only_stop_words = bool(found) and not meaningful
    if only_stop_words:
        meaningful = {word: joined for word, joined in found if len(word) > 1}
    words = [word_of(word, joined, language, synonyms) for word, joined in meaningful.items()]
    phrases = (phrase_of(match.group(1), language) for match in QUOTED.finditer(text))
    return Query(
        text=text,
        words=tuple(words[:MOST_WORDS]),
        phrases=tuple(phrase for phrase in phrases if phrase),
        was_cut=was_cut or len(words) > MOST_WORDS,
        only_stop_words=only_stop_words,
    )


def shortened(text: str) -> str:
    """Return the beginning of a long ``text`` up to its last whole word; one word that is too long is cut itself."""
    whole_words, _, _ = text[: LONGEST_QUERY + 1].rpartition(" ")
    return whole_words or text[:LONGEST_QUERY]


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each folded word of ``text`` with the hyphenated word it is a part of, written as one, else nothing."""
    for _, group in groupby(tokenize(text), key=lambda token: token.start):
        tokens = list(group)
        whole = tokens[-1].text if tokens[-1].is_joined else ""
        yield from ((token.text, whole) for token in tokens if not token.is_joined)


def merge_synonyms(words: list[tuple[str, str]], synonyms: Synonyms) -> list[tuple[str, str]]:
    """Return ``words`` with neighbors that together have a synonym („e v“) as one word."""
    merged: list[tuple[str, str]] = []
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_SYNONYM, len(words) - position), 1, -1):
            together = " ".join(word for word, _ in words[position : position + length])
            if together in synonyms:
                merged.append((together, ""))
                position += length
                break
        else:
            merged.append(words[position])
            position += 1
    return merged


def word_of(word: str, joined: str, language: str, synonyms: Synonyms) -> Word:
    """Return what counts as a hit of ``word``: as written, its stem, as a part of a compound, and its synonyms."""
    meanings = [*synonyms.get(word, ()), *synonyms.get(joined, ())]
    own = spelled(word, [word, joined], language)
    return replace(own, meaning=spelled(word, meanings, language)) if meanings else own


def spelled(word: str, spellings: Iterable[str], language: str) -> Word:
    """Return ``word`` with the terms of these spellings, each one word or several."""
    terms: list[str] = []
    sequences = []
    for spelling in filter(None, spellings):
        terms += terms_of(spelling.replace(" ", ""), language)
        members = [part for part in spelling.split() if not is_stop_word(part, language)]
        if " " in spelling and members:
            sequences.append(tuple(terms_of(part, language) for part in members))
    return Word(word, tuple(dict.fromkeys(terms)), tuple(sequences))


def terms_of(word: str, language: str) -> Terms:
    """Return the terms that count as a hit of one folded word: as written, its stem, as a part of a compound."""
    return (*word_terms(word, language), Match.PART + stem(word, language))


def phrase_of(text: str, language: str) -> str:
    """Return the stems of a quoted phrase as they stand in an entry's stem sequence; empty for fewer than two words."""
    stems = [stem(token.text, language) for token in tokenize(text)]
    return f" {' '.join(stems)} " if len(stems) > 1 else ""
