"""An installation comes back as it was; what is not an archive of ours changes nothing."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from portal.backup.archive import writing
from portal.backup.create import create_backup
from portal.backup.errors import BackupError
from portal.backup.manifest import Manifest
from portal.backup.restore import restore_backup, verify_backup
from portal.places import BASE_DIR
from search.models import IndexEntry
from tests.factories.membership import IBAN, NATURAL, create_application
from tests.portal.backup.conftest import contents, empty_installation, files_of

pytestmark = pytest.mark.django_db(transaction=True)
FOREIGN = "Die Datei ist keine Sicherung dieses Portals."


@pytest.fixture(autouse=True)
def _known_content_types(transactional_db: None) -> Iterator[None]:
    """Leave Django's memory of content types filled, as tests that follow expect it: a restore empties it."""
    yield
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def backup(tmp_path: Path, recipient: str) -> Path:
    """A backup of hardly anything, quickly made."""
    path = tmp_path / "klein.age"
    create_backup(path, recipient=recipient)
    return path


def archive_of(path: Path, recipient: str, parts: dict[str, bytes]) -> Path:
    with writing(path, recipient) as writer:
        for name, content in parts.items():
            writer.add_bytes(name, content)
    return path


def parts_of(path: Path, identity: str) -> dict[str, bytes]:
    from portal.backup.archive import reading

    with reading(path, identity) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]


def modes_of(folder: Path) -> set[int]:
    """Return the rights of a folder and everything in it."""
    return {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


def test_everything_comes_back(site: object, tmp_path: Path, recipient: str, identity: str) -> None:
    application = create_application(NATURAL, iban=IBAN)
    default_storage.save("documents/beispiel.txt", ContentFile(b"Beispiel"))
    private = Path(settings.PRIVATE_MEDIA_ROOT) / "ab" / "cd"
    private.parent.mkdir(parents=True)
    private.write_bytes(b"Muster")
    rows, media = contents(), files_of(Path(settings.MEDIA_ROOT))
    found = {entry.url for entry in IndexEntry.objects.all()}
    path = tmp_path / "a.age"

    written = create_backup(path, recipient=recipient)
    assert written.rows["membership.application"] == 1
    text = b"".join(parts_of(path, identity).values())
    assert (application.reference.encode() in text, IBAN.encode() in text) == (True, False)
    assert verify_backup(path, identity=identity) == written

    empty_installation()
    assert contents() != rows
    assert restore_backup(path, identity=identity) == written
    assert contents() == rows
    assert files_of(Path(settings.MEDIA_ROOT)) == media
    assert files_of(Path(settings.PRIVATE_MEDIA_ROOT)) == {"ab/cd": b"Muster"}
    assert modes_of(Path(settings.MEDIA_ROOT)) == {0o644, 0o755}
    assert modes_of(Path(settings.PRIVATE_MEDIA_ROOT)) == {0o600, 0o700}
    assert {entry.url for entry in IndexEntry.objects.all()} == found
    # New keys follow the old ones, and published dues orders are as frozen as before.
    assert create_application(NATURAL, email="zwei@example.org").pk > application.pk
    with pytest.raises(Exception, match="frozen"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM dues_duesorder WHERE published_at IS NOT NULL")


def test_only_into_an_empty_installation(backup: Path, identity: str, django_user_model: Any) -> None:
    django_user_model.objects.create_user(email="da@example.org", password="x")
    before = contents()
    with pytest.raises(BackupError) as refusal:
        restore_backup(backup, identity=identity)
    assert str(refusal.value).startswith("Diese Installation hat schon Konten.")
    assert contents() == before


def test_existing_files_stay(backup: Path, identity: str) -> None:
    default_storage.save("documents/da.txt", ContentFile(b"da"))
    with pytest.raises(BackupError) as refusal:
        restore_backup(backup, identity=identity)
    assert str(refusal.value) == (
        f"Im Ordner {settings.MEDIA_ROOT} liegen schon Dateien. Eine Sicherung überschreibt keine Datei."
    )
    assert files_of(Path(settings.MEDIA_ROOT)) == {"documents/da.txt": b"da"}


# What somebody may have done to an archive, and what the portal says then.
CHANGES: list[tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = [
    (lambda parts: {"etwas.txt": b""}, FOREIGN),
    (lambda parts: {"media/../../x": b"", **parts}, FOREIGN),
    (lambda parts: {"/etc/x": b"", **parts}, FOREIGN),
    (lambda parts: {"manifest.json": b"[]"}, FOREIGN),
    (lambda parts: {"manifest.json": b'{"format": "anderes"}'}, FOREIGN),
    (
        lambda parts: {name: content for name, content in parts.items() if name != "manifest.json"},
        "Die Datei ist keine Sicherung dieses Portals, oder ihr fehlt das Verzeichnis.",
    ),
    (
        lambda parts: parts | {"database/accounts.user.jsonl": b"[]\n"},
        "Die Sicherung ist beschädigt: database/accounts.user.jsonl stimmt nicht mit dem Verzeichnis überein.",
    ),
    (
        lambda parts: {"media/zuviel": b"x", **parts},
        "Die Sicherung ist beschädigt: media/zuviel stimmt nicht mit dem Verzeichnis überein.",
    ),
]


def test_foreign_and_damaged_archives_change_nothing(
    backup: Path, tmp_path: Path, recipient: str, identity: str
) -> None:
    parts, before = parts_of(backup, identity), contents()
    for number, (change, message) in enumerate(CHANGES):
        path = archive_of(tmp_path / f"{number}.age", recipient, change(parts))
        for act in (verify_backup, restore_backup):
            with pytest.raises(BackupError) as refusal:
                act(path, identity=identity)
            assert str(refusal.value) == message
    assert contents() == before
    assert list(Path(settings.VAR_DIR).glob("restore-*")) == []


def test_links_in_an_archive_are_refused(tmp_path: Path, recipient: str, identity: str) -> None:
    path = tmp_path / "c.age"
    with writing(path, recipient) as writer:
        entry = tarfile.TarInfo("media/x")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        writer._tar.addfile(entry, io.BytesIO())
    with pytest.raises(BackupError) as refusal:
        restore_backup(path, identity=identity)
    assert str(refusal.value) == FOREIGN


def test_other_versions_are_refused(backup: Path, tmp_path: Path, recipient: str, identity: str) -> None:
    parts = parts_of(backup, identity)
    values = json.loads(parts["manifest.json"]) | {"portal_version": "9.9"}
    first, *others = values["migrations"]
    for name, migrations, message in (
        (
            "neuer",
            [first, *others, "home.9999_neu"],
            (
                "Die Sicherung stammt aus einer neueren Fassung des Portals (9.9). Bitte installieren Sie zuerst diese "
                "Fassung. Hier fehlt: home.9999_neu"
            ),
        ),
        (
            "älter",
            others,
            (
                "Die Sicherung stammt aus einer älteren Fassung des Portals (9.9). Bitte spielen Sie sie in diese "
                f"Fassung ein und aktualisieren Sie danach. Dort fehlt: {first}"
            ),
        ),
    ):
        content = Manifest(**(values | {"migrations": migrations})).to_bytes()
        path = archive_of(tmp_path / f"{name}.age", recipient, parts | {"manifest.json": content})
        with pytest.raises(BackupError) as refusal:
            restore_backup(path, identity=identity)
        assert str(refusal.value) == message


def test_newer_format_is_refused(tmp_path: Path, recipient: str, identity: str) -> None:
    content = Manifest(created_at="2027-01-01", format_version=2).to_bytes()
    path = archive_of(tmp_path / "e.age", recipient, {"manifest.json": content})
    with pytest.raises(BackupError) as refusal:
        verify_backup(path, identity=identity)
    assert str(refusal.value) == (
        "Die Sicherung stammt aus einer neueren Fassung des Portals. Bitte aktualisieren Sie zuerst das Portal."
    )


def test_a_failure_at_the_end_takes_the_files_back(
    backup: Path, identity: str, tmp_path: Path, recipient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    default_storage.save("documents/da.txt", ContentFile(b"da"))
    path = tmp_path / "f.age"
    create_backup(path, recipient=recipient)
    empty_installation()
    before = contents()

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("kein Platz")

    monkeypatch.setattr("portal.backup.restore.connection.check_constraints", fail)
    with pytest.raises(OSError, match="kein Platz"):
        restore_backup(path, identity=identity)
    assert contents() == before
    assert files_of(Path(settings.MEDIA_ROOT)) == {}


def test_an_existing_file_is_not_overwritten(backup: Path, recipient: str) -> None:
    content = backup.read_bytes()
    with pytest.raises(BackupError) as refusal:
        create_backup(backup, recipient=recipient)
    assert str(refusal.value) == f"{backup} gibt es schon; eine Sicherung überschreibt keine andere."
    assert backup.read_bytes() == content


def test_commands(tmp_path: Path, recipient: str, identity: str, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "schluessel.txt"
    key.write_text(identity)
    for number in range(3):
        (tmp_path / f"portal-2020-01-0{number + 1}-000000.tar.gz.age").touch()
    call_command("backup", tmp_path, recipient=recipient, keep=2)
    kept = sorted(tmp_path.glob("portal-*.age"))
    assert [kept[0].name, len(kept)] == ["portal-2020-01-03-000000.tar.gz.age", 2]
    call_command("verify_backup", kept[1], identity=key)
    empty_installation()
    call_command("restore", kept[1], identity=key)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split("portal-")[0] for line in lines] == [
        f"{tmp_path}/",
        f"{tmp_path}/",
        f"{tmp_path}/",
        "Unversehrt",
        "Eingespielt",
    ]


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (
            ["backup", "x"],
            {},
            "Es fehlt der öffentliche Schlüssel von age: --recipient oder PORTAL_BACKUP_RECIPIENT nennt ihn.",
        ),
        (["backup", "x"], {"recipient": "age1", "keep": 0}, "--keep muss mindestens 1 sein."),
        (
            ["verify_backup", Path("x")],
            {"identity": Path("/nicht/da")},
            "Die Schlüsseldatei /nicht/da ist nicht lesbar.",
        ),
        (["restore", Path("x")], {"identity": Path("/nicht/da")}, "Die Schlüsseldatei /nicht/da ist nicht lesbar."),
    ],
)
def test_commands_say_what_is_missing(
    arguments: list[Any], options: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_BACKUP_RECIPIENT", raising=False)
    with pytest.raises(CommandError) as refusal:
        call_command(*arguments, **options)
    assert str(refusal.value) == message


@pytest.mark.postgres
def test_from_sqlite_to_postgresql(tmp_path: Path, recipient: str, identity: str) -> None:
    """The way up: a small installation's backup fills a PostgreSQL database."""
    small = tmp_path / "klein"
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}} | {
        "PORTAL_VAR": str(small),
        "DJANGO_SETTINGS_MODULE": "portal.settings.embedded",
        "PORTAL_ADMIN_PASSWORD": "ein-langes-Passwort-zum-Testen",
    }
    path = tmp_path / "g.age"
    for arguments in (
        ["prepare_portal", "--no-static"],
        ["backup", str(path), "--recipient", recipient],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=BASE_DIR, env=environment, check=True, capture_output=True
        )
    empty_installation()
    manifest = restore_backup(path, identity=identity)
    assert (manifest.database, connection.vendor) == ("sqlite", "postgresql")
    assert {label: len(rows) for label, rows in contents().items()} == manifest.rows
    assert files_of(Path(settings.MEDIA_ROOT)) == files_of(small / "media")
