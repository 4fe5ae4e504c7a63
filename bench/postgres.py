"""A PostgreSQL of the benchmarks' own, with the settings it comes with, so that nothing that runs here is touched."""

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


@contextmanager
def own_postgres() -> Iterator[str | None]:
    """Start a server on a free port of this machine and yield the address of an empty database in it.

    Yields None where no PostgreSQL is installed. Everything is gone afterwards.
    """
    versions = sorted(INSTALLED.glob("*/bin/pg_ctl"))
    if not versions:
        yield None
        return
    programs = versions[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    try:
        if getpass.getuser() == "root":
            shutil.chown(folder, SERVER_USER)
        data, port = folder / "data", _free_port()
        _run(programs / "initdb", "-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            _run(programs / "createdb", "-h", "127.0.0.1", "-p", port, "-U", OWNER, OWNER)
            yield f"postgres://{OWNER}@127.0.0.1:{port}/{OWNER}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


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
