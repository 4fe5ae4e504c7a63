"""Speaking to the person at the terminal."""

import sys


class LauncherError(Exception):
    """Something that keeps the portal from starting; its text is one German sentence for the person who starts it."""


def say(text: str = "") -> None:
    """Write a line to the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line to the terminal's error stream."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def is_interactive() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()
