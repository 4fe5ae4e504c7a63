"""The private file store: what people send that belongs to them alone.

A file is written before the row that names it, under a random name. Whatever happens between the two (a refusal, a
rollback, a machine that stops) leaves at most a file that no row names, and ``sweep`` deletes it. The other way round
the row goes first: what was deleted is swept, or deleted at once by ``delete_after_commit``.

Rooms whose rows name files say so in ``AppConfig.ready()``: ``register_file_field(Attachment, "file_name")``. Reading,
and noting in the audit log who read, is theirs.
"""

import hashlib
import secrets
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.utils import timezone

ALIAS = "private"
YOUNGEST_SWEPT = timedelta(hours=1)
"""A younger file may belong to a transaction that is still under way."""
BATCH = 200


class FileGone(LookupError):
    """A row names a file that is not there."""


class FileChanged(ValueError):
    """A file is not what was stored: its hash differs."""


@dataclass(frozen=True)
class StoredFile:
    """What the row keeps of a file: its name in the store, the SHA-256 in hexadecimal digits, its bytes."""

    name: str
    sha256: str
    size: int


_fields: dict[type[models.Model], str] = {}


def register_file_field(model: type[models.Model], field: str) -> None:
    """Let the sweep keep every file that ``field`` of ``model`` names."""
    _fields[model] = field


def write(content: bytes, *, ending: str) -> StoredFile:
    """Store ``content`` durably under a random name; the caller's row names it, or the next sweep deletes it."""
    key = secrets.token_hex(20)
    name = _storage().save(f"{key[:2]}/{key}.{ending}", ContentFile(content))
    return StoredFile(name, digest(content), len(content))


def read(name: str, *, sha256: str) -> bytes:
    """Return the file's content; raises FileGone, or FileChanged when it is not what was stored."""
    try:
        with _storage().open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise FileGone(name) from None
    if digest(content) != sha256:
        raise FileChanged(name)
    return content


def internal_address(name: str) -> str:
    """Return where the web server in front finds a file when the portal tells it to send it; empty where it may not.

    What was stored before it was allowed to is the portal's alone.
    """
    if not settings.INTERNAL_PRIVATE_URL:
        return ""
    path = Path(_storage().path(name))
    may_read = path.stat().st_mode & stat.S_IRGRP and path.parent.stat().st_mode & stat.S_IXGRP
    return settings.INTERNAL_PRIVATE_URL + name if may_read else ""


def digest(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def delete_after_commit(names: Iterable[str]) -> None:
    """Delete files as soon as the caller's transaction, which deletes their rows, has ended well."""
    for name in names:
        transaction.on_commit(partial(_storage().delete, name))


def delete_files_of(row: models.Model) -> None:
    """Delete the file that ``row`` names, if its model does, as soon as the caller's transaction has ended well."""
    field = _fields.get(type(row))
    if field:
        delete_after_commit([getattr(row, field)])


def sweep(now: datetime | None = None) -> int:
    """Delete the files that no row names and that are older than an hour; return how many."""
    if not _fields:  # nobody has said what to keep
        return 0
    storage, limit = _storage(), (now or timezone.now()) - YOUNGEST_SWEPT
    old = [name for name in file_names() if _is_older(storage, name, limit)]
    orphans = [name for start in range(0, len(old), BATCH) for name in _unnamed(old[start : start + BATCH])]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def file_names() -> Iterator[str]:
    """Yield the name of every file in the store."""
    storage = _storage()
    if not storage.exists(""):
        return
    folders, files = storage.listdir("")
    yield from files
    for folder in folders:
        yield from (f"{folder}/{file}" for file in storage.listdir(folder)[1])


def _is_older(storage: Storage, name: str, limit: datetime) -> bool:
    try:
        return bool(storage.get_modified_time(name) <= limit)
    except FileNotFoundError:  # deleted since it was listed
        return False


def _unnamed(names: list[str]) -> list[str]:
    """Return those of ``names`` that no registered row names; asked after the files were listed."""
    kept: set[str] = set()
    for model, field in _fields.items():
        kept.update(model._base_manager.filter(**{f"{field}__in": names}).values_list(field, flat=True))
    return [name for name in names if name not in kept]


def _storage() -> Storage:
    return storages[ALIAS]
