"""A map of Saxony: its outline, where its towns lie, and how names are placed beside them without covering each other.

The outline comes from Natural Earth (1:10m, public domain); docs/map/draw_outline.py made it once. Positions are whole
map units, x to the right, y down; one unit is a little more than half a kilometer.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from pages.towns import TOWNS

WEST, EAST, SOUTH, NORTH = 11.87, 15.05, 50.17, 51.69
MARGIN = 12
WIDTH = 400
# Degrees of longitude are shorter than those of latitude by the cosine of the middle's latitude.
UNITS_PER_LONGITUDE = (WIDTH - 2 * MARGIN) / (EAST - WEST)
UNITS_PER_LATITUDE = UNITS_PER_LONGITUDE / math.cos(math.radians((SOUTH + NORTH) / 2))
HEIGHT = round((NORTH - SOUTH) * UNITS_PER_LATITUDE) + 2 * MARGIN

OUTLINE = (
    "M360 168l-3 7-3 2-7-1-11-7 2-13-9 2 3-12-9-6-2-6-3 4-7 1-5-4-8 0-6 10 8 2-2 3 3 3 8 3-1 5-3 3-14 0-5 6-18 8-"
    "9 1-4 4-4 0-1 7-6 3-33 3-4 3 0 6-8 12-5-1-5-5-7 10-9-1-4 10-4 6-18 1-2 11-4 4-5 1-12-7-9 2-6 7-21 1-4 4-1 5-"
    "9 5-7 11-4 18-3-2-5-12 1-4-8-2-3-8-6-1-13-6-1-7-5-6-4 0 0-2 5-7-2-6 7-9 7 2 4-5 8 0 1-8 3-4 8 0 6-5 2-4-5-1-"
    "1-8-3 0 6-8-4-6 13-6 7 0 9-10 13 2 4-4-5-12-9-5-5-14-19-6-7 1-6-2-4-8 0-5-4-1 2-11-4-12 6-8-3-21 4-5 0-11 5-"
    "6 8 2 15-4 3-6 25 1 6-7 8 2 9-8 24 10 12 8 0 5 5 5-1 16-3 5 1 4 5-3 3 3 19-7 15 11 27 3 24-2 9-13 3-8 11-10 "
    "13-1 8 4 28-11 15 5 3 5 23 10 4 5-1 7 2 13 6 10 1 7-8 32z"
)

LETTER_WIDTH = 8.6
LABEL_HEIGHT = 16
MARK_RADIUS = 8


@dataclass(frozen=True)
class Box:
    """A rectangle on the map that a name or a mark takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    @property
    def is_on_the_map(self) -> bool:
        """Whether nothing of it is cut off."""
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@dataclass(frozen=True)
class Place:
    """A town on the map: its mark at ``x``, ``y``, its name from ``label_x``, ``label_y`` on (``anchor`` as in SVG)."""

    name: str
    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str


def project(*, longitude: float, latitude: float) -> tuple[int, int]:
    """Return where a point of the earth lies on the map."""
    x = MARGIN + (longitude - WEST) * UNITS_PER_LONGITUDE
    y = MARGIN + (NORTH - latitude) * UNITS_PER_LATITUDE
    return round(x), round(y)


def places(names: Iterable[str]) -> list[Place]:
    """Return the towns among ``names`` that are known, each once, with a spot for its name; others are left out."""
    known = {name: project(latitude=TOWNS[name][0], longitude=TOWNS[name][1]) for name in names if name in TOWNS}
    taken = [mark_box(x, y) for x, y in known.values()]
    found = []
    for name, (x, y) in known.items():
        place, box = place_label(name, x, y, taken)
        taken.append(box)
        found.append(place)
    return found


def mark_box(x: int, y: int) -> Box:
    return Box(x - MARK_RADIUS, y - MARK_RADIUS, x + MARK_RADIUS, y + MARK_RADIUS)


def place_label(name: str, x: int, y: int, taken: list[Box]) -> tuple[Place, Box]:
    """Return the town with its name at the first free side of its mark; above it, if all sides are taken."""
    width = len(name) * LETTER_WIDTH
    sides = [
        (x, y - 13, "middle", x - width / 2),
        (x, y + 24, "middle", x - width / 2),
        (x + 13, y + 6, "start", x + 13),
        (x - 13, y + 6, "end", x - 13 - width),
    ]
    spots = [
        (Place(name, x, y, label_x, label_y, anchor), Box(left, label_y - LABEL_HEIGHT + 3, left + width, label_y + 3))
        for label_x, label_y, anchor, left in sides
    ]
    free = [spot for spot in spots if spot[1].is_on_the_map and not any(spot[1].touches(box) for box in taken)]
    return (free or spots)[0]
