"""The site's motif: a quarter seen from above, drawn from a name. The same name always gives the same quarter.

A piece of ground is cut by streets into blocks; a block becomes houses round a courtyard, slab buildings in rows,
single houses, a park, or the one landmark. Pure functions, no database: pages,
PDFs and mails may all use them.
"""

import hashlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

STREET = 3
# The light scheme's, for what has no style sheet of the portal: PDFs and mails.
COLORS = {"houses": "#b9d3b4", "park": "#efe9da", "landmark": "#b5482e"}
SMALLEST_BLOCK = 13
LARGEST_BLOCK = 30
DEPTH_OF_HOUSES = 4


@dataclass(frozen=True)
class Block:
    """A piece of ground between streets, in whole map units."""

    x: int
    y: int
    width: int
    height: int


def draw_quarter(name: str, *, width: int = 160, height: int = 100) -> str:
    """Return the quarter of ``name`` as an SVG element that is decoration for eyes only.

    Colors come from the classes ``quarter__houses``, ``quarter__park`` and ``quarter__landmark``.
    """
    chance = random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311 - decoration, no secret
    houses: list[str] = []
    parks: list[str] = []
    landmarks: list[str] = []
    blocks = list(cut(Block(0, 0, width, height), chance))
    # One landmark to remember each quarter by, somewhere in its middle.
    middle = [block for block in blocks if width // 4 < block.x < width * 3 // 4 and block.width > SMALLEST_BLOCK]
    landmark = chance.choice(middle or blocks)
    for block in blocks:
        if block is landmark:
            landmarks.append(courtyard(block, chance))
        elif chance.random() < 0.14:
            parks.append(park(block))
        else:
            build = chance.choices([courtyard, slabs, houses_in_a_row], weights=[6, 2, 2])[0]
            houses.append(build(block, chance))
    return (
        f'<svg class="quarter" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true"'
        f' focusable="false"><path class="quarter__park" d="{"".join(parks)}"/>'
        f'<path class="quarter__houses" fill-rule="evenodd" d="{"".join(houses)}"/>'
        f'<path class="quarter__landmark" fill-rule="evenodd" d="{"".join(landmarks)}"/></svg>'
    )


def quarter_file(name: str, *, width: int, height: int) -> str:
    """Return the quarter of ``name`` as an SVG file that brings its colors."""
    colors = "".join(f".quarter__{kind}{{fill:{color}}}" for kind, color in COLORS.items())
    head, separator, rest = draw_quarter(name, width=width, height=height).partition(">")
    return (
        head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1) + f"{separator}<style>{colors}</style>{rest}"
    )


def street(name: str, *, houses: int = 9) -> list[tuple[int, str]]:
    """Return a row of houses, parks and the one landmark of ``name``: per cent of the street, and what stands there."""
    chance = random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311 - decoration, no secret
    walls = [0, *sorted(chance.sample(range(5, 100, 5), houses - 1)), 100]
    landmark = chance.randrange(1, houses - 1)
    return [
        (end - start, "landmark" if number == landmark else chance.choice(["houses", "houses", "yard", "park", "roof"]))
        for number, (start, end) in enumerate(itertools.pairwise(walls))
    ]


def cut(ground: Block, chance: random.Random) -> Iterator[Block]:
    """Cut ``ground`` by streets until every piece has the size of a block."""
    longer = max(ground.width, ground.height)
    if longer <= LARGEST_BLOCK or (longer < 2 * SMALLEST_BLOCK + STREET):
        yield ground
        return
    at = chance.randint(SMALLEST_BLOCK, longer - SMALLEST_BLOCK - STREET)
    rest = at + STREET
    if ground.width >= ground.height:
        yield from cut(Block(ground.x, ground.y, at, ground.height), chance)
        yield from cut(Block(ground.x + rest, ground.y, ground.width - rest, ground.height), chance)
    else:
        yield from cut(Block(ground.x, ground.y, ground.width, at), chance)
        yield from cut(Block(ground.x, ground.y + rest, ground.width, ground.height - rest), chance)


def rectangle(x: int, y: int, width: int, height: int) -> str:
    """Return a rectangle as path data."""
    return f"M{x} {y}h{width}v{height}h-{width}z"


def courtyard(block: Block, chance: random.Random) -> str:
    """Return houses along all streets of a block, the yard inside left open, sometimes with a gap to the street."""
    depth = min(DEPTH_OF_HOUSES, (min(block.width, block.height) - 2) // 2)
    yard_width, yard_height = block.width - 2 * depth, block.height - 2 * depth
    # A gap reaches from the yard to the street on the right.
    gap = chance.choice([0, 0, depth]) if yard_height > 2 else 0
    return rectangle(block.x, block.y, block.width, block.height) + rectangle(
        block.x + depth, block.y + depth, yard_width + gap, yard_height
    )


def slabs(block: Block, chance: random.Random) -> str:
    """Return parallel slab buildings with green between them, as the large estates have them."""
    if block.width > block.height:
        return "".join(rectangle(x, block.y, 3, block.height) for x in range(block.x, block.x + block.width - 2, 6))
    return "".join(rectangle(block.x, y, block.width, 3) for y in range(block.y, block.y + block.height - 2, 6))


def houses_in_a_row(block: Block, chance: random.Random) -> str:
    """Return single houses along two streets, a few plots empty."""
    plots = range(block.x, block.x + block.width - 3, 5)
    return "".join(
        rectangle(x, y, 4, 4) for y in (block.y, block.y + block.height - 4) for x in plots if chance.random() > 0.2
    )


def park(block: Block) -> str:
    """Return a green with rounded corners."""
    radius = min(block.width, block.height) // 3
    straight_x, straight_y = block.width - 2 * radius, block.height - 2 * radius
    corner = f"a{radius} {radius} 0 0 1 "
    return (
        f"M{block.x + radius} {block.y}h{straight_x}{corner}{radius} {radius}v{straight_y}{corner}-{radius} {radius}"
        f"h-{straight_x}{corner}-{radius} -{radius}v-{straight_y}{corner}{radius} -{radius}z"
    )
