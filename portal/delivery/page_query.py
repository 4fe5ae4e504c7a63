"""One page by its key, with SQL that is made once for each page kind.

Django makes a query's SQL anew every time, which for a page with its sixty columns takes five times as long as SQLite
takes to answer it.
"""

import copy
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

# A key that stands for the one asked for; no page has it.
ANY_KEY = -1


class PageQuery:
    """Fetches rows of ``pages`` by their key."""

    def __init__(self, pages: QuerySet[Any]) -> None:
        self._pages = pages.order_by().filter(pk=ANY_KEY)
        # Made for one connection; what it found out about the columns serves every other.
        self._compiler = self._pages.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self._sql, self._parameters = self._compiler.as_sql()

    def get(self, key: int) -> Any | None:
        """Return the page (one query, and those of its prefetches), None if there is none."""
        parameters = tuple(key if value == ANY_KEY else value for value in self._parameters)
        compiler = copy.copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_options: (self._sql, parameters)  # type: ignore[method-assign]
        pages = self._pages.all()
        pages.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return next(iter(pages), None)


@lru_cache
def page_query(label: str, _vendor: str) -> PageQuery:
    """Return the query for the page kind ``label``, with what its templates read besides, if the kind says so."""
    model: Any = apps.get_model(label)
    return PageQuery(model.for_serving() if hasattr(model, "for_serving") else model._default_manager.all())
