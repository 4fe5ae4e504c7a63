"""Moments that change public pages without anybody changing content: a meeting ends, another day begins.

Whatever is kept of rendered pages holds until the next of them at the latest. Nobody has to say which pages a moment
changes, and what depends on today's date is right without being named at all: midnight always counts.
"""

from collections.abc import Callable
from datetime import datetime

from portal.delivery.snapshot import next_midnight, register_part, snapshot

# Says when what it looks after changes next by itself, None if never.
NextMoment = Callable[[], datetime | None]

PART = "next_turning_point"

_askers: list[NextMoment] = []


def register_turning_point(next_moment: NextMoment) -> None:
    """Let pages be rendered anew at ``next_moment()``; it is asked once per content version and after each moment."""
    if next_moment not in _askers:
        _askers.append(next_moment)


def next_turning_point() -> datetime:
    """Return the next moment at which pages change by themselves; no query while the content stands."""
    return snapshot().part(PART)


def collect_next_turning_point() -> datetime:
    """Ask everybody."""
    return min([next_midnight(), *(moment for ask in _askers if (moment := ask()))])


def register() -> None:
    """Register the snapshot's part."""
    register_part(PART, collect_next_turning_point, valid_until=collect_next_turning_point)
