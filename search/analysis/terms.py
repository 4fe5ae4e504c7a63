"""What the index keeps of a text: weighted terms.

A term is one mark and a word: ``=haeuser`` the word as written, ``~haus`` its stem, ``+haus`` the stem of a part of a
compound. The index keeps two of them: whoever asks for a stem asks for the part too, so both lie under the stem with
the better weight, and every entry that a word hits has the stem's term.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .compounds import compound_parts
from .normalize import fold, normalize
from .stems import is_german, stem
from .stopwords import is_stop_word
from .tokens import LONGEST_WORD, WORD, tokenize, tokens_of, written_parts


class Match(StrEnum):
    """How a word of the query meets a word of the text; the value is the term's mark."""

    EXACT = "="
    STEM = "~"
    PART = "+"


# A part of a compound in the title outweighs any number of hits in all other fields, and so on for intro and body;
# within a field the word as written comes before its inflections and these before a part of a compound, however often
# each occurs.
FIELD_WEIGHTS: Mapping[str, int] = {"title": 1000, "intro": 300, "body": 100, "attachment": 30}
MATCH_FACTORS: Mapping[Match, float] = {Match.EXACT: 1.0, Match.STEM: 0.75, Match.PART: 0.55}
# How quickly further occurrences stop counting: the first gives 80 per cent of what any number can give.
SATURATION = 0.25
# „Beitrags- und Finanzordnung“: the first word lacks the end of the second.
ELLIPSIS = re.compile(r"\b(\w{3,})[-‐]\s+(?:und|oder|sowie|bzw\.)\s+(\w{6,})")
# „e. V.“, „z.B.“: single letters, which alone are no words.
ABBREVIATION = re.compile(r"\b([^\W\d_])\.\s?([^\W\d_])\.")


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
    """Return the terms of a ``word``'s compound parts, in its own spelling; only German builds such compounds."""
    if not is_german(language):
        return []
    return list(dict.fromkeys(Match.PART + stem(fold(part), language) for part in compound_parts(word)))


def weigh(texts: Texts, language: str, *, with_parts: bool) -> dict[str, int]:
    """Return term → weight for an entry, parts of compounds under their stems; ``with_parts`` loads the compound model.

    Nothing is kept that weighs nothing.
    """
    weights: Counter[str] = Counter()
    for field, text in texts.by_field():
        counts = count_terms(text, language, with_parts=with_parts, with_stop_words=field == "title")
        for term, count in counts.items():
            factor = MATCH_FACTORS[Match(term[0])] * count / (count + SATURATION)
            weights[term] += round(FIELD_WEIGHTS[field] * factor)
    kept: dict[str, int] = {}
    for term, weight in weights.items():
        key = Match.STEM + term[1:] if term.startswith(Match.PART) else term
        kept[key] = max(kept.get(key, 0), weight)
    return {term: weight for term, weight in kept.items() if weight}


def count_terms(text: str, language: str, *, with_parts: bool, with_stop_words: bool = False) -> Counter[str]:
    """Return how often each term occurs in ``text``; stop words have none unless asked for, single letters never."""
    clean = normalize(text)
    written = written_words(clean)
    words = Counter(token.text for token in tokens_of(clean))
    words.update(fold(first + second) for first, second in ABBREVIATION.findall(clean))
    if with_parts and is_german(language):
        words.update(completed_words(clean))
    counts: Counter[str] = Counter()
    for word, count in words.items():
        if is_stop_word(word, language) and not (with_stop_words and len(word) > 1):
            continue
        terms = word_terms(word, language)
        if with_parts:
            terms += part_terms(written.get(word, word), language)
        for term in terms:
            counts[term] += count
    return counts


def written_words(text: str) -> dict[str, str]:
    """Return folded word → the word as ``text`` first writes it, parts of hyphenated words one by one."""
    found: dict[str, str] = {}
    for match in WORD.finditer(text):
        for part in written_parts(match.group()):
            found.setdefault(fold(part), part)
    return found


def completed_words(text: str) -> list[str]:
    """Return the folded words that ``text`` leaves out half of: beitragsordnung for „Beitrags- und Finanzordnung“."""
    found = []
    for beginning, second in ELLIPSIS.findall(text):
        ends = [part for part in map(fold, compound_parts(second)) if fold(second).endswith(part)]
        found += [(fold(beginning) + end)[:LONGEST_WORD] for end in ends]
    return found


def stem_sequence(texts: Texts, language: str) -> str:
    """Return the stems of all fields in order, each between single spaces, for looking up quoted phrases."""
    fields = (" ".join(stem(t.text, language) for t in tokenize(normalize(text))) for _, text in texts.by_field())
    return f" {' | '.join(field for field in fields if field)} "


def spellings(texts: Texts, *, with_parts: bool) -> dict[str, str]:
    """Return folded word → the word as the texts first write it, for words of letters alone.

    ``with_parts`` adds the parts of compounds, written like nouns.
    """
    found: dict[str, str] = {}
    for _, text in texts.by_field():
        for word, written in written_words(normalize(text)).items():
            if written.isalpha():
                found.setdefault(word, written)
    if with_parts:
        parts = [part for written in list(found.values()) for part in compound_parts(written)]
        found = {fold(part): part.capitalize() for part in parts} | found
    return found
