"""Looking a query up in the index: which entries, in which order.

One query counts, one ranks, one reads the entries of the page shown. Both databases get the same arithmetic over the
same weights, so that their hits and their order are equal.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from operator import add

from django.db import connection
from django.db.models import Aggregate, Case, F, Func, IntegerField, Max, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from search.analysis.query import Query, Word
from search.models import IndexEntry, Posting

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Survey:
    """How much there is for a query, before anything is read.

    ``full`` counts the entries with all words by kind, ``some`` those with at least one; ``known`` tells for each word
    of the query whether any entry has it.
    """

    query: Query
    full: dict[str, int]
    some: dict[str, int]
    known: tuple[bool, ...]

    @property
    def is_partial(self) -> bool:
        """Whether no entry has all words, but some have some."""
        return not self.full and bool(self.some)

    @property
    def counts(self) -> dict[str, int]:
        """What is shown: the entries with all words, else those with some; a quoted phrase admits no half hits."""
        return self.full or ({} if self.query.phrases else self.some)

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


def survey(query: Query, language: str) -> Survey:
    """Count the entries for ``query`` (one query)."""
    numbers = range(len(query.words))
    full: Counter[str] = Counter()
    some: Counter[str] = Counter()
    seen = 0
    for kind, mask, count in count_masks(scored(query, language), len(query.words)):
        some[kind] += count
        seen |= mask
        if mask == 2 ** len(numbers) - 1:
            full[kind] += count
    return Survey(query, dict(full), dict(some), known=tuple(bool(seen & 2**number) for number in numbers))


def count_masks(rows: QuerySet, words: int) -> list[tuple[str, int, int]]:
    """Return (kind, which words, number of entries); the words are bits, the first one the lowest.

    Django cannot group what is grouped already, and counting by conditions costs more than the search itself.
    """
    bits = (Case(When(**{f"word{number}__gt": 0}, then=2**number), default=0) for number in range(words))
    sql, parameters = rows.annotate(mask=reduce(add, bits)).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kind, mask, COUNT(*) FROM ({sql}) AS entries GROUP BY kind, mask", parameters)  # noqa: S608 - Django's own SQL
        return cursor.fetchall()


def fetch(found: Survey, language: str, *, kind: str = "", page: int = 1) -> Hits:
    """Return page ``page`` (from 1, at most the last) of what the survey counted (two queries, none without hits).

    Most words first, then the best score, then the newest. A ``kind`` that no entry has is no filter.
    """
    counts = found.counts
    if not counts:
        return Hits()
    kind = kind if kind in counts else ""
    total = counts[kind] if kind else sum(counts.values())
    page = min(page, -(-total // PAGE_SIZE))
    rows = ranked(scored(found.query, language, kind=kind), len(found.query.words))
    if not found.is_partial:
        rows = rows.filter(found=len(found.query.words))
    ordered = rows.order_by("-found", "-score", "-day", "entry_id").values_list("entry_id", flat=True)
    keys = list(ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    entries = IndexEntry.objects.defer("stems").in_bulk(keys)
    return Hits([entries[key] for key in keys if key in entries], counts, found.is_partial, kind, page)


def scored(query: Query, language: str, *, kind: str = "") -> QuerySet:
    """Return a row per entry that has any word, with ``word0`` …, the best weight each word has in it."""
    postings = Posting.objects.filter(language=language, term__in=query.all_terms)
    if kind:
        postings = postings.filter(kind=kind)
    for phrase in query.phrases:
        postings = postings.filter(entry__stems__contains=phrase)
    names = [f"word{number}" for number in range(len(query.words))]
    best: dict[str, Aggregate | Func] = dict(zip(names, map(best_weight, query.words), strict=True))
    if len(query.words) == 1 and not query.words[0].sequences:
        best = {"word0": Max("weight")}
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
