"""A real process that runs an action of the tests on their database and kills itself (SIGKILL) at one step of it.

Started by tests/crashing.py. Reads one JSON list per line: action (``module:function``), its arguments, and the number
of the step to die at. Each runs in a fork, so that Django is set up once. Answers with one line: the step at which it
died, or „finished“.
"""

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - needs Django to be set up
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402

from portal.privacy.storage import PrivateStorage  # noqa: E402

WRITING = ("INSERT", "UPDATE", "DELETE")


class Countdown:
    """Counts the steps of an action and ends the process, as a power cut would, before the chosen one."""

    def __init__(self, last: int, out: int) -> None:
        self.left, self.out = last, out

    def step(self, label: str) -> None:
        if self.left == 0:
            os.write(self.out, label.encode())
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def on_statement(self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITING):
            self.step("before " + " ".join(sql.split()[:3]))
        return execute(sql, parameters, many, context)

    def around(self, owner: type, name: str, label: str) -> None:
        """Make a step before and after ``owner.name``."""
        original = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step(f"before {label}")
            result = original(*args, **kwargs)
            self.step(f"after {label}")
            return result

        setattr(owner, name, counted)


def run(action: str, arguments: list[Any], last: int, out: int) -> None:
    """Run the action in this fork."""
    countdown = Countdown(last, out)
    countdown.around(PrivateStorage, "_save", "writing a file")
    countdown.around(PrivateStorage, "delete", "deleting a file")
    countdown.around(BaseDatabaseWrapper, "commit", "the commit")
    module, _, function = action.partition(":")
    with connection.execute_wrapper(countdown.on_statement):
        getattr(importlib.import_module(module), function)(*arguments)
    os.write(out, b"finished")


def answer(line: str) -> str:
    """Fork, run, and return how it ended."""
    action, arguments, last = json.loads(line)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            run(action, arguments, last, writing)
        except BaseException:  # noqa: BLE001 - a fork must never go on as its parent
            traceback.print_exc()
            os.write(writing, b"failed")
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read() or "died by itself"


if __name__ == "__main__":
    connection.settings_dict["NAME"] = sys.argv[1]
    for each in sys.stdin:
        sys.stdout.write(answer(each) + "\n")
        sys.stdout.flush()
