"""Making a backup: one state of the database, then the files, then what the archive says of itself."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.backup import tables
from portal.backup.archive import MANIFEST, ArchiveWriter, writing
from portal.backup.errors import BackupError
from portal.backup.manifest import Manifest, new_manifest

DATABASE = "database"
# Rows are collected in memory up to this size, then in a file that has no name and vanishes with the process.
ROWS_IN_MEMORY = 8 * 1024 * 1024


def folders() -> dict[str, Path]:
    """Return the folders whose files belong into a backup, by their name in the archive."""
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_MEDIA_ROOT)}


def create_backup(path: Path, *, recipient: str, now: dt.datetime | None = None) -> Manifest:
    """Write an encrypted archive of the whole installation to ``path``; returns what it holds.

    ``recipient`` is a public key of age. Raises BackupError; ``path`` is then as it was.
    """
    if path.exists():
        raise BackupError(f"{path} gibt es schon; eine Sicherung überschreibt keine andere.")
    try:
        with writing(path, recipient) as archive:
            manifest = new_manifest(now or timezone.now())
            with tables.consistent_view():
                for model in tables.tables():
                    manifest.rows[model._meta.label_lower] = _add_table(archive, model)
            for name, folder in folders().items():
                _add_folder(archive, name, folder)
            manifest.parts = dict(archive.parts)
            archive.add_bytes(MANIFEST, manifest.to_bytes())
    except OSError as error:
        raise BackupError(f"Die Sicherung konnte nicht geschrieben werden: {error.strerror or error}.") from error
    return manifest


def default_name(now: dt.datetime) -> str:
    """Return a file name that sorts by time."""
    return f"portal-{timezone.localtime(now):%Y-%m-%d-%H%M%S}.tar.gz.age"


def _add_table(archive: ArchiveWriter, model: type[models.Model]) -> int:
    rows = 0
    with tempfile.SpooledTemporaryFile(max_size=ROWS_IN_MEMORY, dir=str(settings.VAR_DIR)) as lines:
        lines.write(_line(tables.column_names(model)))
        for row in tables.read_rows(model):
            lines.write(_line(row))
            rows += 1
        size = lines.tell()
        lines.seek(0)
        archive.add_file(f"{DATABASE}/{model._meta.label_lower}.jsonl", lines, size)
    return rows


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _add_folder(archive: ArchiveWriter, name: str, folder: Path) -> None:
    for file in _files_below(folder):
        try:
            with file.open("rb") as content:
                size = file.stat().st_size
                archive.add_file(f"{name}/{file.relative_to(folder).as_posix()}", content, size)
        except FileNotFoundError:
            continue  # deleted since it was listed


def _files_below(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
