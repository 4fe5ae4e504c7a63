"""A PostgreSQL of one's own for benchmarks and tests, so that nothing that runs on this machine is touched."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
# initdb and the server refuse to run as root.
SERVER_USER = "postgres"
OWNER = "bench"


class OwnPostgres:
    """A cluster on a free port of this machine; ``start`` makes it when it is new.

    It has the settings it comes with, but a hasty one leaves it to the operating system when the disk has something:
    it survives its own end, not the machine's.
    """

    def __init__(self, programs: Path, *, is_hasty: bool = False) -> None:
        self._programs = programs
        self._is_hasty = is_hasty
        self._folder = Path(tempfile.mkdtemp(prefix="own-postgres-"))
        self.port = _free_port()
        if getpass.getuser() == "root":
            shutil.chown(self._folder, SERVER_USER)

    @classmethod
    def new(cls, *, is_hasty: bool = False) -> "OwnPostgres | None":
        """Return a cluster that is not started yet; None where no PostgreSQL is installed."""
        versions = sorted(INSTALLED.glob("*/bin/pg_ctl"))
        return cls(versions[-1].parent, is_hasty=is_hasty) if versions else None

    def address(self, database: str = OWNER) -> str:
        """Return the address of a database in it."""
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server; returns when it answers."""
        data = self._folder / "data"
        if not self._exists:
            _run(self._programs / "initdb", "-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        if self._is_hasty:
            options += " -c fsync=off"
        _run(self._programs / "pg_ctl", "-D", data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop the server as a power cut would: it recovers at the next start."""
        _run(self._programs / "pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")

    def create(self, database: str = OWNER, *, place: Path | None = None) -> str:
        """Create an empty database, with its files in ``place``; return its address."""
        connection = ("-h", "127.0.0.1", "-p", self.port, "-U", OWNER)
        where: tuple[str, ...] = ()
        if place is not None:
            shutil.chown(place, SERVER_USER)
            statement = f"CREATE TABLESPACE {database} LOCATION '{place}'"
            _run(self._programs / "psql", *connection, "-d", "postgres", "-qc", statement)
            where = (f"--tablespace={database}",)
        _run(self._programs / "createdb", *connection, *where, database)
        return self.address(database)

    def remove(self) -> None:
        """Delete everything; stop it first."""
        shutil.rmtree(self._folder)

    @property
    def _exists(self) -> bool:
        return (self._folder / "log").exists()


@contextmanager
def own_postgres() -> Iterator[str | None]:
    """Start a server and yield the address of an empty database in it.

    Yields None where no PostgreSQL is installed. Everything is gone afterwards.
    """
    server = OwnPostgres.new()
    if server is None:
        yield None
        return
    try:
        server.start()
        try:
            yield server.create()
        finally:
            server.stop()
    finally:
        server.remove()


def _run(*command: object) -> None:
    """Run a program of PostgreSQL, as its own user where we are root; raises CalledProcessError."""
    words = [str(word) for word in command]
    if getpass.getuser() == "root":
        words = ["runuser", "-u", SERVER_USER, "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=os.sep)  # noqa: S603 - fixed commands


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
