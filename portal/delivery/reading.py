"""The committed content version, read exactly and fast enough to ask at every request.

SQLite is asked directly, on a connection that each thread keeps: microseconds, and no copy that could be outdated.

PostgreSQL is asked once per *lease*: a number may be used for ``LEASE_SECONDS`` without asking again. That is exact
because of what the triggers do (portal.delivery.triggers): whoever raises the version takes a shared advisory lock,
which the database lets go when the transaction ends, however it ends, and commits only when every lease that was given
before the lock has run out. While the lock is held nobody gets a lease. Nothing else keeps a copy: a process killed at
any moment, and a Redis that comes and goes, change nothing.
"""

import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

TABLE = "delivery_contentversion"
LEASE_SECONDS = 0.010
# How long a change is held back at most: a little longer than any lease.
HOLD_BACK_SECONDS = 0.012
# The two halves of the advisory lock's key, a number like any other.
LOCK_KEY = (27_413, 1)

SELECT = f"SELECT number FROM {TABLE} WHERE id = 1"  # noqa: S608 - a constant
# The lock first, then the number: a change committed between the two is seen by the second statement.
ASK_POSTGRES = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "  # noqa: S608 - constants
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    f"AND classid = {LOCK_KEY[0]} AND objid = {LOCK_KEY[1]} AND objsubid = 2); {SELECT}"
)


@dataclass(frozen=True)
class Lease:
    """A number and until when (monotonic seconds) it may be used; ``database`` is whose number it is."""

    database: str
    number: int
    until: float


class _OwnConnections(threading.local):
    """Each thread's connection to SQLite's file, and which file that is."""

    name: str = ""
    cursor: sqlite3.Cursor | None = None


_own = _OwnConnections()
_lease: Lease | None = None
_asking = threading.Lock()


def committed_version() -> int:
    """Return the current version outside of any transaction; 0 before the first change of a fresh database.

    Raises DatabaseError when the database does not answer.
    """
    return _ask_sqlite() if _is_sqlite() else _leased()


def is_changing() -> bool:
    """Whether some transaction has begun to change content, or may have, and is not over yet."""
    if _is_sqlite():
        return _is_sqlite_being_written()
    with connection.cursor() as cursor:
        cursor.execute(ASK_POSTGRES)
        return cursor.fetchone()[0]


def _is_sqlite() -> bool:
    return _settings()["ENGINE"].endswith("sqlite3")


def _name() -> str:
    return str(_settings()["NAME"])


def _settings() -> dict[str, Any]:
    """Return the database's settings; asking the thread's connection for them takes half a kept answer's time."""
    return connections.settings[DEFAULT_DB_ALIAS]


def _is_sqlite_being_written() -> bool:
    own = sqlite3.connect(_name(), timeout=0, isolation_level=None)
    try:
        # SQLite has one writer at a time: whoever can begin knows that nobody else has.
        own.execute("BEGIN IMMEDIATE")
        own.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        own.close()
    return False


def _ask_sqlite() -> int:
    name = _name()
    try:
        if _own.cursor is None or _own.name != name:
            # A connection that only reads, in a mode that leaves no transaction open.
            _own.cursor = sqlite3.connect(name, timeout=20, isolation_level=None).cursor()
            _own.name = name
        rows = _own.cursor.execute(SELECT).fetchall()
    except sqlite3.Error as error:
        _own.cursor = None
        raise DatabaseError(*error.args) from error
    return rows[0][0] if rows else 0


def _leased() -> int:
    lease = _valid_lease()
    if lease is not None:
        return lease.number
    with _asking:
        # Another thread may have asked while this one waited.
        lease = _valid_lease()
        return lease.number if lease is not None else _ask_postgres()


def _valid_lease() -> Lease | None:
    lease = _lease
    if lease is None or time.monotonic() >= lease.until or lease.database != _name():
        return None
    return lease


def _ask_postgres() -> int:
    global _lease
    asked_at = time.monotonic()
    connection.close_if_unusable_or_obsolete()
    try:
        with connection.cursor() as cursor:
            cursor.execute(ASK_POSTGRES)
            is_changing = cursor.fetchone()[0]
            cursor.nextset()
            row = cursor.fetchone()
    except DatabaseError:
        # A server that was restarted leaves connections behind that no request may use again.
        connection.close()
        raise
    number = row[0] if row else 0
    _lease = None if is_changing else Lease(_name(), number, asked_at + LEASE_SECONDS)
    return number
