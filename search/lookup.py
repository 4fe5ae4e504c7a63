"""Looking a query up in the index: which entries, in which order.

Three ways lead to the same order. One word is counted and ranked by the index alone, whatever number of entries has it.
Several words are looked for in the entries of the rarest one, or their postings are put side by side where all are
common. Where no entry has all of them, those with some are ranked. The weights are whole numbers and the sorting is
done here, so that both databases give equal hits in equal order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain, repeat
from operator import neg
from typing import NamedTuple

from django.db import connection
from django.db.models import Aggregate, BigIntegerField, Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from search.analysis.query import Query, Word
from search.analysis.terms import Match
from search.models import IndexEntry, Posting

PAGE_SIZE = 10

# Picking the postings of one entry takes about as long as reading so many one after the other.
COST_OF_PICKING = 4

# Term → kind → how many entries have it.
Frequencies = Mapping[str, Mapping[str, int]]
# Entry → rank: its weight, and its day in the lower digits, wide enough for the days of a query's words together.
Ranks = dict[int, int]
RANK = Cast("weight", BigIntegerField()) * 2**24 + F("day")


class Row(NamedTuple):
    """An entry that has some words of a query, in the order of results: most words first, then the best rank."""

    minus_found: int
    minus_rank: int
    entry: int
    kind: str


class Joined(Aggregate):
    """The values of all rows as one text with commas between: far quicker than thousands of rows."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')")


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
    frequencies = before.frequencies if before and not is_simple else count_terms(query, language, by_kind=is_simple)
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
        keys = [row.entry for row in nsmallest(last, chosen)]
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


def count_terms(query: Query, language: str, *, by_kind: bool) -> Frequencies:
    """Return how many entries have each stem of the query (one query); all under one kind unless ``by_kind``."""
    terms = [term for term in query.all_terms if term.startswith(Match.STEM)]
    kind = F("kind") if by_kind else Value("")
    rows = Posting.objects.filter(language=language, term__in=terms).order_by()
    frequencies: dict[str, dict[str, int]] = {}
    for term, name, number in rows.values("term").annotate(of=kind).values_list("term", "of", Count("pk")):
        frequencies.setdefault(term, {})[name] = number
    return frequencies


def is_known(word: Word, frequencies: Frequencies) -> bool:
    """Whether entries have the word, or every member of one of its sequences."""
    return has_any(word.terms, frequencies) or any(
        all(has_any(terms, frequencies) for terms in sequence) for sequence in word.sequences
    )


def has_any(terms: Iterable[str], frequencies: Frequencies) -> bool:
    return any(term in frequencies for term in terms)


def rows_with_all_words(query: Query, language: str, frequencies: Frequencies) -> list[Row]:
    """Return the entries with all words (one query)."""

    def number(word: Word) -> int:
        return sum(sum(frequencies.get(term, {}).values()) for term in word.stem_terms)

    simple = [word for word in query.words if not word.sequences]
    rarest = min(simple, key=number) if simple else None
    if rarest and number(rarest) * COST_OF_PICKING > sum(map(number, query.words)):
        rarest = None
    return rows_with(query, language, within=rarest, needs_all=True)


def rows_with(query: Query, language: str, *, within: Word | None = None, needs_all: bool = False) -> list[Row]:
    """Return the entries that have any word of the query, or all of them (one query).

    With ``within`` only the entries that have this word are looked at.
    """
    terms = {term for term in query.all_terms if not term.startswith(Match.PART)}
    postings = Posting.objects.filter(term__in=terms)
    if within:
        # The entries have the language already; asked again, the databases would go through all postings of each term.
        having = Posting.objects.filter(language=language, term__in=within.stem_terms)
        postings = postings.filter(entry_id__in=having.order_by().values("entry_id"))
    else:
        postings = postings.filter(language=language)
    for phrase in query.phrases:
        postings = postings.filter(entry__stems__contains=phrase)
    kinds: dict[int, str] = {}
    ranks: dict[str, Ranks] = {}
    lists = postings.order_by().values_list("term")
    for term, *texts in lists.annotate(entries=Joined("entry_id"), kinds=Joined("kind"), ranks=Joined(RANK)):
        numbers, kinds_of_term, ranks_of_term = (text.split(",") for text in texts)
        entries = list(map(int, numbers))
        ranks[term] = dict(zip(entries, map(int, ranks_of_term), strict=True))
        kinds.update(zip(entries, kinds_of_term, strict=True))
    words = [ranks_of(word, ranks) for word in query.words]
    if needs_all:
        hits = list(set(words[0]).intersection(*words[1:]))
        totals = map(sum, zip(*(map(word.__getitem__, hits) for word in words), strict=True))
        columns = zip(repeat(-len(words)), map(neg, totals), hits, map(kinds.__getitem__, hits), strict=False)
        return list(map(Row._make, columns))
    found = Counter(chain.from_iterable(words))
    return [Row(-n, -sum(w.get(entry, 0) for w in words), entry, kinds[entry]) for entry, n in found.items()]


def ranks_of(word: Word, ranks: Mapping[str, Ranks]) -> Ranks:
    """Return entry → the best rank ``word`` has there; a sequence ranks like its weakest member."""
    best = best_of(word.index_terms, ranks)
    for sequence in word.sequences:
        members = [best_of(terms, ranks) for terms in sequence]
        for entry in set(members[0]).intersection(*members[1:]):
            best[entry] = max(best.get(entry, 0), min(member[entry] for member in members))
    return best


def best_of(terms: Iterable[str], ranks: Mapping[str, Ranks]) -> Ranks:
    """Return entry → the greatest of its ranks for ``terms``."""
    largest, *others = sorted((ranks.get(term, {}) for term in terms), key=len, reverse=True)
    best = dict(largest)
    for other in others:
        best.update((entry, rank) for entry, rank in other.items() if rank > best.get(entry, 0))
    return best
