"""Pages for the search benchmark, written in bulk: the same pages for our own index and for Wagtail's.

„Quartier“ stands on every third page, „Werkstatt“ on every fiftieth, „kennwort7“ on page 7 alone; every other word
as tests/search/larger_corpus.py draws it.
"""

from typing import Any

from tests.search.larger_corpus import made_page

COMMON, MIDDLING, OWN = "Quartier", "Werkstatt", "kennwort"
SLUG = "messung"
ROWS = 500


def fill(size: int) -> None:
    """Add pages below the home page until there are ``size`` of them, and bring both indexes up to date."""
    from django.db import transaction
    from wagtail.models import Page, Site

    from search.index import batches

    home = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
    parent = Page.objects.child_of(home).filter(slug=SLUG).first() or _add_parent(home)
    with transaction.atomic():
        for numbers in batches(range(Page.objects.child_of(parent).count(), size), ROWS):
            _add(parent, numbers)
        Page.objects.filter(pk=parent.pk).update(numchild=size)
    _count_rows()


def _add_parent(home: Any) -> Any:
    from pages.models import StandardPage

    return home.add_child(instance=StandardPage(title="Messung", slug=SLUG))


def _add(parent: Any, numbers: list[int]) -> None:
    """Write the pages with these numbers and both their index entries, without a query per page."""
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    from pages.models import StandardPage
    from pages.search_source import findable_of
    from search.index import store

    pages = [_page(parent, number) for number in numbers]
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    bases = [Page(**{name: getattr(page, name) for name in names}) for page in pages]
    for page, base in zip(pages, Page.objects.bulk_create(bases), strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
    # Django writes tables that extend another one row by row only; this is what its bulk_create calls.
    StandardPage._base_manager.all()._batched_insert(pages, StandardPage._meta.local_concrete_fields, ROWS)
    get_search_backend().get_index_for_model(StandardPage).add_items(StandardPage, pages)
    findables = [findable for page in pages if (findable := findable_of(page))]
    store("page", findables, enriched_texts=[findable.texts for findable in findables])


def _page(parent: Any, number: int) -> Any:
    """Return the unsaved child ``number`` of ``parent``."""
    from django.contrib.contenttypes.models import ContentType

    from pages.models import StandardPage

    made = made_page(number)
    planted = [COMMON] * (number % 3 == 0) + [MIDDLING] * (number % 50 == 0)
    page = StandardPage(
        title=f"{made['title']} {OWN}{number}",
        slug=f"{SLUG}-{number}",
        live=True,
        intro=" ".join([made["intro"], *planted]),
        body=[("text", f"<p>{made['body']}</p>")],
        depth=parent.depth + 1,
        path=StandardPage._get_path(parent.path, parent.depth + 1, number + 1),
        locale=parent.locale,
        content_type=ContentType.objects.get_for_model(StandardPage),
    )
    page.draft_title = page.title
    page.set_url_path(parent)
    return page


def _count_rows() -> None:
    """Let the database count its rows anew, as it does by itself in the course of time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
