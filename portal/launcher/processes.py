"""The portal's processes: started together, stopped together, the worker started anew when it dies."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

# An application server told to stop while its own processes still start may hang: wait this long, then end it.
STOP_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# Who ran this long started well: the next pause is a short one again.
STEADY_SECONDS = 60.0
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Let the kernel stop this child when the launcher itself is killed (Linux only)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return


@dataclass
class ManagedProcess:
    """A child process in a session of its own, so that Ctrl+C at the terminal reaches only the launcher."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    restarts: bool = False
    _child: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _pause: float = FIRST_PAUSE
    _next_start: float = field(default=0.0)

    def start(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - commands of our own
            self.command, env=self.environment, start_new_session=True, preexec_fn=_die_with_parent
        )
        self._started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def revive(self) -> bool:
        """Start a dead process again once its pause is over; return whether it was. Dying again doubles the pause."""
        now = time.monotonic()
        if self.is_running:
            return False
        if not self._next_start:
            if now - self._started_at >= STEADY_SECONDS:
                self._pause = FIRST_PAUSE
            self._next_start = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        if now < self._next_start:
            return False
        self._next_start = 0.0
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self._child is not None and self.is_running:
            self._child.terminate()

    def end(self, *, deadline: float) -> bool:
        """Wait until ``deadline`` (monotonic seconds), then kill what is left; return whether it stopped by itself."""
        if self._child is None:
            return True
        try:
            self._child.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._kill_session()
            self._child.wait()
            return False
        return True

    def _kill_session(self) -> None:
        if self._child is None:
            return
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def stop_all(processes: Sequence[ManagedProcess], *, seconds: float = STOP_SECONDS) -> list[str]:
    """Ask all to stop at once, wait, kill what hangs; return the names of those that had to be killed."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + seconds
    return [process.name for process in processes if not process.end(deadline=deadline)]
