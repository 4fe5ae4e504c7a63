"""What the search's tests share."""

from collections.abc import Callable

import pytest

from search.index import enrich_pending
from search.results import search


@pytest.fixture
def found() -> Callable[..., list[str]]:
    """Return a function that enriches what waits and returns the addresses of a query's first page, in order."""

    def addresses(query: str, language: str = "de") -> list[str]:
        while enrich_pending():
            pass
        return [entry.url for entry in search(query, language).hits.entries]

    return addresses
