"""What a search costs at 200, 2,000 and 10,000 pages, beside Wagtail's plain database search on the same pages.

Every page's words are drawn from one vocabulary by a fixed seed: „Quartier“ stands on every third page, „Werkstatt“ on
every fiftieth, the number of its own on one.
"""

import random
from collections.abc import Callable
from typing import Any

from bench.measuring import Result, measure

SIZES = (200, 2_000, 10_000)
ROUNDS = 5
COMMON, MIDDLING = "Quartier", "Werkstatt"
FILLING = (
    *("Nachbarschaft", "Garten", "Beteiligung", "Kinder", "Jugend", "Umbau", "Wohnung", "Straße", "Verein", "Treffen"),
    *("Projekt", "Stadtteilbüro", "Förderung", "Platz", "Bericht", "Planung", "Verwaltung", "Initiative", "Kultur"),
    *("Sprache", "Begegnung", "Spielplatz", "Haus", "Markt", "Energie", "Beratung", "Fest", "Zeitung", "Sommer"),
)
SLUG = "messung"


def measure_sizes(tell: Callable[[str, list[Result]], None]) -> dict[str, list[Result]]:
    """Fill the database step by step and measure at each size; ``tell`` prints a table as soon as it is there."""
    from django.db import connection

    results = {}
    for size in SIZES:
        fill(size)
        name = f"search in {size} pages, {connection.vendor}"
        # Wagtail's ranking takes minutes a query in many pages: once is enough to see it.
        rounds = ROUNDS if size < SIZES[-1] else 1
        results[name] = measure(search_actions(size), rounds=rounds)
        tell(f"Four searches each: {name}, ratio to our own", results[name])
    return results


def search_actions(size: int) -> dict[str, Callable[[], object]]:
    """Return what to measure with ``size`` pages in the index and the database; call ``fill`` before."""
    from wagtail.models import Page

    from search.results import search

    def own() -> None:
        for query in queries(size):
            _ = search(query, "de").results

    def stock() -> None:
        for query in queries(size):
            list(Page.objects.live().public().search(query)[:10])

    return {f"own search, {size} pages": own, f"Wagtail's search, {size} pages": stock}


def queries(size: int) -> tuple[str, ...]:
    """Return a common word, a middling one, both together and one that a single page has."""
    return COMMON, MIDDLING, f"{COMMON} {MIDDLING}", f"kennwort{size // 2}"


def fill(size: int) -> None:
    """Add pages below the home page until there are ``size`` of them, and bring both indexes up to date."""
    from wagtail.models import Page, Site
    from wagtail.search.backends import get_search_backend

    from pages.models import StandardPage
    from pages.search_source import findable_of
    from search.analysis.terms import Texts
    from search.index import batches, store

    home = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
    parent = Page.objects.child_of(home).filter(slug=SLUG).first()
    if parent is None:
        parent = home.add_child(instance=StandardPage(title="Messung", slug=SLUG))
    backend = get_search_backend()
    for numbers in batches(range(Page.objects.child_of(parent).count(), size), 500):
        added = [add_child(parent, number) for number in numbers]
        backend.get_index_for_model(StandardPage).add_items(StandardPage, added)
        findables = [findable for page in added if (findable := findable_of(page))]
        texts: list[Texts] = [findable.texts for findable in findables]
        store("page", findables, enriched_texts=texts)
    Page.objects.filter(pk=parent.pk).update(numchild=size)
    analyze()


def add_child(parent: Any, number: int) -> Any:
    """Add one page as the treebeard would, without its query for the last sibling."""
    from pages.models import StandardPage

    page = StandardPage(title=title_of(number), slug=f"{SLUG}-{number}", live=True, intro=text_of(number, 20))
    page.body = [("text", f"<p>{text_of(number, 120)}</p>")]
    page.depth, page.path = parent.depth + 1, StandardPage._get_path(parent.path, parent.depth + 1, number + 1)
    page.locale = parent.locale
    page.set_url_path(parent)
    page.save(clean=False)
    return page


def title_of(number: int) -> str:
    """Return a title with the page's own word."""
    return f"{FILLING[number % len(FILLING)]} kennwort{number}"


def text_of(number: int, length: int) -> str:
    """Return so many words, the same for the same number."""
    words = random.Random(number).choices(FILLING, k=length)  # noqa: S311 - a text, no secret
    words += [COMMON] * (number % 3 == 0) + [MIDDLING] * (number % 50 == 0)
    return " ".join(words)


def analyze() -> None:
    """Let the database count its rows anew, as it does by itself in the course of time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
