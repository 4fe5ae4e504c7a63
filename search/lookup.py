"""Looking a query up in the index: which entries, in which order.

Three ways lead to the same order. One word is counted and ranked by the index alone, whatever number of entries has it.
Several words are looked for in the entries of the rarest one. Where no entry has all of them, those with some are
ranked. The weights are whole numbers and the sorting is done here, so that both databases give equal hits in equal
order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from heapq import nsmallest
from operator import add
from typing import NamedTuple

from django.db import connection
from django.db.models import Aggregate, Case, Count, F, Func, IntegerField, Max, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from search.analysis.query import Query, Word
from search.analysis.terms import Match
from search.models import IndexEntry, Posting

PAGE_SIZE = 10

# Term → kind → how many entries have it.
Frequencies = Mapping[str, Mapping[str, int]]


class Row(NamedTuple):
    """An entry that has some words of a query: how many, and the sum of their weights."""

    entry: int
    kind: str
    day: int
    score: int
    found: int

    @property
    def place(self) -> tuple[int, int, int, int]:
        """What sorts it: most words first, then the best score, then the newest."""
        return -self.found, -self.score, -self.day, self.entry


@dataclass(frozen=True, slots=True)
class Survey:
    """How much there is for a query: ``full`` counts the entries with all words by kind.

    ``rows`` are those entries; None where the index gives a page of them by itself. ``known`` tells for each word of
    the query whether any entry has it.
    """

    query: Query
    full: dict[str, int]
    rows: list[Row] | None
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
    """Count the entries for ``query``: one query for one word, at most two for several.

    ``before`` is the survey of the same text read otherwise: of several words its frequencies must do, and those that
    it does not know are taken for known.
    """
    is_simple = is_ranked_by_the_index(query)
    frequencies = before.frequencies if before and not is_simple else count_terms(query, language)
    known = tuple((before and not is_simple) or is_known(word, frequencies) for word in query.words)
    if is_simple:
        return Survey(query, dict(frequencies.get(query.words[0].stem_terms[0], {})), None, known, frequencies)
    rows = rows_with_all_words(query, language, frequencies) if before or all(known) else []
    return Survey(query, dict(Counter(row.kind for row in rows)), rows, known, frequencies)


def fetch(found: Survey, language: str, *, kind: str = "", page: int = 1) -> Hits:
    """Return page ``page`` (from 1, at most the last) of what the survey counted (two queries, none without hits).

    A ``kind`` that no entry has is no filter.
    """
    if not found.has_hits:
        return Hits()
    rows = found.rows
    if not found.full:
        rows = rows_with(found.query, language)
    counts = dict(Counter(row.kind for row in rows)) if rows is not None else found.full
    if not counts:
        return Hits()
    kind = kind if kind in counts else ""
    total = counts[kind] if kind else sum(counts.values())
    page = min(page, -(-total // PAGE_SIZE))
    last = page * PAGE_SIZE
    if rows is None:
        keys = best_entries(found.query.words[0], language, kind=kind, number=last)
    else:
        chosen = (row for row in rows if not kind or row.kind == kind)
        keys = [row.entry for row in nsmallest(last, chosen, key=lambda row: row.place)]
    keys = keys[last - PAGE_SIZE :]
    entries = IndexEntry.objects.defer("stems").in_bulk(keys)
    return Hits([entries[key] for key in keys if key in entries], counts, not found.full, kind, page)


# -- one word


def is_ranked_by_the_index(query: Query) -> bool:
    """Whether all hits share one term: one word without synonyms that differ, sequences and phrases."""
    word = query.words[0]
    return len(query.words) == 1 and len(word.stem_terms) == 1 and not word.sequences and not query.phrases


def best_entries(word: Word, language: str, *, kind: str, number: int) -> list[int]:
    """Return the best ``number`` entries of one word (one query); each term's best are read from the index alone."""
    postings = Posting.objects.filter(language=language, **({"kind": kind} if kind else {}))
    ordered = postings.order_by("-weight", "-day", "entry_id").values_list("entry_id", "weight", "day")
    places: dict[int, tuple[int, int]] = {}
    for entry, weight, day in union_all([ordered.filter(term=term)[:number] for term in word.index_terms]):
        places[entry] = min(places.get(entry, (0, 0)), (-weight, -day))
    return nsmallest(number, places, key=lambda entry: (*places[entry], entry))


def union_all(parts: list[QuerySet]) -> list[tuple]:
    """Return the rows of all ``parts`` by one query; Django makes none of parts that are limited each, for SQLite."""
    compiled = [part.query.sql_with_params() for part in parts]
    sql = " UNION ALL ".join(f"SELECT * FROM ({one}) AS part{number}" for number, (one, _) in enumerate(compiled))  # noqa: S608 - Django's own SQL
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter for _, parameters in compiled for parameter in parameters])
        return cursor.fetchall()


# -- several words


def count_terms(query: Query, language: str) -> Frequencies:
    """Return how many entries have each stem of the query, by kind (one query)."""
    terms = [term for term in query.all_terms if term.startswith(Match.STEM)]
    rows = Posting.objects.filter(language=language, term__in=terms).order_by()
    frequencies: dict[str, dict[str, int]] = {}
    for term, kind, number in rows.values_list("term", "kind").annotate(Count("pk")):
        frequencies.setdefault(term, {})[kind] = number
    return frequencies


def is_known(word: Word, frequencies: Frequencies) -> bool:
    """Whether entries have the word, or every member of one of its sequences."""
    return has_any(word.terms, frequencies) or any(
        all(has_any(terms, frequencies) for terms in sequence) for sequence in word.sequences
    )


def has_any(terms: Iterable[str], frequencies: Frequencies) -> bool:
    return any(term in frequencies for term in terms)


def rows_with_all_words(query: Query, language: str, frequencies: Frequencies) -> list[Row]:
    """Return the entries with all words (one query); only those of the rarest word are looked at."""

    def number(word: Word) -> int:
        return sum(sum(frequencies.get(term, {}).values()) for term in word.stem_terms)

    simple = [word for word in query.words if not word.sequences]
    within = min(simple, key=number) if simple else None
    return [row for row in rows_with(query, language, within=within) if row.found == len(query.words)]


def rows_with(query: Query, language: str, *, within: Word | None = None) -> list[Row]:
    """Return the entries that have any word of the query (one query), with ``within`` only those that have this one."""
    postings = Posting.objects.filter(term__in=[term for term in query.all_terms if not term.startswith(Match.PART)])
    if within:
        # The entries have the language already; asked again, the databases would go through all postings of each term.
        having = Posting.objects.filter(language=language, term__in=within.stem_terms)
        postings = postings.filter(entry_id__in=having.order_by().values("entry_id"))
    else:
        postings = postings.filter(language=language)
    for phrase in query.phrases:
        postings = postings.filter(entry__stems__contains=phrase)
    rows = ranked(scored(postings, query), len(query.words))
    return list(map(Row._make, rows.values_list("entry_id", "kind", "day", "score", "found")))


def scored(postings: QuerySet, query: Query) -> QuerySet:
    """Return a row per entry, with ``word0`` …, the best weight each word has in it."""
    names = [f"word{number}" for number in range(len(query.words))]
    best: dict[str, Aggregate | Func] = dict(zip(names, map(best_weight, query.words), strict=True))
    return postings.order_by().values("entry_id", "kind", "day").annotate(**best)


def ranked(rows: QuerySet, words: int) -> QuerySet:
    """Return ``rows`` with ``score``, the sum of the weights, and ``found``, how many words there are."""
    names = [f"word{number}" for number in range(words)]
    return rows.annotate(
        score=reduce(add, (F(name) for name in names)),
        found=reduce(add, (Case(When(**{f"{name}__gt": 0}, then=1), default=0) for name in names)),
    )


def best_weight(word: Word) -> Coalesce | Greatest:
    """Return the best weight any term of ``word`` has; a sequence weighs as much as its weakest member."""
    best = best_of(word.terms)
    sequences = [Least(*map(best_of, terms)) if len(terms) > 1 else best_of(terms[0]) for terms in word.sequences]
    return Greatest(best, *sequences) if sequences else best


def best_of(terms: tuple[str, ...]) -> Coalesce:
    """Return the greatest weight among ``terms`` in an entry, 0 without any."""
    return Coalesce(Max(Case(When(term__in=terms, then=F("weight")), output_field=IntegerField())), Value(0))
