"""Read and raise the content version.

Whatever is kept of rendered or collected content carries the version it was made from and is valid while that version
stands. The version is a database row raised inside the changing transaction, by triggers on the tables whose rows show
on public pages (portal.delivery.triggers): it becomes visible together with the change itself, whichever way the change
was written, and a change that is rolled back raises nothing.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal

from portal.delivery import reading
from portal.delivery.models import ContentVersion

# The version grows by a random stride. A number that was read inside a transaction which is rolled back later must not
# come back with other content behind it; with strides it practically never does.
LONGEST_STRIDE = 2**20

# Sent before an object that shows is written: what lies outside the application must not outlive the change.
content_changing = Signal()
# Sent after every change this process makes through models, inside the changing transaction.
content_changed = Signal()


@dataclass(frozen=True)
class ContentTable:
    """A table whose rows show on public pages.

    With ``shown_if``, a boolean column, rows that do not show may change freely; columns ``ignoring`` never show.
    """

    name: str
    shown_if: str = ""
    ignoring: tuple[str, ...] = ()


_tables: dict[str, ContentTable] = {}
# Fields whose saving alone shows nowhere: a draft, of whichever kind of page, is stored every few seconds.
_never_shown: set[str] = set()


def content_version() -> int:
    """Return the current version; 0 before the first change of a fresh database.

    Inside a transaction it is what the transaction itself sees, by one query.
    """
    if connection.in_atomic_block:
        return ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    return reading.committed_version()


def raise_content_version() -> None:
    """Make everything kept so far invalid, as soon as the current transaction is committed.

    Only for what no registered table shows: changes of those raise it by themselves.
    """
    content_changing.send(sender=ContentVersion)
    stride = secrets.randbelow(LONGEST_STRIDE) + 1
    if not ContentVersion.objects.filter(pk=1).update(number=F("number") + stride):
        # Two first changes at once: the loser of the insert updates the winner's row.
        _, created = ContentVersion.objects.get_or_create(pk=1, defaults={"number": stride})
        if not created:
            ContentVersion.objects.filter(pk=1).update(number=F("number") + stride)
    content_changed.send(sender=ContentVersion)


def register_content_model(model: type[Model], *, shown_if: str = "", ignoring: tuple[str, ...] = ()) -> None:
    """Raise the version whenever a row of ``model``, or of one of its many-to-many relations, changes.

    ``shown_if`` and ``ignoring`` name fields, see ContentTable.
    """
    columns = tuple(str(field.column) for field in model._meta.concrete_fields if field.name in ignoring)
    _add_table(ContentTable(model._meta.db_table, shown_if, columns))
    identifier = f"content-version:{model._meta.label_lower}"
    _never_shown.update(ignoring)
    for before in (pre_save, pre_delete):
        before.connect(_changing, sender=model, dispatch_uid=identifier)
    for after in (post_save, post_delete):
        after.connect(_changed, sender=model, dispatch_uid=identifier)
    for field in model._meta.many_to_many:
        through = getattr(model, field.name).through
        _add_table(ContentTable(through._meta.db_table))
        m2m_changed.connect(_relation_changed, sender=through, dispatch_uid=f"{identifier}:{field.name}")


def content_tables() -> list[ContentTable]:
    """Return every table whose changes raise the version."""
    return sorted(_tables.values(), key=lambda table: table.name)


def _add_table(table: ContentTable) -> None:
    # A model registered a second time without its conditions keeps them.
    _tables[table.name] = max(table, _tables.get(table.name, table), key=lambda known: bool(known.shown_if))


def _changing(sender: type[Model], update_fields: Any = None, **kwargs: Any) -> None:
    if _shows(update_fields):
        content_changing.send(sender=sender)


def _changed(sender: type[Model], update_fields: Any = None, **kwargs: Any) -> None:
    if _shows(update_fields):
        content_changed.send(sender=sender)


def _shows(update_fields: Any) -> bool:
    return not update_fields or not _never_shown.issuperset(update_fields)


def _relation_changed(sender: type[Model], action: str, **kwargs: Any) -> None:
    (_changing if action.startswith("pre_") else _changed)(sender)
