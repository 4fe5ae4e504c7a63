"""What editors add to the search, kept in the snapshot: a search asks the database for none of it."""

from dataclasses import dataclass

from wagtail.models import Page

from search.analysis.query import parse_query
from search.analysis.tokens import tokenize
from search.models import Promotion, Synonym

SYNONYMS = "search.synonyms"
PROMOTIONS = "search.promotions"


@dataclass(frozen=True, slots=True)
class Promoted:
    """A page editors put first."""

    title: str
    url: str
    note: str


def collect_synonyms() -> dict[str, tuple[str, ...]]:
    """Return folded word → folded words that mean the same, in both directions."""
    groups: dict[str, list[str]] = {}
    for word, meanings in Synonym.objects.order_by("word").values_list("word", "meanings"):
        spellings = [spelling for text in (word, *meanings.split(",")) if (spelling := folded(text))]
        for spelling in spellings:
            groups.setdefault(spelling, []).extend(other for other in spellings if other != spelling)
    return {word: tuple(dict.fromkeys(others)) for word, others in groups.items()}


def folded(text: str) -> str:
    """Return the folded words of ``text`` with single spaces; hyphens join."""
    words: dict[int, str] = {}
    for token in tokenize(text):
        words[token.start] = token.text
    return " ".join(words.values())


def collect_promotions() -> dict[tuple[str, str], list[Promoted]]:
    """Return (language, folded query) → the pages editors put first for it; public pages only."""
    public = Page.objects.live().public().in_bulk(list(Promotion.objects.values_list("page_id", flat=True)))
    found: dict[tuple[str, str], list[Promoted]] = {}
    for promotion in Promotion.objects.order_by("pk"):
        page = public.get(promotion.page_id)
        url = page.get_url() if page else None
        if page is None or url is None:
            continue
        language = page.locale.language_code
        for query in promotion.query.split(","):
            if promotion_key(query, language)[1]:
                promoted = Promoted(page.title, url, promotion.note)
                found.setdefault(promotion_key(query, language), []).append(promoted)
    return found


def promotion_key(text: str, language: str) -> tuple[str, str]:
    """Return what a query and a promotion must share: the language and the words, whatever their spelling."""
    return language, " ".join(word.text for word in parse_query(text, language).words)
