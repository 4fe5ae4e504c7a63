"""Start the portal on this machine: check, prepare, serve, watch, stop. ``--dev`` starts it for working on it."""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

from portal.launcher.checks import HOST, check_folder_is_writable, check_port_is_free, port_from
from portal.launcher.commands import DEVELOP, RUN, Mode, environment_for, prepare, processes_for
from portal.launcher.processes import ManagedProcess, stop_all
from portal.launcher.terminal import LauncherError, complain, say
from portal.places import var_folder

START_SECONDS = 60.0
# What the portal writes (database, mails, uploads) holds personal data: nobody else on the machine may read it.
OWNER_ONLY = 0o077
PULSE_SECONDS = 0.5


class Stopped(Exception):
    """Somebody asked the portal to stop."""


def _stop(signum: int, frame: FrameType | None) -> None:
    # A second Ctrl+C must not interrupt the stopping.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def main(arguments: Sequence[str]) -> int:
    """Run the portal until it is told to stop; return the exit code."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    os.umask(OWNER_ONLY)
    try:
        return run(DEVELOP if "--dev" in arguments else RUN)
    except LauncherError as error:
        complain(str(error))
        return 1
    except Stopped:
        return 0


def run(mode: Mode) -> int:
    """Check, prepare and serve in ``mode``; returns when the server has ended."""
    port = port_from(os.environ.get("PORT", ""))
    check_port_is_free(port)
    check_folder_is_writable(var_folder())
    environment = environment_for(mode, port)
    say("Bereite das Portal vor …")
    prepare(mode, environment)
    processes = processes_for(mode, port, environment)
    try:
        return serve(processes, port)
    except Stopped:
        say("Beende das Portal …")
        return 0
    finally:
        for name in stop_all(processes):
            complain(f"{name} hat nicht auf das Ende gewartet und wurde abgebrochen.")


def serve(processes: Sequence[ManagedProcess], port: int) -> int:
    """Start the processes and watch them; returns 1 when the server ends by itself."""
    for process in processes:
        process.start()
    wait_until_answering(processes[0], port)
    say(f"\nDas Portal läuft: http://{HOST}:{port}/  (Verwaltung: http://{HOST}:{port}/admin/)")
    say("Strg+C beendet es.")
    while True:
        for process in processes:
            if process.is_running:
                continue
            if not process.restarts:
                complain(f"{process.name} ist unerwartet zu Ende gegangen.")
                return 1
            if process.revive():
                complain(f"{process.name} war zu Ende gegangen und läuft wieder.")
        time.sleep(PULSE_SECONDS)


def wait_until_answering(server: ManagedProcess, port: int) -> None:
    """Return once the server answers; LauncherError when it ends first or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not server.is_running:
            raise LauncherError(f"{server.name} konnte nicht starten; darüber steht, woran es liegt.")
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2):
                return
        except urllib.error.HTTPError as error:
            raise LauncherError(f"{server.name} antwortet mit Fehler {error.code}; darüber steht, warum.") from error
        except OSError:
            time.sleep(PULSE_SECONDS / 5)
    raise LauncherError(f"{server.name} antwortet nach {START_SECONDS:.0f} Sekunden noch nicht.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
