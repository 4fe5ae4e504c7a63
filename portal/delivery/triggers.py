"""Triggers that raise the content version with every change of a table that shows, in the changing transaction.

They are put in place after every ``migrate``. SQLite changes a table by building a new one, which loses its triggers,
and a trigger there names columns; so they go before migrations and come back afterwards. On PostgreSQL they stay.
A trigger's name holds a fingerprint of its definition: those in place already are left alone.
"""

import hashlib
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.delivery.reading import HOLD_BACK_SECONDS, LOCK_KEY, TABLE
from portal.delivery.version import LONGEST_STRIDE, ContentTable, content_tables, raise_content_version

PREFIX = "delivery_raise_"
DEFERRED = "DEFERRABLE INITIALLY DEFERRED"
EVENTS = ("INSERT", "UPDATE", "DELETE")
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def raising(stride: str) -> str:
    """Return the statement that raises the version by ``stride``, an SQL expression."""
    return (
        f"INSERT INTO {TABLE} (id, number) VALUES (1, {stride}) "  # noqa: S608 - constants only
        f"ON CONFLICT (id) DO UPDATE SET number = {TABLE}.number + excluded.number"
    )


# -- PostgreSQL

POSTGRES_RAISE = f"""
CREATE OR REPLACE FUNCTION delivery_raise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {raising(f"1 + floor(random() * {LONGEST_STRIDE})::bigint")};
    RETURN NULL;
END $$
"""
# Pages: a draft's row, and what of a page's row never shows, may change freely.
POSTGRES_RAISE_IF_SHOWN = """
CREATE OR REPLACE FUNCTION delivery_raise_if_shown() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shows boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM before JOIN after USING (id) WHERE (before.%1$I OR after.%1$I) '
            'AND (to_jsonb(before) - $1) IS DISTINCT FROM (to_jsonb(after) - $1))', TG_ARGV[0]
        ) INTO shows USING string_to_array(TG_ARGV[1], ',');
    ELSIF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM after WHERE %I)', TG_ARGV[0]) INTO shows;
    ELSE
        EXECUTE format('SELECT EXISTS (SELECT FROM before WHERE %I)', TG_ARGV[0]) INTO shows;
    END IF;
    IF shows THEN
        RAISE_VERSION;
    END IF;
    RETURN NULL;
END $$
""".replace("RAISE_VERSION", raising(f"1 + floor(random() * {LONGEST_STRIDE})::bigint"))
# Whoever raises the version says so to everybody at once, and notes when.
POSTGRES_ANNOUNCE = f"""
CREATE OR REPLACE FUNCTION delivery_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({LOCK_KEY[0]}, {LOCK_KEY[1]});
    IF coalesce(current_setting('delivery.announced', true), '') = '' THEN
        PERFORM set_config('delivery.announced', extract(epoch FROM clock_timestamp())::text, true);
    END IF;
    RETURN NEW;
END $$
"""
# Runs as the last thing before the commit: leases given before the announcement run out first.
POSTGRES_HOLD_BACK = f"""
CREATE OR REPLACE FUNCTION delivery_hold_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(greatest(0, {HOLD_BACK_SECONDS} - (
        extract(epoch FROM clock_timestamp()) - current_setting('delivery.announced')::numeric)));
    RETURN NULL;
END $$
"""
POSTGRES_FUNCTIONS = (POSTGRES_RAISE, POSTGRES_RAISE_IF_SHOWN, POSTGRES_ANNOUNCE, POSTGRES_HOLD_BACK)
TRANSITIONS = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}


def _postgres_triggers(table: ContentTable) -> list[str]:
    if not table.shown_if:
        events = " OR ".join(EVENTS)
        return [f"AFTER {events} ON {table.name} FOR EACH STATEMENT EXECUTE FUNCTION delivery_raise()"]
    arguments = f"'{table.shown_if}', '{','.join(table.ignoring)}'"
    return [
        f"AFTER {event} ON {table.name} REFERENCING {TRANSITIONS[event]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION delivery_raise_if_shown({arguments})"
        for event in EVENTS
    ]


# -- SQLite


def _sqlite_triggers(table: ContentTable, columns: list[str]) -> list[str]:
    statement = raising(f"1 + abs(random() % {LONGEST_STRIDE})")
    shown = [column for column in columns if column not in table.ignoring]
    triggers = []
    for event in EVENTS:
        condition = ""
        if table.shown_if:
            condition = " OR ".join(f"{row}.{table.shown_if}" for row in ROWS[event])
            if event == "UPDATE":
                differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in shown)
                condition = f"({condition}) AND ({differs})"
            condition = f"WHEN {condition} "
        triggers.append(f"AFTER {event} ON {table.name} FOR EACH ROW {condition}BEGIN {statement}; END")
    return triggers


# -- putting them in place


def install(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing and drop what is outdated; without the tables nothing happens."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if TABLE not in existing:
            return
        wanted = _wanted(connection, cursor, existing)
        in_place = _in_place(connection, cursor)
        for name, table in in_place.items():
            if name not in wanted:
                cursor.execute(_drop_statement(connection, name, table))
        missing = {name: definition for name, definition in wanted.items() if name not in in_place}
        if missing and connection.vendor == "postgresql":
            for function in POSTGRES_FUNCTIONS:
                cursor.execute(function)
        for name, definition in missing.items():
            constraint = "CONSTRAINT " if DEFERRED in definition else ""
            cursor.execute(f"CREATE {constraint}TRIGGER {name} {definition}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers where they exist."""
    with connection.cursor() as cursor:
        for name, table in _in_place(connection, cursor).items():
            cursor.execute(_drop_statement(connection, name, table))


def remove_before_migrations(plan: list[tuple[Any, bool]], using: str, **kwargs: Any) -> None:
    """Receiver of ``pre_migrate``: on SQLite drop the triggers when tables may be built anew."""
    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def install_after_migrations(using: str, plan: list[tuple[Any, bool]] | None = None, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``; what was written while migrations ran makes everything kept invalid."""
    install(connections[using])
    if plan:
        raise_content_version()


def _wanted(connection: BaseDatabaseWrapper, cursor: Any, existing: set[str]) -> dict[str, str]:
    """Return name → definition of all triggers this database should have."""
    definitions: list[str] = []
    for table in content_tables():
        if table.name not in existing:
            continue
        if connection.vendor == "postgresql":
            definitions += _postgres_triggers(table)
        else:
            columns = connection.introspection.get_table_description(cursor, table.name) if table.shown_if else []
            definitions += _sqlite_triggers(table, [column.name for column in columns])
    functions = ""
    if connection.vendor == "postgresql":
        functions = "".join(POSTGRES_FUNCTIONS)
        definitions += [
            f"BEFORE INSERT OR UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION delivery_announce()",
            f"AFTER INSERT OR UPDATE ON {TABLE} {DEFERRED} FOR EACH ROW EXECUTE FUNCTION delivery_hold_back()",
        ]
    return {PREFIX + _fingerprint(definition + functions): definition for definition in definitions}


def _in_place(connection: BaseDatabaseWrapper, cursor: Any) -> dict[str, str]:
    """Return name → table of the triggers that exist."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE starts_with(tgname, %s) AND NOT tgisinternal",
            [PREFIX],
        )
    else:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s",
            [len(PREFIX), PREFIX],
        )
    return dict(cursor.fetchall())


def _drop_statement(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
