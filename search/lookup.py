"""Looking a query up in the index: which entries, in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, and_

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from search.analysis.query import Query, Word
from search.models import IndexEntry, Posting

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of entries in order, and how many there are in all by kind.

    ``is_partial`` tells that no entry has all words of the query, and these have some.
    """

    entries: list[IndexEntry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    is_partial: bool = False
    kind: str = ""
    page: int = 1

    @property
    def total(self) -> int:
        """How many entries there are of the chosen kind, or of all."""
        return self.counts[self.kind] if self.kind else sum(self.counts.values())

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def known_words(words: Iterable[Word], language: str) -> list[Word]:
    """Return those of ``words`` that occur anywhere in the index of ``language`` (one query)."""
    words = list(words)
    terms = {term for word in words for term in word.terms}
    known = set(
        Posting.objects.filter(term__in=terms, entry__language=language).values_list("term", flat=True).distinct()
    )
    return [word for word in words if known.intersection(word.terms)]


def look_up(query: Query, words: list[Word], language: str, *, kind: str = "", page: int = 1) -> Hits:
    """Return page ``page`` (from 1, at most the last) of the entries that have all ``words``, or, if none has, some.

    Three or four queries; a ``kind`` that no entry has is no filter.
    """
    if not words:
        return Hits()
    is_partial = len(words) < len(query.words)
    postings = matching(words, language, query.phrases, need_all=not is_partial)
    counts = count_kinds(postings)
    if not counts and not is_partial and len(words) > 1 and not query.phrases:
        is_partial = True
        postings = matching(words, language, (), need_all=False)
        counts = count_kinds(postings)
    if not counts:
        return Hits()
    hits = Hits(counts=counts, is_partial=is_partial, kind=kind if kind in counts else "")
    hits = replace(hits, page=min(page, hits.pages))
    return replace(hits, entries=entries_of(postings, hits.kind, hits.page))


def matching(words: list[Word], language: str, phrases: tuple[str, ...], *, need_all: bool) -> QuerySet:
    """Return one row per entry with ``score`` and ``found`` (how many words it has)."""
    terms = {term for word in words for term in word.terms}
    best = {
        f"word{number}": Max(Case(When(term__in=word.terms, then=F("weight")), output_field=IntegerField()))
        for number, word in enumerate(words)
    }
    postings: QuerySet = Posting.objects.filter(term__in=terms, entry__language=language)
    for phrase in phrases:
        postings = postings.filter(entry__stems__contains=phrase)
    postings = postings.values("entry_id").annotate(**best)
    if need_all:
        postings = postings.filter(reduce(and_, (Q(**{f"{name}__isnull": False}) for name in best)))
    return postings.annotate(
        score=reduce(add, (Coalesce(F(name), Value(0)) for name in best)),
        found=reduce(add, (Case(When(**{f"{name}__isnull": False}, then=1), default=0) for name in best)),
    )


def count_kinds(postings: QuerySet) -> dict[str, int]:
    """Return kind → number of entries."""
    found = IndexEntry.objects.filter(pk__in=postings.values("entry_id"))
    return dict(found.order_by().values_list("kind").annotate(Count("pk")))


def entries_of(postings: QuerySet, kind: str, page: int) -> list[IndexEntry]:
    """Return the entries of one page: most words first, then the best score, then the newest."""
    if kind:
        postings = postings.filter(entry__kind=kind)
    ordered = postings.order_by("-found", "-score", F("entry__date").desc(nulls_last=True), "entry_id")
    ids = list(ordered.values_list("entry_id", flat=True)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    entries = IndexEntry.objects.in_bulk(ids)
    return [entries[pk] for pk in ids if pk in entries]
