"""The database itself keeps published dues orders as they are: triggers refuse what the models refuse already.

They are put in place after every ``migrate`` instead of by one migration. SQLite changes a table by building a new one,
which loses its triggers, and refuses to rename a table that the trigger of another one names; so they go before a
migration of this room and come back afterwards, whatever migrations there will be.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ORDER_TABLE = "dues_duesorder"
RATE_TABLE = "dues_duesrate"
MESSAGE = "dues: a published order is frozen"

PUBLISHED = f"SELECT 1 FROM {ORDER_TABLE} WHERE published_at IS NOT NULL AND id"  # noqa: S608 - constants only
# Trigger name → table, event, condition. A draft's row may be published (OLD is a draft), nothing else afterwards.
TRIGGERS = {
    "dues_order_frozen_update": (ORDER_TABLE, "UPDATE", "OLD.published_at IS NOT NULL"),
    "dues_order_frozen_delete": (ORDER_TABLE, "DELETE", "OLD.published_at IS NOT NULL"),
    "dues_rate_frozen_insert": (RATE_TABLE, "INSERT", f"EXISTS ({PUBLISHED} = NEW.order_id)"),
    "dues_rate_frozen_update": (RATE_TABLE, "UPDATE", f"EXISTS ({PUBLISHED} IN (OLD.order_id, NEW.order_id))"),
    "dues_rate_frozen_delete": (RATE_TABLE, "DELETE", f"EXISTS ({PUBLISHED} = OLD.order_id)"),
}

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION dues_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
# A trigger's WHEN cannot look into another table on PostgreSQL. The row lock makes a change of a rate wait for
# somebody who is publishing its order at the same time.
POSTGRES_RATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION dues_refuse_frozen_rate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM {ORDER_TABLE} WHERE id = OLD.order_id AND published_at IS NOT NULL FOR SHARE;
        IF FOUND THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM 1 FROM {ORDER_TABLE} WHERE id = NEW.order_id AND published_at IS NOT NULL FOR SHARE;
        IF FOUND THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; those that exist are replaced. Without the tables nothing happens."""
    with connection.cursor() as cursor:
        if not {ORDER_TABLE, RATE_TABLE} <= set(connection.introspection.table_names(cursor)):
            return
        for statement in _create_statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers where they exist."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, (table, _event, _condition) in TRIGGERS.items():
            if table in tables:
                cursor.execute(_drop_statement(connection.vendor, name, table))


def remove_before_migrations(plan: list[tuple[Any, bool]], using: str, **_kwargs: Any) -> None:
    """Receiver of ``pre_migrate``: drop the triggers when a migration of this room is about to run."""
    if any(migration.app_label == "dues" for migration, _backwards in plan):
        remove(connections[using])


def install_after_migrations(using: str, **_kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    install(connections[using])


def _create_statements(vendor: str) -> list[str]:
    statements = [POSTGRES_FUNCTION, POSTGRES_RATE_FUNCTION] if vendor == "postgresql" else []
    for name, (table, event, condition) in TRIGGERS.items():
        statements.append(_drop_statement(vendor, name, table))
        if vendor == "postgresql":
            action = "dues_refuse_frozen_rate()" if table == RATE_TABLE else "dues_refuse_frozen()"
            when = "" if table == RATE_TABLE else f"WHEN ({condition}) "
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {action}"
            )
        else:
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
    return statements


def _drop_statement(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else "")
