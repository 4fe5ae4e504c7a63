"""deploy/install on an empty Debian with a real systemd: the first time, and again."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REQUIRE_ALL
from tests.soak.box import Box, why_not

pytestmark = pytest.mark.soak
FIRST = ("--host", "www.example.org", "--mail-from", "portal@example.org")
MAIL_URL = "smtp+tls://portal:a&touch made|b$HOME<c'd\"e\\f@mail.example.org:587"
SERVICES = ("lag-portal-web@8001", "lag-portal-web@8002", "lag-portal-worker", "nginx")


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    reason = why_not()
    if reason and not REQUIRE_ALL:
        pytest.skip(f"Einrichten auf einem leeren Debian übersprungen: {reason}")
    assert reason == ""
    folder = Path(tempfile.mkdtemp(prefix="box-"))
    folder.chmod(0o755)
    box = Box(folder / "root")
    try:
        box.build()
        box.start()
        yield box
    finally:
        box.stop()
        shutil.rmtree(folder)


def started(box: Box) -> list[str]:
    """Return the main process of each service; none may have ended by itself."""
    states = [box.run("systemctl", "show", "-p", "MainPID,NRestarts,SubState", name).split() for name in SERVICES]
    assert [state[1:] for state in states] == [["NRestarts=0", "SubState=running"]] * len(SERVICES)
    return [state[0] for state in states]


def test_from_an_empty_server_to_a_portal(box: Box) -> None:
    told = box.install(*FIRST, "--mail-url", MAIL_URL)

    assert "Das Portal läuft: https://www.example.org/" in told
    assert [folder for folder in (box.root, box.source) if (folder / "made").exists()] == []
    assert box.run("stat", "-c", "%a %U:%G", "/etc/lag-portal", "/etc/lag-portal/environment") == (
        "700 root:root\n600 root:root\n"
    )
    get = ["python3", "-m", "portal.launcher.settings_file", "get", "/etc/lag-portal/environment", "PORTAL_EMAIL_URL"]
    assert box.run("env", "-C", "/opt/lag-portal/current", *get) == f"{MAIL_URL}\n"
    for person in ("www-data", "lag-portal"):
        box.run("runuser", "-u", person, "--", "cat", "/etc/lag-portal/environment", expect=1)
    started(box)
    # Until the worker has given its first sign of life.
    assert box.run("curl", "-sf", "--retry", "30", "--retry-delay", "2", "http://127.0.0.1:8001/readyz") == "ready\n"
    packed = ["curl", "-skI", "-H", "Accept-Encoding: br", "--resolve", "www.example.org:443:127.0.0.1"]
    assert "content-encoding: br" in box.run(*packed, "https://www.example.org/")


def test_a_second_run_changes_nothing(box: Box) -> None:
    before = started(box)
    box.install()
    assert started(box) == before
