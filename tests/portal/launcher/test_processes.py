"""Processes are started anew when they die, and none outlives the launcher."""

import itertools
import os
import sys
import time

import pytest

from portal.launcher import processes
from portal.launcher.processes import ManagedProcess, stop_all

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def python(code: str, *, restarts: bool = False) -> ManagedProcess:
    return ManagedProcess("Probe", [sys.executable, "-c", code], dict(os.environ), restarts=restarts)


def is_alive(pid: int | None) -> bool:
    assert pid is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_end(process: ManagedProcess) -> None:
    deadline = time.monotonic() + 10
    while process.is_running and time.monotonic() < deadline:
        time.sleep(0.01)


def test_all_stop_together() -> None:
    group = [python(SLEEP), python(SLEEP)]
    for process in group:
        process.start()
    pids = [process.pid for process in group]
    assert stop_all(group) == []
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_who_does_not_listen_is_killed_and_named() -> None:
    process = python(DEAF)
    process.start()
    time.sleep(0.5)
    pid = process.pid
    began = time.monotonic()
    assert stop_all([process], seconds=0.3) == ["Probe"]
    assert is_alive(pid) is False
    assert time.monotonic() - began < 5


def test_never_started_is_nothing_to_stop() -> None:
    assert stop_all([python(SLEEP)]) == []


def test_dead_process_is_revived_after_its_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.05)
    process = python("pass", restarts=True)
    process._pause = 0.05
    process.start()
    first = process.pid
    wait_for_end(process)
    assert process.revive() is False
    time.sleep(0.06)
    assert process.revive() is True
    assert process.pid != first
    stop_all([process])


def test_running_process_is_left_alone() -> None:
    process = python(SLEEP, restarts=True)
    process.start()
    pid = process.pid
    assert (process.revive(), process.pid) == (False, pid)
    stop_all([process])


def test_pause_doubles_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(processes.time, "monotonic", lambda: now[0])
    process = python("pass", restarts=True)
    monkeypatch.setattr(ManagedProcess, "is_running", False)
    monkeypatch.setattr(ManagedProcess, "start", lambda self: setattr(self, "_started_at", now[0]))
    starts = []
    for tick in range(200):
        now[0] = float(tick)
        if process.revive():
            starts.append(tick)
    assert [later - earlier for earlier, later in itertools.pairwise(starts)][:6] == [3, 5, 9, 17, 31, 31]
