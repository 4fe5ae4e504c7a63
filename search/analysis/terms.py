"""What the index keeps of a text: weighted terms.

A term is one mark and a word: ``=haeuser`` the word as written, ``~haus`` its stem, ``+quartier`` the stem of a part of
a compound. A query asks for the same three terms, so that one look-up finds all of them and the weight tells which
matched.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .compounds import compound_parts
from .normalize import fold, normalize
from .stems import stem
from .stopwords import is_stop_word
from .tokens import tokenize


class Match(StrEnum):
    """How a word of the query meets a word of the text; the value is the term's mark."""

    EXACT = "="
    STEM = "~"
    PART = "+"


# A title outweighs any number of hits in the intro, that any number in the body, and so on; within a field the word as
# written comes before its inflections and these before a part of a compound.
FIELD_WEIGHTS: Mapping[str, int] = {"title": 1000, "intro": 300, "body": 100, "attachment": 30}
MATCH_FACTORS: Mapping[Match, float] = {Match.EXACT: 1.0, Match.STEM: 0.8, Match.PART: 0.6}
# How quickly further occurrences stop counting.
SATURATION = 1.2


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of one entry, by field."""

    title: str = ""
    intro: str = ""
    body: str = ""
    attachment: str = ""

    def by_field(self) -> list[tuple[str, str]]:
        return [("title", self.title), ("intro", self.intro), ("body", self.body), ("attachment", self.attachment)]


def word_terms(word: str, language: str) -> list[str]:
    """Return the terms of one folded ``word`` itself, without compound parts."""
    return [Match.EXACT + word, Match.STEM + stem(word, language)]


def part_terms(word: str, language: str) -> list[str]:
    """Return the terms of a ``word``'s compound parts; only German builds such compounds."""
    if not language.startswith("de"):
        return []
    return list(dict.fromkeys(Match.PART + stem(fold(part), language) for part in compound_parts(word)))


def weigh(texts: Texts, language: str, *, with_parts: bool) -> dict[str, int]:
    """Return term → weight for an entry; ``with_parts`` loads the compound model."""
    weights: Counter[str] = Counter()
    for field, text in texts.by_field():
        for term, count in count_terms(text, language, with_parts=with_parts).items():
            factor = MATCH_FACTORS[Match(term[0])] * count / (count + SATURATION)
            weights[term] += round(FIELD_WEIGHTS[field] * factor)
    return dict(weights)


def count_terms(text: str, language: str, *, with_parts: bool) -> Counter[str]:
    """Return how often each term occurs in ``text``; stop words have none."""
    words = Counter(token.text for token in tokenize(normalize(text)))
    counts: Counter[str] = Counter()
    for word, count in words.items():
        if is_stop_word(word, language):
            continue
        terms = word_terms(word, language)
        if with_parts:
            terms += part_terms(word, language)
        for term in terms:
            counts[term] += count
    return counts


def stem_sequence(texts: Texts, language: str) -> str:
    """Return the stems of all fields in order, each between single spaces, for looking up quoted phrases."""
    fields = (" ".join(stem(t.text, language) for t in tokenize(normalize(text))) for _, text in texts.by_field())
    return f" {' | '.join(field for field in fields if field)} "


def spellings(texts: Texts) -> dict[str, str]:
    """Return folded word → the word as the text first writes it, for words of letters alone."""
    found: dict[str, str] = {}
    for _, text in texts.by_field():
        clean = normalize(text)
        for token in tokenize(clean):
            written = clean[token.start : token.end]
            if written.isalpha():
                found.setdefault(token.text, written)
    return found
