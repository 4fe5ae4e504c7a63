"""A whole production of the tests' own: PostgreSQL, Redis, two application servers, and a disk that can be filled."""

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import psycopg

from bench.load import family
from bench.postgres import OwnPostgres
from portal.launcher.commands import manage
from tests.portal.delivery.servers import Answer, Installation, Process, Visitor

# A machine that does other things as well may need long to start a process.
WAIT_SECONDS = 180
DISK_MEGABYTES = 160
AT_ONCE_DUE = "INSERT INTO mailing_queuedmail (kind, object_id, state, attempts, next_attempt_at, created_at, error)"


@dataclass
class Disk:
    """A file system that is small enough to be filled."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave not a byte of room for as long as the block runs."""
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue
        try:
            yield
        finally:
            ballast.unlink()


@contextmanager
def small_disk() -> Iterator[Disk | None]:
    """Mount a small file system; None where that is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    # PostgreSQL's own user must reach its files.
    folder.chmod(0o755)
    mount = [str(shutil.which("mount")), "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=0755", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        folder.rmdir()
        yield None
        return
    try:
        yield Disk(folder)
    finally:
        subprocess.run([str(shutil.which("umount")), "--lazy", str(folder)], check=True)
        folder.rmdir()


@cache
def may_mount() -> bool:
    """Whether a small file system can be had on this machine."""
    with small_disk() as disk:
        return disk is not None


@contextmanager
def no_room_for_files(processes: list[int], *, room: int = 0) -> Iterator[None]:
    """Let the processes write no more than ``room`` bytes into a file for as long as the block runs, like a quota."""
    members = [member for process in processes for member in family(process)]
    for member in members:
        resource.prlimit(member, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for member in members:
            resource.prlimit(member, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@dataclass(kw_only=True)
class Portal:
    """Application servers, their database and files; ``planted`` says what tests/soak/plant.py has left in them."""

    installation: Installation
    database: str
    ports: list[int]
    planted: dict[str, Any]
    session: str
    readers: list[Visitor]

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database directly, or change it as somebody at its console would."""
        if self.database.startswith("sqlite:///"):
            with closing(sqlite3.connect(self.database.removeprefix("sqlite:///"), isolation_level=None)) as file:
                return file.execute(statement.replace("%s", "?"), values).fetchall()  # type: ignore[arg-type]
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(statement, values)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def count(self, table: str, condition: str = "true") -> int:
        return int(self.query(f"SELECT count(*) FROM {table} WHERE {condition}")[0][0])  # noqa: S608 - tests' own

    def editor(self) -> Visitor:
        """Return somebody who may do everything in the admin."""
        return Visitor(self.ports[0], cookies={"__Host-sessionid": self.session})

    def servers(self) -> list[int]:
        """Return the application servers' processes."""
        found = (process for process in self.installation.processes if "granian" in process.command)
        return [process.child.pid for process in found if process.child]


@dataclass(kw_only=True)
class Production(Portal):
    """A portal as it runs on servers, and everything around it."""

    postgres: OwnPostgres
    redis: Process
    disk: Disk | None
    worker: Process | None = None

    def start_worker(self) -> Process:
        """Start the worker unless it runs."""
        if self.worker is None:
            self.worker = self.installation.start("worker", manage("run_worker"))
        elif self.worker.child is None or self.worker.child.poll() is not None:
            self.worker.start()
        return self.worker

    def kill_worker(self) -> None:
        """End the worker without a chance to do anything about it."""
        assert self.worker is not None
        assert self.worker.child is not None
        self.worker.child.send_signal(signal.SIGKILL)
        self.worker.child.wait()

    def queue(self, *mails: tuple[str, int]) -> None:
        """Let exactly these mails wait, due at once: kind and what they are about."""
        self.query("DELETE FROM mailing_queuedmail")
        for kind, key in mails:
            self.query(f"{AT_ONCE_DUE} VALUES (%s, %s, 'queued', 0, now(), now(), '')", kind, key)

    def hurry(self) -> None:
        """Let the time pass that a mail waits for its next attempt, or for a worker thought dead."""
        self.query("UPDATE mailing_queuedmail SET next_attempt_at = now() WHERE state = 'retry'")
        self.query("UPDATE mailing_queuedmail SET claimed_at = now() - interval '11 minutes' WHERE state = 'sending'")

    def states(self) -> list[str]:
        return [state for (state,) in self.query("SELECT state FROM mailing_queuedmail ORDER BY id")]


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = WAIT_SECONDS) -> float:
    """Return once ``condition`` holds: after how many seconds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began


def submission(visitor: Visitor, path: str) -> dict[str, str]:
    """Open the last page of a draft; return what its button sends."""
    page = visitor.get(path)
    assert page.status == 200, page.body
    (key,) = re.findall(r'name="formular"\s+value="([^"]+)"', page.body)
    return {"formular": unescape(key), "accepts_statutes": "on"}


def submit(visitor: Visitor, path: str) -> Answer:
    """Press the button of the last page."""
    return visitor.post(path, submission(visitor, path))


def make_link(link: Path, target: Path) -> None:
    """Let ``link``, a folder that may hold something, lie at ``target``."""
    target.mkdir(parents=True)
    if link.exists():
        shutil.copytree(link, target, dirs_exist_ok=True)
        shutil.rmtree(link)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)
