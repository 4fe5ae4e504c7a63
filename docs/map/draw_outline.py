"""Draw the outline of Saxony for pages/saxony.py. Ran once; kept for another state or a finer outline.

The source is Natural Earth, 1:10m (public domain), as Debian's package qgis-common brings it; nothing of it is kept
here but the outline:

    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb unpacked
    python -m docs.map.draw_outline unpacked/usr/share/qgis/resources/data/world_map.gpkg

A geopackage is an SQLite file with a small head before each geometry in the well-known binary form.
"""

import sqlite3
import struct
import sys
from itertools import pairwise

from pages.saxony import project

STATE = "Sachsen"
# Magic, version, flags, reference system; the flags tell how much of a bounding box follows.
HEAD = 8
BOUNDING_BOXES = (0, 32, 48, 48, 64)
POINT = struct.Struct("<dd")


def outer_ring(geometry: bytes) -> list[tuple[float, float]]:
    """Return the first ring of a multipolygon as points of longitude and latitude."""
    at = HEAD + BOUNDING_BOXES[(geometry[3] >> 1) & 7]
    # Byte order and kind of the multipolygon, number of polygons; the same of its first polygon; number of points.
    at += 9 + 9
    (count,) = struct.unpack_from("<I", geometry, at)
    return [POINT.unpack_from(geometry, at + 4 + index * POINT.size) for index in range(count)]


def path(points: list[tuple[float, float]]) -> str:
    """Return the points as path data in whole map units, each step relative to the one before."""
    on_map = [project(longitude=longitude, latitude=latitude) for longitude, latitude in points]
    steps = [(x - from_x, y - from_y) for (from_x, from_y), (x, y) in pairwise(on_map)]
    moved = [f"{x} {y}".replace(" -", "-") for x, y in steps if (x, y) != (0, 0)]
    return f"M{on_map[0][0]} {on_map[0][1]}l" + " ".join(moved[:-1]).replace(" -", "-") + "z"


def main(geopackage: str) -> None:
    (geometry,) = (
        sqlite3.connect(geopackage).execute("SELECT geom FROM states_provinces WHERE name = ?", [STATE]).fetchone()
    )
    print(path(outer_ring(geometry)))


if __name__ == "__main__":
    main(sys.argv[1])
