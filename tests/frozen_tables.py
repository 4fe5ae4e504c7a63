"""Emptying the tables after a transactional test, although triggers keep published dues orders from being deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.backends.sqlite3.base import DatabaseOperations

from dues import triggers


@contextmanager
def flush_empties_frozen_tables() -> Iterator[None]:
    """Let a flush on SQLite, which deletes row by row, go past the triggers; PostgreSQL's TRUNCATE fires none."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(operations: DatabaseOperations, statements: list[str]) -> Any:
        triggers.remove(operations.connection)
        try:
            return flush(operations, statements)
        finally:
            triggers.install(operations.connection)

    with mock.patch.object(DatabaseOperations, "execute_sql_flush", flush_without_triggers):
        yield
