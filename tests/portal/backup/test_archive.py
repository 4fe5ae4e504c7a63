"""The container: what is written comes back, and whatever is not whole is refused."""

from pathlib import Path

import pyrage
import pytest

from portal.backup.archive import ArchiveWriter, digest_of, reading, writing
from portal.backup.errors import BackupError

PARTS = {"private/a.pdf": b"%PDF" + bytes(range(256)) * 4000, "media/ö.txt": b"", "manifest.json": b"{}"}
DAMAGED = "Die Sicherung ist beschädigt oder unvollständig."
FOREIGN = "Die Datei ist keine Sicherung dieses Portals."


@pytest.fixture
def archive(tmp_path: Path, recipient: str) -> Path:
    path = tmp_path / "a.age"
    with writing(path, recipient) as writer:
        for name, content in PARTS.items():
            writer.add_bytes(name, content)
    return path


def read(path: Path, identity: str) -> dict[str, bytes]:
    with reading(path, identity) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]


def test_what_was_written_comes_back(archive: Path, identity: str) -> None:
    assert read(archive, identity) == PARTS
    assert archive.stat().st_mode & 0o777 == 0o600


def test_hashes_are_those_of_the_parts(tmp_path: Path, recipient: str) -> None:
    path = tmp_path / "b.age"
    with writing(path, recipient) as writer:
        writer.add_bytes("media/a", b"abc")
    assert writer.parts == {"media/a": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
    source = tmp_path / "abc"
    source.write_bytes(b"abc")
    with source.open("rb") as file:
        assert digest_of(file) == writer.parts["media/a"]


def test_nothing_readable_lies_in_it(archive: Path) -> None:
    assert b"%PDF" not in archive.read_bytes()
    assert archive.read_bytes().startswith(b"age-encryption.org/v1\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content[:-100], DAMAGED),
        (lambda content: content[:180], DAMAGED),
        (lambda content: content[:400] + bytes([content[400] ^ 1]) + content[401:], DAMAGED),
        (lambda content: content[:-1] + bytes([content[-1] ^ 1]), DAMAGED),
        (lambda content: b"", DAMAGED),
        (lambda content: b"PK\x03\x04" + content, FOREIGN),
    ],
)
def test_what_is_not_whole_is_refused(archive: Path, identity: str, change: object, message: str) -> None:
    archive.write_bytes(change(archive.read_bytes()))  # type: ignore[operator]
    with pytest.raises(BackupError) as refusal:
        read(archive, identity)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "Die Schlüsseldatei enthält keinen geheimen Schlüssel (er beginnt mit „AGE-SECRET-KEY-“)."),
        ("AGE-SECRET-KEY-1ABC", "Der geheime Schlüssel ist falsch geschrieben oder unvollständig."),
        ("ein anderer", "Der geheime Schlüssel passt nicht zu dieser Sicherung."),
    ],
)
def test_other_keys_open_nothing(archive: Path, key: str, message: str) -> None:
    # A key made anew has no place among the parameters: every test process would know the test by another name.
    given = str(pyrage.x25519.Identity.generate()) if key == "ein anderer" else key
    with pytest.raises(BackupError) as refusal:
        read(archive, given)
    assert str(refusal.value) == message


def test_key_file_may_carry_comments(archive: Path, identity: str) -> None:
    assert read(archive, f"# created: heute\n# public key: age1…\n{identity}\n") == PARTS


def test_a_failure_leaves_nothing(tmp_path: Path, recipient: str) -> None:
    def fail(writer: ArchiveWriter) -> None:
        writer.add_bytes("media/a", b"abc")
        raise BackupError("abgebrochen")

    with pytest.raises(BackupError, match="abgebrochen"), writing(tmp_path / "c.age", recipient) as writer:
        fail(writer)
    assert list(tmp_path.iterdir()) == []


def test_wrong_public_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupError) as refusal, writing(tmp_path / "d.age", "age1abc"):
        pass
    assert str(refusal.value) == "Der öffentliche Schlüssel ist keiner von age (er beginnt mit „age1“)."
