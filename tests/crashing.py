"""Crashes: a real process is killed (SIGKILL) at each step of an action, one step further each time.

    @pytest.mark.django_db(transaction=True)
    def test_acceptance_survives_a_crash(crashes):
        application = …
        for step in crashes("tests.membership.crash_actions:accept", application.pk):
            assert state() in (NOTHING, EVERYTHING), step

The action is a function that the other process imports; its arguments must be JSON. A step is each writing statement,
each writing or deleting of a private file, and the commit, before and after. The last one is „finished“: the action
ran to its end. What the test finds in between is what a restart would find.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from portal.places import BASE_DIR

MOST_STEPS = 200
Crashes = Callable[..., Iterator[str]]


@pytest.fixture
def crashes(transactional_db: None) -> Iterator[Crashes]:
    """Return ``crashes(action, *arguments)``; see the module."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash_process", str(connection.settings_dict["NAME"])],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def each_step(action: str, *arguments: Any) -> Iterator[str]:
        assert process.stdin is not None
        assert process.stdout is not None
        for last in range(MOST_STEPS):
            process.stdin.write(json.dumps([action, arguments, last]) + "\n")
            process.stdin.flush()
            step = process.stdout.readline().strip()
            assert step not in ("", "failed", "died by itself"), f"{action}, step {last}: {step}"
            yield step
            if step == "finished":
                return
        raise AssertionError(f"{action} has more than {MOST_STEPS} steps")

    yield each_step
    assert process.stdin is not None
    process.stdin.close()
    process.wait(timeout=30)
    if process.stdout:
        process.stdout.close()
