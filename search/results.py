"""Everything the result page shows for a query."""

from dataclasses import dataclass, field
from functools import cached_property

from wagtail.models import Page

from search.analysis.highlight import Piece, excerpt, mark
from search.analysis.query import Query, parse_query
from search.analysis.tokens import tokenize
from search.lookup import Hits, known_words, look_up
from search.models import IndexEntry, Promotion, Synonym
from search.sources import kind_labels
from search.suggestions import suggest


@dataclass(frozen=True, slots=True)
class Result:
    """One entry of the list, ready to be shown."""

    url: str
    kind_label: str
    date: object
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
    """What was found: for ``query``, or, when nothing was, for ``corrected`` in its place."""

    query: Query
    language: str
    hits: Hits = field(default_factory=Hits)
    corrected: str = ""
    suggestion: str = ""
    promoted: list[Promotion] = field(default_factory=list)

    @cached_property
    def results(self) -> list[Result]:
        shown = parse_query(self.corrected, self.language) if self.corrected else self.query
        terms = [term for word in shown.words for term in word.terms]
        labels = kind_labels()
        return [result_of(entry, terms, labels) for entry in self.hits.entries]

    @property
    def kinds(self) -> list[KindFilter]:
        labels = kind_labels()
        return [
            KindFilter(kind, str(labels.get(kind, kind)), count, kind == self.hits.kind)
            for kind, count in sorted(self.hits.counts.items(), key=lambda item: -item[1])
        ]


def result_of(entry: IndexEntry, terms: list[str], labels: dict[str, str]) -> Result:
    """Return ``entry`` with its hits marked; the excerpt comes from the first field that has one."""
    pieces: list[Piece] = []
    for text in (entry.intro, entry.body, entry.attachment):
        pieces = excerpt(text, terms, entry.language) if text else pieces
        if any(piece.is_hit for piece in pieces):
            break
    else:
        pieces = excerpt(entry.intro or entry.body, terms, entry.language)
    return Result(
        url=entry.url,
        kind_label=str(labels.get(entry.kind, "")),
        date=entry.date,
        title=mark(entry.title, terms, entry.language),
        excerpt=pieces,
    )


def search(raw: str, language: str, *, kind: str = "", page: int = 1) -> Results:
    """Return the results for what a visitor typed, at most eight queries."""
    query = parse_query(raw, language, synonyms())
    results = Results(query=query, language=language)
    if not query.words:
        return results
    known = known_words(query.words, language)
    results.hits = look_up(query, known, language, kind=kind, page=page)
    if len(known) < len(query.words):
        unknown = [word.text for word in query.words if word not in known]
        results.suggestion = suggest(query.text, unknown, language)
    if not results.hits.total and results.suggestion:
        results.corrected = results.suggestion
        corrected = parse_query(results.corrected, language)
        results.hits = look_up(corrected, list(corrected.words), language, kind=kind, page=page)
    results.promoted = promotions(query.text)
    return results


def synonyms() -> dict[str, tuple[str, ...]]:
    """Return folded word → folded meanings, in both directions."""
    groups: dict[str, list[str]] = {}
    for word, meanings in Synonym.objects.values_list("word", "meanings"):
        spellings = [folded(text) for text in (word, *meanings.split(",")) if folded(text)]
        for spelling in spellings:
            groups.setdefault(spelling, []).extend(other for other in spellings if other != spelling)
    return {word: tuple(dict.fromkeys(others)) for word, others in groups.items()}


def folded(text: str) -> str:
    return " ".join(token.text for token in tokenize(text))


def promotions(text: str) -> list[Promotion]:
    """Return what editors put first for exactly this query, public pages only."""
    public = Page.objects.live().public()
    return list(Promotion.objects.filter(query__iexact=text, page__in=public).select_related("page"))
