"""The processes that make up a running portal, and what is prepared before they start."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from portal.launcher.checks import HOST
from portal.launcher.processes import STOP_SECONDS, ManagedProcess
from portal.launcher.terminal import LauncherError
from portal.places import BASE_DIR

BLOCKING_THREADS = 4


@dataclass(frozen=True)
class Mode:
    """How the portal is started: ``make run`` or ``make dev``."""

    settings: str
    preparation: tuple[str, ...]
    is_debug: bool


RUN = Mode(settings="portal.settings.embedded", preparation=("prepare_portal",), is_debug=False)
DEVELOP = Mode(settings="portal.settings.dev", preparation=("prepare_portal", "--no-static"), is_debug=True)


def environment_for(mode: Mode, port: int) -> dict[str, str]:
    """Return the environment of the portal's processes."""
    return {
        "PORTAL_BASE_URL": f"http://{HOST}:{port}",
        **os.environ,
        "DJANGO_SETTINGS_MODULE": mode.settings,
        "PYTHONUNBUFFERED": "1",
    }


def manage(*arguments: str) -> list[str]:
    """Return the command line of a management command."""
    return [sys.executable, str(BASE_DIR / "manage.py"), *arguments]


def prepare(mode: Mode, environment: dict[str, str]) -> None:
    """Bring database, files and first content up to date; LauncherError when that fails (the step has said why)."""
    # A session of its own: Ctrl+C reaches only the launcher, which then ends the step.
    done = subprocess.run(manage(*mode.preparation), env=environment, check=False, start_new_session=True)  # noqa: S603
    if done.returncode != 0:
        raise LauncherError("Das Portal wurde nicht gestartet.")


def processes_for(mode: Mode, port: int, environment: dict[str, str]) -> list[ManagedProcess]:
    """Return the server, which ends everything when it ends, and the worker beside it, which is started anew."""
    server = manage("runserver", f"{HOST}:{port}") if mode.is_debug else application_server(port)
    return [
        ManagedProcess("Der Webserver", server, environment),
        ManagedProcess("Der Hintergrunddienst", manage("run_worker"), environment, restarts=True),
    ]


def application_server(port: int) -> Sequence[str]:
    """Return granian's command line; no access log, because no address of the form or its links may be written down."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(BLOCKING_THREADS), "--no-ws", "--no-access-log"),
        *("--log-level", "warning", "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(int(STOP_SECONDS / 2))),
        "portal.wsgi:application",
    ]
