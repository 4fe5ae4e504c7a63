"""Everything the result page shows for a query."""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property

from portal.delivery.snapshot import snapshot
from search.analysis.highlight import Piece, excerpt, mark
from search.analysis.query import Query, Synonyms, Word, parse_query
from search.analysis.stems import stem
from search.analysis.terms import Match
from search.editorial import PROMOTIONS, SYNONYMS, Promoted, promotion_key
from search.lookup import Hits, Survey, fetch, survey
from search.models import IndexEntry
from search.sources import kind_labels
from search.splitting import Cuts, Sequence, cut_compounds
from search.suggestions import NEARLY_EQUAL, Vocabulary, suggest, vocabulary


@dataclass(frozen=True, slots=True)
class Result:
    """One entry of the list, ready to be shown."""

    url: str
    kind_label: str
    date: dt.date | None
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True, slots=True)
class KindFilter:
    """A kind with the number of its hits."""

    kind: str
    label: str
    count: int
    is_current: bool


@dataclass
class Results:
    """What was found for ``query``; ``shown`` is what it was read as: its compounds cut, its typing errors corrected.

    ``suggestion`` is the query without typing errors; ``is_corrected`` tells that its hits are shown, because the query
    itself has none.
    """

    query: Query
    shown: Query
    language: str
    hits: Hits = field(default_factory=Hits)
    suggestion: str = ""
    is_corrected: bool = False
    promoted: list[Promoted] = field(default_factory=list)

    @cached_property
    def results(self) -> list[Result]:
        """The entries of this page with their hits marked."""
        labels = kind_labels()
        return [result_of(entry, self.shown.all_terms, labels) for entry in self.hits.entries]

    @property
    def kinds(self) -> list[KindFilter]:
        """The kinds that have hits, the most frequent first."""
        labels = kind_labels()
        ordered = sorted(self.hits.counts.items(), key=lambda item: (-item[1], item[0]))
        return [KindFilter(kind, labels.get(kind, kind), count, kind == self.hits.kind) for kind, count in ordered]


def search(raw: str, language: str, *, kind: str = "", page: int = 1) -> Results:
    """Return the results for what a visitor typed, at most eight queries."""
    parts = snapshot()
    query = parse_query(raw, language, parts.part(SYNONYMS))
    results = Results(query=query, shown=query, language=language)
    if not query.words:
        return results
    results.promoted = parts.part(PROMOTIONS).get(promotion_key(raw, language), [])
    found = survey(query, language)
    if not found.full and found.unknown:
        found = read_otherwise(found, results, parts.part(SYNONYMS))
    results.hits = fetch(found, language, kind=kind, page=page)
    return results


def read_otherwise(found: Survey, results: Results, synonyms: Synonyms) -> Survey:
    """Try to make sense of the words that no page has; return the better survey and say so in ``results``.

    A word may be held by longer ones of the site, be a compound whose parts are known, be mistyped, or be a compound of
    which one part is known, in this order. What a compound may have been meant for is suggested beside its hits. At
    most four queries.
    """
    language = results.language
    words = vocabulary((word.text for word in found.unknown), language)
    cuts = cut_compounds(found.unknown, language)
    read = {word.text: reading for word in found.unknown if (reading := reading_of(word, words, cuts))}
    mistyped = [word.text for word in found.unknown if word.text not in read]
    correction = suggest(found.query.text, mistyped, words)
    cut = [text for text, word in read.items() if word.sequences and not mistyped]
    results.suggestion = correction or suggest(found.query.text, cut, words, least=NEARLY_EQUAL)
    if not correction:
        halves = {word.text: cuts.one(word.text) for word in found.unknown if word.text not in read}
        read |= {word.text: with_sequence(word, half) for word in found.unknown if (half := halves.get(word.text))}
    if not read and not correction:
        return found
    other = parse_query(correction or found.query.text, language, synonyms)
    other = replace(other, words=tuple(read.get(word.text, word) for word in other.words))
    second = survey(other, language, before=found)
    if second.full or not found.has_hits:
        results.shown, results.is_corrected = other, bool(correction)
        return second
    return found


def reading_of(word: Word, words: Vocabulary, cuts: Cuts) -> Word | None:
    """Return the unknown ``word`` as a part of longer words, or as its own two parts; None when it is neither."""
    if holding := words.holding(word.text):
        return replace(word, terms=(*word.terms, *(Match.STEM + stem(known, words.language) for known in holding)))
    both = cuts.both(word.text)
    return with_sequence(word, both) if both else None


def with_sequence(word: Word, sequence: Sequence) -> Word:
    """Return ``word`` that also hits where all members of ``sequence`` do."""
    return replace(word, sequences=(*word.sequences, sequence))


def result_of(entry: IndexEntry, terms: set[str], labels: dict[str, str]) -> Result:
    """Return ``entry`` with its hits marked; the excerpt comes from the first field that has one.

    A long attachment is only looked through for a hit that neither the title nor another field shows.
    """
    title = mark(entry.title, terms, entry.language)
    fields = [text for text in (entry.intro, entry.body) if text]
    if entry.attachment and not (fields and any(piece.is_hit for piece in title)):
        fields.append(entry.attachment)
    excerpts = (excerpt(text, terms, entry.language) for text in fields)
    with_hit = next((pieces for pieces in excerpts if any(piece.is_hit for piece in pieces)), None)
    return Result(
        url=entry.url,
        kind_label=labels.get(entry.kind, ""),
        date=entry.date,
        title=title,
        excerpt=with_hit or (excerpt(fields[0], terms, entry.language) if fields else []),
    )
