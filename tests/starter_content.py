"""The starter content as test data: loaded once, shared by all tests that ask for the fixture ``site``.

The content lies in a transaction of its own around the tests' transactions. A test that does not ask for it, or that
needs real transactions, gets the database without it.
"""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections, transaction

TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}


def is_transactional(item: pytest.Item) -> bool:
    """Whether ``item`` needs real transactions instead of one that is rolled back."""
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and (marker.kwargs.get("transaction") or marker.kwargs.get("reset_sequences")))
    return marked or bool(TRANSACTIONAL_FIXTURES & set(getattr(item, "fixturenames", ())))


def wants_site(item: pytest.Item) -> bool:
    """Whether ``item`` asked for the starter content, directly or by another fixture."""
    return "site" in getattr(item, "fixturenames", ())


def restore_what_migrations_wrote() -> None:
    """Put back Wagtail's root, the default language and the like if a transactional test has flushed them."""
    from wagtail.models import Collection

    if not Collection.objects.exists():
        for connection in connections.all():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


class SharedContent:
    """The transaction that holds the starter content."""

    def __init__(self, blocker: Any) -> None:
        self._blocker = blocker
        self._transaction: transaction.Atomic | None = None

    @property
    def is_loaded(self) -> bool:
        return self._transaction is not None

    def load(self) -> None:
        """Load the starter content; does nothing while it is there."""
        if self.is_loaded:
            return
        with self._blocker.unblock():
            opened = transaction.atomic()
            opened.__enter__()
            try:
                restore_what_migrations_wrote()
                call_command("load_starter_content", verbosity=0)
            except BaseException:
                transaction.set_rollback(True)
                opened.__exit__(None, None, None)
                raise
            self._transaction = opened

    def drop(self) -> None:
        """Take the starter content out again; does nothing while it is not there."""
        if self._transaction is None:
            return
        with self._blocker.unblock():
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
        self._transaction = None
