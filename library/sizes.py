"""In which sizes and formats the site shows a picture. The worker makes them before a reader asks for one.

AVIF is a third of a JPEG's weight, WebP half of it; JPEG is for browsers that know neither. Crops keep the focal point
in view. A drawing (SVG) is one file for all sizes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from library.models import Picture, Rendition

FORMATS = ("avif", "webp", "jpeg")
# The worker's share at a time: AVIF of a large photo takes seconds.
PICTURES_AT_A_TIME = 5


@dataclass(frozen=True)
class Use:
    """A place a picture is shown at: how it is cut, in which widths (pixels), and how wide it stands there (CSS)."""

    operation: str
    drawing: str
    widths: tuple[int, ...]
    sizes: str

    def spec(self, width: int, kind: str) -> str:
        """Return Wagtail's filter for one file."""
        return f"{self.operation.format(width=width, height=width * 2 // 3)}|format-{kind}"

    def specs(self) -> Iterator[str]:
        """Yield the filters of all files."""
        return (self.spec(width, kind) for kind in FORMATS for width in self.widths)


TEXT = Use("width-{width}", "original", (480, 960, 1440), "(min-width: 72rem) 52rem, (min-width: 48rem) 44rem, 92vw")
TEASER = Use("fill-{width}x{height}", "fill-480x320", (240, 480), "(min-width: 54rem) 13rem, 24vw")
USES = {"text": TEXT, "teaser": TEASER}


def files_of(picture: Picture, use: Use) -> dict[str, list[Rendition]]:
    """Return the files of ``picture`` for ``use`` by format, narrow ones first; of a drawing only ``svg``."""
    if picture.is_svg():
        return {"svg": [picture.get_rendition(use.drawing)]}
    found = picture.get_renditions(*use.specs())
    return {kind: [found[use.spec(width, kind)] for width in use.widths] for kind in FORMATS}


def make_missing_sizes() -> None:
    """Make the files of pictures that have none yet, the newest pictures first; the worker calls this every minute."""
    last = TEXT.spec(TEXT.widths[-1], FORMATS[-1])
    waiting = Picture.objects.exclude(file__endswith=".svg").exclude(renditions__filter_spec=last).order_by("-pk")
    for picture in waiting[:PICTURES_AT_A_TIME]:
        for use in USES.values():
            files_of(picture, use)
