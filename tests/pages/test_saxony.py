"""The map: towns lie inside the outline, names never cover each other or a mark."""

import re

import pytest

from pages.meeting_map import marks, stops
from pages.saxony import HEIGHT, OUTLINE, WIDTH, mark_box, places
from pages.towns import TOWNS
from tests.factories.pages import add_meeting, moment


def outline_points() -> list[tuple[int, int]]:
    start, steps = OUTLINE.removesuffix("z").removeprefix("M").split("l")
    numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
    x, y = (int(number) for number in start.split())
    points = [(x, y)]
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return points


def is_inside(x: int, y: int, points: list[tuple[int, int]]) -> bool:
    """Whether a ray to the right of the point crosses the outline an odd number of times."""
    crossings = 0
    for (from_x, from_y), (to_x, to_y) in zip(points, [*points[1:], points[0]], strict=True):
        if (from_y > y) != (to_y > y) and x < (to_x - from_x) * (y - from_y) / (to_y - from_y) + from_x:
            crossings += 1
    return crossings % 2 == 1


def test_the_outline_fits_the_map_and_stays_small() -> None:
    points = outline_points()
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in points)
    assert len(OUTLINE) < 1000


@pytest.mark.parametrize("name", TOWNS)
def test_every_town_lies_in_saxony(name: str) -> None:
    (place,) = places([name])
    points = outline_points()
    # Görlitz and Zittau lie on the border, which the outline cuts short by a few kilometers.
    assert any(is_inside(place.x + shift, place.y, points) for shift in (0, -6))


def test_the_large_cities_lie_where_they_lie() -> None:
    leipzig, dresden, chemnitz, plauen = places(["Leipzig", "Dresden", "Chemnitz", "Plauen"])
    assert leipzig.x < chemnitz.x < dresden.x
    assert leipzig.y < dresden.y < chemnitz.y < plauen.y
    assert plauen.x < leipzig.x


def test_names_keep_clear_of_each_other_and_of_all_marks() -> None:
    names = ["Leipzig", "Dresden", "Chemnitz", "Zwickau", "Plauen", "Görlitz", "Bautzen", "Hoyerswerda", "Freiberg"]
    found = places(names)
    assert [place.name for place in found] == names
    spots = {(place.label_x, place.label_y) for place in found}
    assert len(spots) == len(found)


def test_an_unknown_town_is_left_out() -> None:
    assert places(["Musterstadt"]) == []
    assert mark_box(10, 10).is_on_the_map


@pytest.fixture
def toured(meetings, time_machine) -> None:
    time_machine.move_to("2027-01-15 12:00+01:00", tick=False)
    add_meeting(meetings, "Alt in Leipzig", city="Leipzig", starts_at=moment("2026-01-02 10:00"))
    add_meeting(meetings, "Neu in Leipzig", city="Leipzig", starts_at=moment("2027-05-02 10:00"))
    add_meeting(meetings, "Später in Leipzig", city="Leipzig", starts_at=moment("2027-09-02 10:00"))
    add_meeting(meetings, "Erstes in Zittau", city="Zittau", starts_at=moment("2025-01-02 10:00"))
    add_meeting(meetings, "Zweites in Zittau", city="Zittau", starts_at=moment("2026-03-02 10:00"))
    add_meeting(meetings, "In Musterstadt", city="Musterstadt", starts_at=moment("2026-04-02 10:00"))
    add_meeting(meetings, "Abgesagt", city="Torgau", starts_at=moment("2027-04-02 10:00"), status="cancelled")
    add_meeting(meetings, "Intern", city="Plauen", starts_at=moment("2027-02-01 10:00"), private=True)
    add_meeting(meetings, "Entwurf", city="Pirna", starts_at=moment("2027-02-02 10:00"), live=False)


def test_each_city_once_with_its_next_or_last_meeting(toured, meetings) -> None:
    found = stops(meetings.public_meetings())
    assert [(stop.city, stop.meeting.title) for stop in found] == [
        ("Leipzig", "Neu in Leipzig"),
        ("Musterstadt", "In Musterstadt"),
        ("Zittau", "Zweites in Zittau"),
    ]
    assert [mark.place.name for mark in marks(found)] == ["Leipzig", "Zittau"]


def test_the_page_has_the_cities_as_marks_and_as_a_list(toured, client) -> None:
    html = client.get("/arbeitstreffen/").content.decode()
    drawing, listed = html.split('class="meeting-map__list"')
    assert re.findall(r'<text class="meeting-map__name"[^>]*>([^<]+)<', drawing) == ["Leipzig", "Zittau"]
    assert re.findall(r'<li class="meeting-map__stop[^"]*">\s*<a href="[^"]+">([^<]+)<', listed) == [
        "Leipzig",
        "Musterstadt",
        "Zittau",
    ]
    assert "Plauen" not in html
    assert "Pirna" not in html
