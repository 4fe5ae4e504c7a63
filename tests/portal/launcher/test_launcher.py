"""``python -m portal.launcher`` as a process: a failure is one German sentence, and stopping leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.places import BASE_DIR
from tests.e2e.running_portal import OWN_VARIABLES, start_portal


def launch(tmp_path: Path, **environment: str) -> tuple[int, str, str]:
    """Return exit code, output and error output of a launcher that is expected not to start."""
    surroundings = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    done = subprocess.run(
        [sys.executable, "-m", "portal.launcher"],
        cwd=BASE_DIR,
        env=surroundings | {"PORTAL_VAR": str(tmp_path / "var")} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code, output, errors = launch(tmp_path, PORT=str(port))
    other = port + 1 if port < 65535 else 8000
    assert (code, output) == (1, "")
    assert errors == f"Port {port} ist schon belegt; mit einem anderen geht es: make run PORT={other}\n"


def test_no_port(tmp_path: Path) -> None:
    assert launch(tmp_path, PORT="acht") == (1, "", "PORT muss eine Zahl von 1 bis 65535 sein, nicht „acht“.\n")


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    sentence = "In /proc/portal darf nicht geschrieben werden; ein anderer Ordner geht so: make run PORTAL_VAR=ORDNER\n"
    assert launch(tmp_path, PORTAL_VAR="/proc/portal", PORT="1024") == (1, "", sentence)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "mysql://vera:geheim@127.0.0.1/portal",
            (
                "DATABASE_URL ist keine Datenbankadresse: erwartet wird etwa "
                "postgres://NAME:PASSWORT@RECHNER:5432/DATENBANK oder sqlite:///PFAD."
            ),
        ),
        (
            "postgres://vera:geheim@127.0.0.1:1/portal",
            "Die Datenbank ist nicht benutzbar: unter der in DATABASE_URL genannten Adresse antwortet keine Datenbank.",
        ),
    ],
)
def test_wrong_database(tmp_path: Path, url: str, sentence: str) -> None:
    code, output, errors = launch(tmp_path, DATABASE_URL=url, PORT="1024")
    assert (code, output) == (1, "Bereite das Portal vor …\n")
    assert errors == f"{sentence}\nDas Portal wurde nicht gestartet.\n"


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def test_worker_is_revived_and_everything_stops(tmp_path: Path) -> None:
    portal = start_portal(tmp_path / "var")
    launcher = portal.process
    try:
        children = {"run_worker" in command_of(pid): pid for pid in children_of(launcher.pid)}
        os.kill(children[True], signal.SIGKILL)
        wait_for(lambda: "Der Hintergrunddienst war zu Ende gegangen und läuft wieder." in portal.log)
        children_now = children_of(launcher.pid)
        family = [*children_now, *(grandchild for pid in children_now for grandchild in children_of(pid))]
        assert len(family) >= 3  # application server, its process, worker
        assert (tmp_path / "var" / "db.sqlite3").stat().st_mode & 0o777 == 0o600
    finally:
        launcher.send_signal(signal.SIGTERM)
        code = launcher.wait(timeout=30)
    assert code == 0
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    assert "abgebrochen" not in portal.log
    assert "Traceback" not in portal.log


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
