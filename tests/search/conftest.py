"""What the search's tests share."""

from collections.abc import Callable
from typing import Any

import pytest

from search.index import enrich_pending
from search.results import search
from tests.starter_content import SharedContent


def enrich_all() -> None:
    """Do what the worker does until nothing waits."""
    while enrich_pending():
        pass


@pytest.fixture(scope="session")
def _enriched_content(_shared_content: SharedContent, django_db_blocker: Any) -> None:
    """Enrich the starter content once for all tests: it renders and reads PDFs."""
    with django_db_blocker.unblock():
        enrich_all()


@pytest.fixture
def found(_enriched_content: None) -> Callable[..., list[str]]:
    """Return a function that enriches what waits and returns the addresses of a query's first page, in order."""

    def addresses(query: str, language: str = "de") -> list[str]:
        enrich_all()
        return [entry.url for entry in search(query, language).hits.entries]

    return addresses
