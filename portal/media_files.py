"""Public files on disk: each is there whole or not at all, and what no row names any more goes.

Django writes a file under its final name. A disk that fills up meanwhile, or a process that is killed, would leave the
first part of a picture or document behind, in the folder that the web server gives to readers.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models
from django.utils import timezone

DRAFT = ".entwurf"
YOUNGEST_SWEPT = timedelta(days=1)
"""A younger file may belong to a transaction, or to a form, that is still under way."""
BATCH = 200


class MediaStorage(FileSystemStorage):
    """Writes a file under a draft's name first."""

    def _save(self, name: str, content: File) -> str:
        draft = f"{name}.{secrets.token_hex(8)}{DRAFT}"
        try:
            super()._save(draft, content)  # type: ignore[misc]
            return self._give_name(draft, name)
        finally:
            Path(self.path(draft)).unlink(missing_ok=True)

    def _give_name(self, draft: str, name: str) -> str:
        """Let the whole file have ``name`` too, or the next free one if somebody was faster; return which."""
        while True:
            try:
                os.link(self.path(draft), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def sweep(now: datetime | None = None) -> int:
    """Delete public files that no row names and that are older than a day; return how many.

    They stay behind when the row could not be written, or when the process was killed.
    """
    limit = (now or timezone.now()) - YOUNGEST_SWEPT
    old = [name for name in _file_names("") if _is_older(name, limit)]
    orphans = [name for start in range(0, len(old), BATCH) for name in _unnamed(old[start : start + BATCH])]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


def _file_names(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (str(PurePosixPath(folder, file)) for file in files)
    for each in folders:
        yield from _file_names(str(PurePosixPath(folder, each)))


def _is_older(name: str, limit: datetime) -> bool:
    try:
        return bool(default_storage.get_modified_time(name) <= limit)
    except FileNotFoundError:  # deleted since it was listed
        return False


def _unnamed(names: list[str]) -> list[str]:
    """Return those of ``names`` that no row of any model names; asked after the files were listed."""
    kept: set[str] = set()
    for field in _file_fields():
        kept.update(field.model._base_manager.filter(**{f"{field.name}__in": names}).values_list(field.name, flat=True))
    return [name for name in names if name not in kept]


def _file_fields() -> Iterator[Any]:
    for model in apps.get_models(include_auto_created=True):
        yield from (field for field in model._meta.local_fields if isinstance(field, models.FileField))
