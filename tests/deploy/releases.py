"""Releases as deploy/install lays them out, and application servers that are started as the shipped unit says."""

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portal.launcher.rollout import Instance
from portal.places import BASE_DIR
from tests.e2e.running_portal import free_port
from tests.portal.delivery.servers import HOST, Answer, Installation, Process, Visitor

UNIT = BASE_DIR / "deploy" / "systemd" / "lag-portal-web@.service"


def make_release(root: Path, name: str, *, changes: dict[str, str] | None = None) -> Path:
    """Copy the code below ``root`` with these files changed: each gets the text given at its end."""
    release = root / "releases" / name
    git = [
        str(shutil.which("git")),
        "-C",
        str(BASE_DIR),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    for file in subprocess.run(git, check=True, capture_output=True, text=True).stdout.split("\0"):
        if file and not file.startswith(("tests/", "docs/")) and (BASE_DIR / file).is_file():
            (release / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BASE_DIR / file, release / file)
    for catalogue in (BASE_DIR / "portal" / "locale").rglob("*.mo"):
        shutil.copy2(catalogue, release / catalogue.relative_to(BASE_DIR))
    for changed, text in (changes or {}).items():
        with (release / changed).open("a") as file_to_change:
            file_to_change.write(text)
    # The packages are the same; making them anew for each release would only take longer.
    (release / "venv").symlink_to(Path(sys.prefix))
    return release


@dataclass
class Units:
    """What systemd does with the instances: starts what the unit says, in the folder that it names."""

    installation: Installation
    root: Path
    running: dict[str, Process] = field(default_factory=dict)

    def instances(self, count: int) -> list[Instance]:
        ports = [free_port() for _ in range(count)]
        return [Instance(f"lag-portal-web@{port}.service", "127.0.0.1", port) for port in ports]

    def restart(self, unit: str) -> None:
        old = self.running.pop(unit, None)
        if old is not None:
            old.stop()
            self.installation.processes.remove(old)
        port = re.sub(r"\D", "", unit)
        text = UNIT.read_text().replace("\\\n", " ").replace("%i", port)
        (command,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
        (folder,) = re.findall(r"^WorkingDirectory=/opt/lag-portal/(.*)$", text, re.MULTILINE)
        process = Process(
            command.split(), self.installation.environment, self.installation.folder / f"{port}.log", self.root / folder
        )
        process.start()
        self.installation.processes.append(process)
        self.running[unit] = process


@contextmanager
def readers(port: int, path: str, *, count: int = 3) -> Iterator[list[Answer]]:
    """Let several people read ``path`` all the while; give what they have been answered, refusals included."""
    answers: list[Answer] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            try:
                answers.append(Visitor(port).get(path, Host=HOST))
            except OSError as error:
                answers.append(Answer(0, {}, repr(error)))
            time.sleep(0.01)

    people = [threading.Thread(target=read) for _ in range(count)]
    for person in people:
        person.start()
    try:
        yield answers
    finally:
        is_over.set()
        for person in people:
            person.join()
