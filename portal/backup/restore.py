"""Taking a backup back into an empty installation: everything is read and checked before anything is changed."""

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from portal.backup import tables
from portal.backup.archive import BLOCK, MANIFEST, digest_of, reading
from portal.backup.create import DATABASE, folders
from portal.backup.errors import BackupError
from portal.backup.manifest import Manifest, check_same_migrations
from portal.delivery.version import raise_content_version
from portal.privacy.storage import private_rights

STAGING = "restore-"
# Of files and folders: the web server reads what is public.
PUBLIC_RIGHTS = 0o644, 0o755


def verify_backup(path: Path, *, identity: str) -> Manifest:
    """Read the whole archive and check every part; returns what it holds. Raises BackupError; nothing is written."""
    with reading(path, identity) as tar:
        found: dict[str, str] = {}
        manifest = None
        for entry in tar:
            content = _content(tar, entry)
            if entry.name == MANIFEST:
                manifest = Manifest.from_bytes(content.read())
            else:
                found[entry.name] = digest_of(content)
    return _checked(manifest, found)


def restore_backup(path: Path, *, identity: str) -> Manifest:
    """Fill this installation, which must be empty, with what the archive holds; returns what that is.

    Raises BackupError: the archive is damaged, foreign or of another version, or the installation holds something.
    Database and files are then as they were.
    """
    _prepare_database()
    check_installation_is_empty()
    with _staging_folder() as staging:
        manifest = _extract(path, identity, staging)
        check_same_migrations(manifest)
        try:
            with transaction.atomic():
                _load_tables(staging / DATABASE, manifest)
                raise_content_version()
                with _files_in_place(staging):
                    connection.check_constraints()
        except DatabaseError as error:
            raise BackupError(f"Die Datenbank nimmt die Sicherung nicht an ({type(error).__name__}).") from error
    ContentType.objects.clear_cache()
    _derive()
    return manifest


def check_installation_is_empty() -> None:
    """Raise BackupError when accounts or files are there already: a restore replaces nothing."""
    if get_user_model()._default_manager.exists():
        raise BackupError(
            "Diese Installation hat schon Konten. Eine Sicherung wird nur in eine leere Installation eingespielt: "
            "Nennen Sie eine leere Datenbank und einen leeren Ordner (DATABASE_URL, PORTAL_VAR)."
        )
    for folder in folders().values():
        if folder.exists() and any(file.is_file() for file in folder.rglob("*")):
            raise BackupError(f"Im Ordner {folder} liegen schon Dateien. Eine Sicherung überschreibt keine Datei.")


def _prepare_database() -> None:
    if not MigrationRecorder(connection).applied_migrations():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _staging_folder() -> Iterator[Path]:
    """Yield an empty folder beside the files, for its owner only; what an earlier restore left there goes."""
    root = Path(settings.VAR_DIR)
    root.mkdir(parents=True, exist_ok=True)
    for left in root.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=root) as folder:
        yield Path(folder)


def _extract(path: Path, identity: str, staging: Path) -> Manifest:
    found: dict[str, str] = {}
    manifest = None
    try:
        with reading(path, identity) as tar:
            for entry in tar:
                content = _content(tar, entry)
                if entry.name == MANIFEST:
                    manifest = Manifest.from_bytes(content.read())
                    continue
                target = staging / entry.name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    shutil.copyfileobj(content, file, BLOCK)
                with target.open("rb") as written:
                    found[entry.name] = digest_of(written)
    except OSError as error:
        raise BackupError(f"Die Sicherung konnte nicht ausgepackt werden: {error.strerror or error}.") from error
    return _checked(manifest, found)


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Any:
    """Return the content of a part; raises BackupError for anything but a plain file below a known folder."""
    parts = PurePosixPath(entry.name).parts
    known = {MANIFEST} if len(parts) == 1 else {DATABASE, *folders()}
    if not entry.isfile() or not parts or parts[0] not in known or ".." in parts or entry.name.startswith("/"):
        raise BackupError("Die Datei ist keine Sicherung dieses Portals.")
    return tar.extractfile(entry) or io.BytesIO()


def _checked(manifest: Manifest | None, found: dict[str, str]) -> Manifest:
    if manifest is None:
        raise BackupError("Die Datei ist keine Sicherung dieses Portals, oder ihr fehlt das Verzeichnis.")
    if found != manifest.parts:
        wrong = sorted(name for name in found.keys() | manifest.parts if found.get(name) != manifest.parts.get(name))
        raise BackupError(f"Die Sicherung ist beschädigt: {wrong[0]} stimmt nicht mit dem Verzeichnis überein.")
    return manifest


def _load_tables(folder: Path, manifest: Manifest) -> None:
    tables.empty_all()
    # PostgreSQL changes no table while checks of foreign keys are pending.
    connection.check_constraints()
    with tables.without_triggers():
        for model in tables.tables():
            label = model._meta.label_lower
            written = tables.write_rows(model, _rows(folder / f"{label}.jsonl", model))
            if written != manifest.rows.get(label):
                raise BackupError(f"Die Sicherung ist beschädigt: In {label} fehlen Zeilen.")
        tables.reset_sequences()
        connection.check_constraints()


def _rows(file: Path, model: type[models.Model]) -> Iterator[list[Any]]:
    """Yield the rows of a table in the order of this installation's columns."""
    if not file.exists():
        raise BackupError(f"Die Sicherung ist unvollständig: {file.stem} fehlt.")
    with file.open("rb") as lines:
        there = json.loads(next(lines))
        here = tables.column_names(model)
        if sorted(there) != sorted(here):
            raise BackupError(f"Die Sicherung passt nicht zu dieser Fassung des Portals: {file.stem}.")
        order = [there.index(column) for column in here]
        for line in lines:
            values = json.loads(line)
            yield [values[place] for place in order]


@contextmanager
def _files_in_place(staging: Path) -> Iterator[None]:
    """Move the files where they belong; when the block fails, move them back."""
    moved: list[tuple[Path, Path]] = []
    try:
        for name, folder in folders().items():
            source = staging / name
            if not source.exists():
                continue
            folder.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(folder)  # empty, or nothing but empty folders
            _set_rights(source, *(private_rights() if name == "private" else PUBLIC_RIGHTS))
            source.rename(folder)
            moved.append((source, folder))
        yield
    except BaseException:
        for source, folder in moved:
            folder.rename(source)
            folder.mkdir()
        raise


def _set_rights(folder: Path, file_mode: int, folder_mode: int) -> None:
    """Let nobody read more than before, whatever the rule of the process that unpacked the files."""
    folder.chmod(folder_mode)
    for path in folder.rglob("*"):
        path.chmod(folder_mode if path.is_dir() else file_mode)


def _derive() -> None:
    """Make anew what a backup leaves out."""
    for command in ("update_index", "rebuild_search_index"):
        call_command(command, verbosity=0, stdout=io.StringIO())
