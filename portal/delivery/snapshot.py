"""What every page needs, collected once per content version and kept in the process.

A *part* is a named value with a function that collects it: the public tree, the association's settings, whether the
site is live. Rooms register their parts in ``AppConfig.ready()``. Parts are read by all threads: never change one.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from portal.delivery.version import content_version

MOST_FRAGMENTS = 500


@dataclass(frozen=True)
class Part:
    """How a part is collected, and until when the collected value holds at the latest."""

    build: Callable[[], Any]
    valid_until: Callable[[], datetime | None] | None = None


@dataclass
class Snapshot:
    """The parts of one content version; each is collected when it is first asked for."""

    version: int
    _fragments: dict[Hashable, Any] = field(default_factory=dict)
    _values: dict[str, tuple[Any, datetime | None]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def part(self, name: str) -> Any:
        """Return the part ``name``; KeyError when nobody registered it."""
        part = _parts[name]
        value = self._current(name)
        if value is not None:
            return value[0]
        with self._lock:
            # Another thread may have collected it while this one waited.
            value = self._current(name)
            if value is None:
                valid_until = part.valid_until() if part.valid_until else None
                value = self._values[name] = (part.build(), valid_until)
        return value[0]

    def fragment(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what ``make`` returned for ``key`` when it was first asked for; it must depend on parts alone."""
        found = self._fragments.get(key)
        if found is None:
            if len(self._fragments) >= MOST_FRAGMENTS:
                self._fragments.clear()
            found = self._fragments[key] = make()
        return found

    def _current(self, name: str) -> tuple[Any, datetime | None] | None:
        value = self._values.get(name)
        if value is None or (value[1] is not None and value[1] <= timezone.now()):
            return None
        return value


_parts: dict[str, Part] = {}
_kept: Snapshot | None = None


def register_part(
    name: str, build: Callable[[], Any], *, valid_until: Callable[[], datetime | None] | None = None
) -> None:
    """Let ``snapshot().part(name)`` return what ``build`` collects.

    ``valid_until`` names the next moment that changes the value without anybody changing content (a dues order's first
    day); from then on it is collected anew. None means: not before the next content version.
    """
    _parts[name] = Part(build, valid_until)


def snapshot() -> Snapshot:
    """Return the snapshot of the current content version.

    Costs one query; while a request is answered only the first call does: a page is made from one state of the content.
    """
    global _kept
    if _request.snapshot is not None:
        return _request.snapshot
    version = content_version()
    kept = _kept
    if kept is None or kept.version != version:
        kept = _kept = Snapshot(version)
    if _request.is_running:
        _request.snapshot = kept
    return kept


class _Request(threading.local):
    """What the thread's current request has looked up."""

    is_running = False
    snapshot: Snapshot | None = None


_request = _Request()


def begin_request(**kwargs: Any) -> None:
    """Let the request that starts now look the version up once."""
    _request.is_running, _request.snapshot = True, None


def end_request(**kwargs: Any) -> None:
    """Forget what the request that ends now has looked up."""
    _request.is_running, _request.snapshot = False, None


def forget_snapshot(**kwargs: Any) -> None:
    """Look the version up again: the current request has changed the content itself."""
    _request.snapshot = None


def next_midnight() -> datetime:
    """Return when the next day begins here: how long at the latest a value holds that depends on today's date."""
    return datetime.combine(timezone.localdate() + timedelta(days=1), time.min, timezone.get_current_timezone())
