"""Filling a database fast: thousands of pages, and as many applications, in a few statements.

Used in our portal's processes and in the peer project's alike, so it imports nothing but Django and Wagtail.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from bench.words import WORDS

BATCH = 500


def add_pages(parent: Page, model: type[Page], numbers: range, values: Callable[[int], dict[str, Any]]) -> None:
    """Publish pages below ``parent``, numbered ``numbers``, without revisions and without the search's index.

    ``values(number)`` are the columns of the page kind's own table.
    """
    for batch in batches(numbers):
        pages = Page.objects.bulk_create([_page(parent, model, number) for number in batch])
        rows = [{"page_ptr_id": page.pk, **values(number)} for page, number in zip(pages, batch, strict=True)]
        columns = ", ".join(f'"{name}"' for name in rows[0])
        places = ", ".join(["%s"] * len(rows[0]))
        with connection.cursor() as cursor:
            cursor.executemany(
                f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})',  # noqa: S608 - names of our own
                [list(row.values()) for row in rows],
            )
    Page.objects.filter(pk=parent.pk).update(numchild=numbers.stop)


def copies(original: Any, number: int, changes: Callable[[int], dict[str, Any]]) -> None:
    """Store ``number`` copies of a row, each with ``changes(index)``."""
    model = type(original)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(original, field.attname) for field in fields}
    for batch in batches(range(number)):
        model._base_manager.bulk_create([model(**values | changes(index)) for index in batch])


def analyze() -> None:
    """Let the database count its rows anew, as it does by itself in the course of time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def batches(numbers: range) -> Iterator[range]:
    yield from (range(first, min(first + BATCH, numbers.stop)) for first in range(numbers.start, numbers.stop, BATCH))


def _page(parent: Page, model: type[Page], number: int) -> Page:
    slug, now = f"seite-{number}", timezone.now()
    return Page(
        title=f"{WORDS[number % len(WORDS)]} {number}",
        draft_title=f"{WORDS[number % len(WORDS)]} {number}",
        slug=slug,
        path=Page._get_path(parent.path, parent.depth + 1, number + 1),
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{slug}/",
        live=True,
        locale_id=parent.locale_id,
        translation_key=uuid.uuid4(),
        content_type=ContentType.objects.get_for_model(model),
        first_published_at=now,
        last_published_at=now,
    )
