"""Where the association meets (facts F6, F7): every city once, with the meeting to look at there, and its map."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages import saxony

if TYPE_CHECKING:
    from pages.models import MeetingPage


@dataclass(frozen=True)
class Stop:
    """A city; ``meeting`` is its next one, or its last one while none is announced."""

    city: str
    meeting: "MeetingPage"


@dataclass(frozen=True)
class Mark:
    """A stop that lies on the map."""

    place: saxony.Place
    stop: Stop


def stops(meetings: Iterable["MeetingPage"]) -> list[Stop]:
    """Return the cities of ``meetings``, by name. A cancelled meeting took place nowhere."""
    by_city: dict[str, list[MeetingPage]] = {}
    for meeting in sorted(meetings, key=lambda meeting: meeting.starts_at):
        if meeting.city and not meeting.is_cancelled:
            by_city.setdefault(meeting.city.strip(), []).append(meeting)
    return [Stop(city, _to_look_at(by_city[city])) for city in sorted(by_city, key=str.casefold)]


def marks(found: list[Stop]) -> list[Mark]:
    """Return the stops whose cities the map knows."""
    by_city = {stop.city: stop for stop in found}
    return [Mark(place, by_city[place.name]) for place in saxony.places(by_city)]


def _to_look_at(meetings: list["MeetingPage"]) -> "MeetingPage":
    """Return the next of one city's meetings, given by time; the last, if all are over."""
    return next((meeting for meeting in meetings if not meeting.is_past), meetings[-1])
