"""Downloads that the portal renders itself: the rooms above register how.

``register_generated("beitragsordnung", render, title="Beitrags- und Finanzordnung")`` belongs into
``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GeneratedFile:
    """A rendered file.

    ``changed_at`` (aware) is when its content last changed, for readers and browsers. ``version`` (letters, digits,
    hyphens; for example „2026-1“) names the version of what it shows: the file of another version before it moves to
    the download's archive; empty: nothing is archived. ``valid_until`` (aware) is the next moment that changes the
    file without anybody changing content.
    """

    content: bytes
    file_name: str
    content_type: str
    changed_at: datetime
    version: str = ""
    valid_until: datetime | None = None


class NothingToRender(Exception):
    """Raised by a ``render`` that has nothing to give now (no dues order in force): the address answers 404."""


@dataclass(frozen=True)
class Registration:
    """How a download is made, and the title it has until an editor gives it another one."""

    render: Callable[[], GeneratedFile]
    title: str


_registered: dict[str, Registration] = {}


def register_generated(name: str, render: Callable[[], GeneratedFile], *, title: str = "") -> None:
    """Let ``render`` make the file at ``/downloads/<name>/``; ``migrate`` creates the download with ``title``."""
    _registered[name] = Registration(render, title or name.capitalize())


def is_registered(name: str) -> bool:
    """Whether the portal can render a download of this name."""
    return name in _registered


def names() -> list[str]:
    """All registered names in alphabetical order."""
    return sorted(_registered)


def title_of(name: str) -> str:
    """The first title of a registered download."""
    return str(_registered[name].title)


def render(name: str) -> GeneratedFile:
    """Render the file of a registered name now; may raise ``NothingToRender``."""
    return _registered[name].render()
