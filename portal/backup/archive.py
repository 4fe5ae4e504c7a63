"""The container of a backup: a compressed tar file, encrypted with age while it is written, decrypted while it is read.

In the archive nothing is ever clear text. While it is made, a large table passes through a temporary file without
a name; a restore unpacks beside the files, for their owner alone. What was encrypted to a public key opens only with
the secret key, which has no place on the server.
"""

import gzip
import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from portal.backup.errors import BackupError

MANIFEST = "manifest.json"
COMPRESSION = 6
BLOCK = 1 << 16


class ArchiveWriter:
    """Adds parts to an archive and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, str] = {}

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, file: IO[bytes], size: int) -> None:
        """Add the first ``size`` bytes of ``file``; raises BackupError when there are fewer."""
        self._add(name, file, size)

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        hashed = _Hashing(file)
        try:
            self._tar.addfile(entry, hashed)  # type: ignore[arg-type]
        except OSError as error:
            raise BackupError(
                f"{name} hat sich während der Sicherung geändert. Bitte sichern Sie noch einmal."
            ) from error
        self.parts[name] = hashed.digest.hexdigest()


@contextmanager
def writing(path: Path, recipient: str) -> Iterator[ArchiveWriter]:
    """Write an archive to ``path``, readable with the secret key of ``recipient`` (age1…); whole, or not at all."""
    key = _recipient(recipient)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("xb") as target:
            draft.chmod(0o600)
            with _pumped(lambda source: pyrage.encrypt_io(source, target, [key])) as pipe:  # noqa: SIM117
                with gzip.GzipFile(fileobj=pipe, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed:
                    with tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                        yield ArchiveWriter(tar)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def reading(path: Path, identity: str) -> Iterator[tarfile.TarFile]:
    """Open the archive at ``path`` with the secret key ``identity`` (AGE-SECRET-KEY-1…); parts come in their order.

    Raises BackupError for a wrong key and for a file that is damaged or no archive, also while it is being read.
    """
    key = _identity(identity)
    problem: list[BaseException] = []

    def decrypt(target: IO[bytes]) -> None:
        try:
            with path.open("rb") as source:
                pyrage.decrypt_io(source, target, [key])
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - handed to the reader, who stands in another thread
            problem.append(error)

    try:
        with _drained(decrypt) as pipe, tarfile.open(fileobj=pipe, mode="r|gz") as tar:
            yield tar
            # What follows the last part carries the check sums of compression and encryption.
            while pipe.read(BLOCK):
                pass
    except (tarfile.TarError, EOFError, OSError, gzip.BadGzipFile) as error:
        raise BackupError(_why_unreadable(path, problem)) from error
    if problem:
        raise BackupError(_why_unreadable(path, problem)) from problem[0]


def digest_of(file: Any) -> str:
    """Return the SHA-256 of what is left of ``file``."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def _why_unreadable(path: Path, problem: list[BaseException]) -> str:
    if not path.is_file():
        return f"Die Datei {path} gibt es nicht oder sie ist nicht lesbar."
    if any("No matching keys" in str(error) for error in problem):
        return "Der geheime Schlüssel passt nicht zu dieser Sicherung."
    if any(isinstance(error, pyrage.DecryptError) and "Header" in str(error) for error in problem):
        return "Die Datei ist keine Sicherung dieses Portals."
    return "Die Sicherung ist beschädigt oder unvollständig."


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise BackupError("Der öffentliche Schlüssel ist keiner von age (er beginnt mit „age1“).") from error


def _identity(text: str) -> Any:
    for line in text.splitlines():
        if line.strip().startswith("AGE-SECRET-KEY-"):
            try:
                return pyrage.x25519.Identity.from_str(line.strip())
            except pyrage.IdentityError as error:
                raise BackupError("Der geheime Schlüssel ist falsch geschrieben oder unvollständig.") from error
    raise BackupError("Die Schlüsseldatei enthält keinen geheimen Schlüssel (er beginnt mit „AGE-SECRET-KEY-“).")


@contextmanager
def _pumped(consume: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Yield a file to write to; ``consume`` reads it in a thread of its own. Its error is raised at the end."""
    read, write = os.pipe()
    problem: list[BaseException] = []

    def work() -> None:
        with os.fdopen(read, "rb") as source:
            try:
                consume(source)
            except BaseException as error:  # noqa: BLE001 - raised below, in the thread that writes
                problem.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        with os.fdopen(write, "wb", buffering=BLOCK) as target:
            yield target
    except BrokenPipeError:
        thread.join()
        if not problem:
            raise
    finally:
        thread.join()
    if problem:
        raise problem[0]


@contextmanager
def _drained(produce: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Yield a file to read from; ``produce`` writes it in a thread of its own."""
    read, write = os.pipe()

    def work() -> None:
        with os.fdopen(write, "wb", buffering=BLOCK) as target:
            try:
                produce(target)
                target.flush()
            except BrokenPipeError:
                return

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        with os.fdopen(read, "rb") as source:
            yield source
    finally:
        thread.join()


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block
