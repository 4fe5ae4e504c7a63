"""The rows of the database, written and read independently of the database behind it.

A row is a list of plain values in the order of its table's columns. Values are what the database holds: sealed texts
stay sealed, so that an archive never holds what the data key protects.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ExpressionWrapper, F
from django.db.models.sql import InsertQuery

ROWS_AT_ONCE = 500
# Made anew from the rest after a restore, or of no use elsewhere.
DERIVED_MODELS = frozenset(
    {
        # Every change raises it, the emptying of tables too; a restore raises it at its end.
        "delivery.contentversion",
        "library.renderedfile",
        "mailing.workerheartbeat",
        "search.indexentry",
        "search.posting",
        "search.word",
        "sessions.session",
        "wagtailsearch.indexentry",
    }
)
# Not a table of its own: SQLite keeps it beside the one it indexes.
VIRTUAL_MODELS = frozenset({"wagtailsearch.sqliteftsindexentry"})
PLAIN_FIELDS: dict[str, Callable[[], models.Field]] = {
    "AutoField": models.IntegerField,
    "BigAutoField": models.BigIntegerField,
    "SmallAutoField": models.SmallIntegerField,
    "BinaryField": models.BinaryField,
    "BooleanField": models.BooleanField,
    "CharField": models.TextField,
    "DateField": models.DateField,
    "DateTimeField": models.DateTimeField,
    "DurationField": models.DurationField,
    "FileField": models.TextField,
    "FilePathField": models.TextField,
    "FloatField": models.FloatField,
    "GenericIPAddressField": models.GenericIPAddressField,
    "BigIntegerField": models.BigIntegerField,
    "IntegerField": models.IntegerField,
    "PositiveBigIntegerField": models.BigIntegerField,
    "PositiveIntegerField": models.IntegerField,
    "PositiveSmallIntegerField": models.IntegerField,
    "SmallIntegerField": models.IntegerField,
    "SlugField": models.TextField,
    "TextField": models.TextField,
    "TimeField": models.TimeField,
    "UUIDField": models.UUIDField,
}


def tables() -> list[type[models.Model]]:
    """Return the models whose tables belong into a backup, through tables included, in a steady order."""
    return [model for model in _managed_models() if model._meta.label_lower not in DERIVED_MODELS]


def derived_tables() -> list[str]:
    """Return the names of the tables that stay out of a backup and are emptied by a restore."""
    return [model._meta.db_table for model in _managed_models() if model._meta.label_lower in DERIVED_MODELS]


def column_names(model: type[models.Model]) -> list[str]:
    """Return the columns of ``model``'s table, in the order of its rows in a backup."""
    return [str(field.column) for field in _columns(model)]


def read_rows(model: type[models.Model]) -> Iterator[list[Any]]:
    """Yield every row of ``model``'s table by its key, as values that JSON can hold."""
    fields = [plain_field(field) for field in _columns(model)]
    columns = [
        ExpressionWrapper(F(field.attname), output_field=plain)
        for field, plain in zip(_columns(model), fields, strict=True)
    ]
    rows = model._base_manager.order_by("pk").values_list(*columns)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield [_encoded(plain, value) for plain, value in zip(fields, row, strict=True)]


def write_rows(model: type[models.Model], rows: Iterable[list[Any]]) -> int:
    """Insert ``rows`` as they are, without signals, defaults or checks of the models; returns how many."""
    fields = [_named(plain_field(field), field) for field in _columns(model)]
    written = 0
    batch: list[Any] = []
    for row in rows:
        batch.append(_Row({field.attname: _decoded(field, value) for field, value in zip(fields, row, strict=True)}))
        if len(batch) == ROWS_AT_ONCE:
            written += _insert(model, fields, batch)
            batch = []
    return written + _insert(model, fields, batch)


def plain_field(field: models.Field) -> models.Field:
    """Return a field of Django's own that reads and writes what ``field`` keeps in its column, unchanged."""
    target: Any = field
    while target.remote_field:
        target = target.target_field
    kind = target.get_internal_type()
    if kind == "DecimalField":
        return models.DecimalField(max_digits=target.max_digits, decimal_places=target.decimal_places)
    if kind == "JSONField":
        # Without an encoder: what was stored is plain already.
        return models.JSONField()
    return PLAIN_FIELDS[kind]()


@contextmanager
def consistent_view(database: Any = connection) -> Iterator[None]:
    """Let all reading inside see one state of the database, without holding up anybody who writes."""
    mode = getattr(database, "transaction_mode", None)
    if database.vendor == "sqlite":
        # In the write-ahead log a reading transaction keeps its state and blocks nobody.
        database.ensure_connection()
        database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if database.vendor == "postgresql":
                with database.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if database.vendor == "sqlite":
            database.transaction_mode = mode


@contextmanager
def without_triggers(database: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Keep triggers from refusing, or acting on, what is written inside the current transaction."""
    names = [model._meta.db_table for model in tables()] + derived_tables()
    if database.vendor == "postgresql":
        _each_table(database, names, "ALTER TABLE {} DISABLE TRIGGER USER")
        yield
        _each_table(database, names, "ALTER TABLE {} ENABLE TRIGGER USER")
        return
    with database.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {database.ops.quote_name(name)}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def empty_all(database: BaseDatabaseWrapper = connection) -> None:
    """Delete every row of every table: what migrations wrote makes room for what the archive holds.

    Triggers must be at work: they empty what SQLite keeps beside a table.
    """
    _each_table(database, derived_tables() + [model._meta.db_table for model in tables()], "DELETE FROM {}")


def reset_sequences(database: BaseDatabaseWrapper = connection) -> None:
    """Let the next key of every table follow the highest one that was written."""
    with database.cursor() as cursor:
        for statement in database.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _managed_models() -> list[type[models.Model]]:
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in VIRTUAL_MODELS
    }
    return sorted(found.values(), key=lambda model: model._meta.label_lower)


def _columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def _named(plain: models.Field, field: models.Field) -> models.Field:
    plain.set_attributes_from_name(field.attname)
    plain.column = field.column
    plain.model = field.model
    plain.null = field.null
    return plain


def _encoded(plain: models.Field, value: Any) -> Any:
    if value is None or isinstance(plain, models.JSONField) or isinstance(value, (bool, int, float, str)):
        return value
    holder = _Row({"value": value})
    plain.set_attributes_from_name("value")
    return plain.value_to_string(holder)  # type: ignore[arg-type]


def _decoded(plain: models.Field, value: Any) -> Any:
    if value is None and isinstance(plain, models.JSONField) and not plain.null:
        return models.Value(None, models.JSONField())  # JSON's own null
    return plain.to_python(value)


def _insert(model: type[models.Model], fields: list[models.Field], rows: list[Any]) -> int:
    # SQLite takes a limited number of parameters in one statement.
    step = max(1, min(ROWS_AT_ONCE, connection.ops.bulk_batch_size(fields, rows) if rows else 1))
    for start in range(0, len(rows), step):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + step], raw=True)
        query.get_compiler(connection=connection).execute_sql()
    return len(rows)


def _each_table(database: BaseDatabaseWrapper, names: Iterable[str], statement: str) -> None:
    with database.cursor() as cursor:
        for name in names:
            cursor.execute(statement.format(database.ops.quote_name(name)))


class _Row:
    """Something with the values of a row as attributes, as Django's writing of fields expects it."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
