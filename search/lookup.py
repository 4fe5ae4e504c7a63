"""Looking a query up in the index: which entries, in which order.

Three ways lead to the same order. One word is counted and ranked by the index alone, whatever number of entries has it.
Several words are looked for in the entries of the rarest one, or their lists are put side by side where all are common.
Where no entry has all of them, those with some are ranked. The weights are whole numbers and the sorting is done here,
so that both databases give equal hits in equal order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain, repeat
from operator import neg

from search.analysis.query import Query, Terms, Word
from search.models import IndexEntry
from search.postings import (
    Found,
    Frequencies,
    State,
    best_entries,
    count_terms,
    find,
    lists_of,
    state_if_common,
    with_phrases,
)

PAGE_SIZE = 10

# Picking the postings of one entry takes about as long as reading so many one after the other.
COST_OF_PICKING = 4
# What a synonym's rank is divided by: the word itself comes before it, a synonym in the title before it in the text.
SYNONYM_DIVISOR = 2

# An entry that has some words of a query, as it sorts in the results: minus the number of words, minus the rank, entry.
Row = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rows:
    """Entries to rank, and the kinds of at least these."""

    rows: list[Row]
    kinds: Mapping[int, str]

    def counts(self) -> dict[str, int]:
        """Return kind → number of entries."""
        return dict(Counter(map(self.kinds.__getitem__, (entry for _, _, entry in self.rows))))

    def best(self, number: int, kind: str) -> list[int]:
        """Return the best entries, of this kind if one is given."""
        chosen = [row for row in self.rows if self.kinds[row[-1]] == kind] if kind else self.rows
        return [entry for _, _, entry in nsmallest(number, chosen)]


@dataclass(frozen=True, slots=True)
class Survey:
    """How much there is for a query: ``full`` counts the entries with all words by kind.

    ``rows`` are those entries; None where the index gives a page of them by itself. ``known`` tells for each word of
    the query whether any entry has it.
    """

    query: Query
    full: dict[str, int]
    rows: Rows | None
    known: tuple[bool, ...]
    frequencies: Frequencies

    @property
    def has_hits(self) -> bool:
        """Whether anything can be shown; a quoted phrase admits no entry that has only some of the words."""
        return bool(self.full) or (any(self.known) and not self.query.phrases)

    @property
    def unknown(self) -> list[Word]:
        """The words that no entry has."""
        return [word for word, is_known in zip(self.query.words, self.known, strict=True) if not is_known]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of entries in order, and how many there are in all by kind."""

    entries: list[IndexEntry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    is_partial: bool = False
    kind: str = ""
    page: int = 1

    @property
    def total(self) -> int:
        """How many entries there are of the chosen kind, or of all."""
        return self.counts[self.kind] if self.kind else sum(self.counts.values())


def survey(query: Query, language: str, *, before: Survey | None = None) -> Survey:
    """Count the entries for ``query``: at most two queries for one word, four for several.

    ``before`` is the survey of the same text read otherwise: of several words its frequencies must do, and those that
    it does not know are taken for known.
    """
    is_simple = is_ranked_by_the_index(query)
    state = None if before else state_if_common(query, language)
    if before and not is_simple:
        frequencies = before.frequencies
    else:
        frequencies = count_terms(query, language, state, by_kind=is_simple)
    known = tuple((before and not is_simple) or is_known(word, frequencies) for word in query.words)
    if is_simple:
        return Survey(query, dict(frequencies.get(query.words[0].stem_terms[0], {})), None, known, frequencies)
    if not before and not all(known):
        return Survey(query, {}, Rows([], {}), known, frequencies)
    rows = rows_with_all_words(query, language, frequencies, state)
    return Survey(query, rows.counts(), rows, known, frequencies)


def fetch(found: Survey, language: str, *, kind: str = "", page: int = 1) -> Hits:
    """Return page ``page`` (from 1, at most the last) of what the survey counted (two queries, none without hits).

    A ``kind`` that no entry has is no filter.
    """
    if not found.has_hits:
        return Hits()
    rows = found.rows
    if not found.full:
        rows = rows_with_some_words(found.query, language)
    counts = found.full or (rows.counts() if rows else {})
    if not counts:
        return Hits()
    kind = kind if kind in counts else ""
    total = counts[kind] if kind else sum(counts.values())
    page = min(page, -(-total // PAGE_SIZE))
    last = page * PAGE_SIZE
    if rows is None:
        keys = best_entries(found.query.words[0], language, kind=kind, number=last)
    else:
        keys = rows.best(last, kind)
    keys = keys[last - PAGE_SIZE :]
    entries = IndexEntry.objects.defer("stems").in_bulk(keys)
    return Hits([entries[key] for key in keys if key in entries], counts, not found.full, kind, page)


def is_ranked_by_the_index(query: Query) -> bool:
    """Whether all hits share one term: one word without synonyms, sequences and phrases."""
    word = query.words[0]
    is_single = len(query.words) == 1 and len(word.stem_terms) == 1
    return is_single and not (word.sequences or word.meaning or query.phrases)


def is_known(word: Word, frequencies: Frequencies) -> bool:
    """Whether entries have the word or its meaning, or every member of one of its sequences."""
    return (
        has_any(word.terms, frequencies)
        or any(all(has_any(terms, frequencies) for terms in sequence) for sequence in word.sequences)
        or (word.meaning is not None and is_known(word.meaning, frequencies))
    )


def has_any(terms: Iterable[str], frequencies: Frequencies) -> bool:
    return any(term in frequencies for term in terms)


def rows_with_all_words(query: Query, language: str, frequencies: Frequencies, state: State | None) -> Rows:
    """Return the entries with all words (one query, one more for phrases)."""

    def number(word: Word) -> int:
        return sum(sum(frequencies.get(term, {}).values()) for term in word.all_stem_terms)

    simple = [word for word in query.words if not word.has_sequences]
    rarest = min(simple, key=number) if simple else None
    if rarest and number(rarest) * COST_OF_PICKING > sum(map(number, query.words)):
        rarest = None
    groups = {group for word in query.words for group in groups_of(word)}
    if state:
        lists = lists_of(groups, language, state)
    else:
        lists = find(groups, language, within=rarest.all_stem_terms if rarest else ())
    words = [ranks_of(word, lists) for word in query.words]
    hits = list(set(words[0]).intersection(*words[1:]))
    if query.phrases:
        hits = with_phrases(query.phrases, hits)
    totals = map(sum, zip(*(map(word.__getitem__, hits) for word in words), strict=True))
    rows = list(zip(repeat(-len(words)), map(neg, totals), hits, strict=False))
    return Rows(rows, kinds_in([lists[group] for group in groups_of(query.words[0])]))


def rows_with_some_words(query: Query, language: str) -> Rows:
    """Return the entries that have any word of the query (one query)."""
    lists = find({group for word in query.words for group in groups_of(word)}, language)
    words = [ranks_of(word, lists) for word in query.words]
    found = Counter(chain.from_iterable(words))
    rows = [(-n, -sum(w.get(entry, 0) for w in words), entry) for entry, n in found.items()]
    return Rows(rows, kinds_in(lists.values()))


def groups_of(word: Word) -> Iterator[Terms]:
    """Yield the groups of terms whose lists ``ranks_of`` needs."""
    yield word.index_terms
    yield from chain.from_iterable(word.sequences)
    if word.meaning:
        yield from groups_of(word.meaning)


def ranks_of(word: Word, lists: Mapping[Terms, Found]) -> dict[int, int]:
    """Return entry → the best rank ``word`` has there; a sequence ranks like its weakest member, a synonym half."""
    best = lists[word.index_terms].ranks
    if not word.sequences and not word.meaning:
        return best
    best = dict(best)
    for sequence in word.sequences:
        members = [lists[terms].ranks for terms in sequence]
        for entry in set(members[0]).intersection(*members[1:]):
            best[entry] = max(best.get(entry, 0), min(member[entry] for member in members))
    for entry, rank in ranks_of(word.meaning, lists).items() if word.meaning else ():
        best[entry] = max(best.get(entry, 0), rank // SYNONYM_DIVISOR)
    return best


def kinds_in(lists: Iterable[Found]) -> Mapping[int, str]:
    """Return entry → kind over ``lists``."""
    filled = [one.kinds for one in lists if one.kinds]
    if len(filled) == 1:
        return filled[0]
    return {entry: kind for kinds in filled for entry, kind in kinds.items()}
