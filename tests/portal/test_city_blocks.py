"""The quarter of a name: the same every time, another one for another name, and nothing but a drawing."""

import random
import re
from xml.etree import ElementTree as ET

import pytest

from portal.city_blocks import COLORS, LARGEST_BLOCK, Block, cut, draw_quarter, quarter_file, street

NAMES = ["Über uns", "BAG", "", "x" * 300, "<script>alert(1)</script>", "Wótře\u0301 🏙"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_name_gives_the_same_quarter(name: str) -> None:
    assert draw_quarter(name) == draw_quarter(name)


def test_different_names_give_different_quarters() -> None:
    assert len({draw_quarter(name) for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_small_drawing_without_the_name_or_styles(name: str) -> None:
    drawing = draw_quarter(name)

    assert re.sub(r' d="[Mhvaz\d -]*"', "", drawing) == (
        '<svg class="quarter" viewBox="0 0 160 100" preserveAspectRatio="xMidYMid slice" aria-hidden="true"'
        ' focusable="false"><path class="quarter__park"/><path class="quarter__houses" fill-rule="evenodd"/>'
        '<path class="quarter__landmark" fill-rule="evenodd"/></svg>'
    )
    assert len(drawing) < 4000


@pytest.mark.parametrize("seed", range(30))
def test_blocks_reach_to_the_edges_and_never_overlap(seed: int) -> None:
    ground = Block(0, 0, 160, 100)
    blocks = list(cut(ground, random.Random(seed)))  # noqa: S311 - a drawing, no secret

    points = [
        (x, y)
        for block in blocks
        for x in range(block.x, block.x + block.width)
        for y in range(block.y, block.y + block.height)
    ]
    assert len(points) == len(set(points))
    assert {min(x for x, _ in points), min(y for _, y in points)} == {0}
    assert (max(x for x, _ in points), max(y for _, y in points)) == (159, 99)
    assert max(max(block.width, block.height) for block in blocks) <= LARGEST_BLOCK


@pytest.mark.parametrize("name", NAMES)
def test_as_a_file_it_brings_its_colors_and_nothing_else(name: str) -> None:
    drawing = quarter_file(name, width=108, height=33)

    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    svg = "{http://www.w3.org/2000/svg}"
    assert [child.tag for child in root] == [f"{svg}style", *[f"{svg}path"] * 3]
    assert re.findall(r"#[0-9a-f]{6}", str(root[0].text)) == list(COLORS.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_street_is_whole_and_has_one_landmark(name: str) -> None:
    houses = street(name)

    assert street(name) == houses
    assert (sum(width for width, _kind in houses), min(width for width, _kind in houses) >= 5) == (100, True)
    assert [kind for _width, kind in houses].count("landmark") == 1


def test_different_names_give_different_streets() -> None:
    assert len({tuple(street(name)) for name in NAMES}) == len(NAMES)
