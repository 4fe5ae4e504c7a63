"""The contrast of pairs of tokens in both schemes, by the formula of WCAG 2.2, and no color beside the tokens.

Which pairs are in use is read from the pages themselves, where they are shown: ``proofs.faint`` in tests/e2e. Here the
tokens are held to what any page may need, a page that nobody has written yet included.
"""

import re

import pytest
from django.conf import settings

TEXT, SHAPE = 4.5, 3.0
COLOR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|:[^;{]*\b(?:white|black)\b", re.IGNORECASE
)
PAIRS = [
    *((text, surface, TEXT) for text in ("ink", "ink-soft", "link", "brick") for surface in ("paper", "paper-raised")),
    *(("ink", surface, TEXT) for surface in ("paper-sunken", "green-wash", "brick-wash", "amber-wash")),
    ("ink-soft", "green-wash", TEXT),
    ("green", "green-wash", TEXT),
    ("green-strong", "green-wash", TEXT),
    ("on-green", "green", TEXT),
    ("on-green", "green-strong", TEXT),
    ("on-brick", "brick", TEXT),
    *((text, "footer", TEXT) for text in ("on-footer", "on-footer-strong")),
    *(("line-strong", surface, SHAPE) for surface in ("green-wash", "paper-sunken")),
    *(("line-strong", surface, SHAPE) for surface in ("paper", "paper-raised")),
    *(("focus", surface, SHAPE) for surface in ("paper", "paper-raised", "green-wash", "brick-wash", "amber-wash")),
    ("green", "paper", SHAPE),
    ("amber", "amber-wash", SHAPE),
    # Names stand on the map, whatever house lies below them; the edge of a chosen choice is a shape.
    *(("ink", surface, TEXT) for surface in ("map-houses", "map-park", "quarter-ground")),
    *(("brick", surface, SHAPE) for surface in ("map-houses", "map-park", "green-wash")),
    *(("green", surface, SHAPE) for surface in ("paper-raised", "quarter-ground", "brick-wash")),
    *(("brick", surface, TEXT) for surface in ("brick-wash", "amber-wash")),
    *(("link", surface, TEXT) for surface in ("green-wash", "amber-wash", "brick-wash", "paper-sunken")),
    *(("ink-soft", surface, TEXT) for surface in ("paper-sunken", "amber-wash", "brick-wash")),
    *(("on-footer", surface, TEXT) for surface in ("footer-houses", "footer-park")),
]
# Never text and never the edge of anything to operate: lines that divide, and the quarters' drawings.
DECORATION = {
    *("line", "quarter-full", "quarter-faded", "quarter-park", "quarter-landmark"),
}


def schemes() -> dict[str, dict[str, str]]:
    css = (settings.BASE_DIR / "portal" / "static" / "css" / "foundation.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", css, re.DOTALL)[:2]
    read = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]
    return {"light": read[0], "dark": read[0] | read[1]}


def luminance(color: str) -> float:
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert (contrast("#000000", "#ffffff"), round(contrast("#767676", "#ffffff"), 2)) == (21, 4.54)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_is_readable(scheme: str) -> None:
    colors = schemes()[scheme]

    too_faint = [
        (front, back, round(contrast(colors[front], colors[back]), 2))
        for front, back, wanted in PAIRS
        if contrast(colors[front], colors[back]) < wanted
    ]

    assert too_faint == []


def test_the_dark_scheme_names_no_color_of_its_own() -> None:
    found = schemes()

    assert set(found["dark"]) == set(found["light"])


def test_every_token_has_its_pair() -> None:
    paired = {name for pair in PAIRS for name in pair[:2]}

    assert set(schemes()["light"]) - paired == DECORATION


def test_there_is_no_color_beside_the_tokens() -> None:
    folder = settings.BASE_DIR / "portal" / "static" / "css"
    text = "".join((folder / name).read_text() for name in ("foundation.css", "components.css"))
    css = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    tokens, others = [], []
    for line in css.splitlines():
        if COLOR.search(line):
            (tokens if line.strip().startswith("--") else others).append(line.strip())

    assert (others, len(tokens)) == ([], 2 * len(schemes()["light"]) + 2)  # and the shadow of each scheme


def test_browsers_are_told_the_colors_of_the_header() -> None:
    metadata = (settings.BASE_DIR / "templates" / "frame" / "metadata.html").read_text()
    found = re.findall(r'content="(#\w+)"\s+media="\(prefers-color-scheme: (\w+)\)"', metadata)

    assert found == [(schemes()[scheme]["paper-raised"], scheme) for scheme in ("light", "dark")]
