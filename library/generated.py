"""Downloads that the portal renders itself: the rooms above register how.

``register_generated("beitragsordnung", render)`` belongs into ``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GeneratedFile:
    """A rendered file.

    ``changed_at`` (aware) is when its content last changed, for readers and browsers. A new ``version`` (letters,
    digits, hyphens; for example „2026-1“) moves the file of the version before to the download's archive.
    """

    content: bytes
    file_name: str
    content_type: str
    changed_at: datetime
    version: str = ""


class NothingToRender(Exception):
    """Raised by a ``render`` that has nothing to give today (no dues order in force): the address answers 404."""


Render = Callable[[], GeneratedFile]


@dataclass(frozen=True)
class _Registration:
    render: Render
    title: str


_registered: dict[str, _Registration] = {}


def register_generated(name: str, render: Render, *, title: str = "") -> None:
    """Let ``render`` make the file at ``/downloads/<name>/``; ``title`` is the download's first title."""
    _registered[name] = _Registration(render, title or name.capitalize())


def is_registered(name: str) -> bool:
    return name in _registered


def names() -> list[str]:
    return sorted(_registered)


def title_of(name: str) -> str:
    return _registered[name].title


def render(name: str) -> GeneratedFile:
    """Render the file of a registered name now; may raise ``NothingToRender``."""
    return _registered[name].render()
