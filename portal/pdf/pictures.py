"""Photos of paper become pages of a PDF, and pages become pictures to look at."""

import io

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps

from .pdfium import opened

PIXELS_MOST = 40_000_000
"""A4 at 600 dots per inch has 35 million."""
LONGEST_SIDE = 3500
"""Pixels: A4 at 300 dots per inch; a larger photo is made smaller."""
QUALITY = 88
A4_POINTS = (595.28, 841.89)
FORMATS = ("JPEG", "PNG")
VIEW_WIDTH = 1240
"""Pixels of a page to look at: A4 at 150 dots per inch."""
VIEW_QUALITY = 80


class UnusablePicture(Exception):
    """Not a JPEG or PNG picture, or damaged."""


class TooManyPixels(Exception):
    """The picture would take too much memory."""


def reencoded(content: bytes) -> bytes:
    """Return the picture as a JPEG of its pixels alone, upright: no place, time, device, thumbnail or comment.

    Raises UnusablePicture and TooManyPixels; the size is looked at before anything is unpacked.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS_MOST:
                raise TooManyPixels
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            return _as_jpeg(_on_white(upright), QUALITY)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnusablePicture from error


def add_picture_page(pdf: pikepdf.Pdf, jpeg: bytes) -> None:
    """Add a page of A4, upright or across as the picture is, with the picture as large as fits."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height, is_gray = picture.width, picture.height, picture.mode == "L"
    page_size = A4_POINTS if height >= width else A4_POINTS[::-1]
    scale = min(page_size[0] / width, page_size[1] / height)
    drawn = (width * scale, height * scale)
    left, bottom = ((page_size[axis] - drawn[axis]) / 2 for axis in (0, 1))
    image = pdf.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceGray if is_gray else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    drawing = f"q {drawn[0]:.2f} 0 0 {drawn[1]:.2f} {left:.2f} {bottom:.2f} cm /Page Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(side, 2) for side in page_size)]),
        Resources=Dictionary(XObject=Dictionary(Page=image)),
        Contents=pdf.make_stream(drawing.encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def page_count(content: bytes) -> int:
    """Return how many pages PDFium finds, each of which it can open. Raises ``UnreadablePdf``."""
    with opened(content) as pdf:
        for number in range(len(pdf)):
            pdf[number].close()
        return len(pdf)


def page_pictures(content: bytes) -> list[bytes]:
    """Return every page of a PDF as a JPEG to look at, filled fields included. Raises ``UnreadablePdf``."""
    with opened(content, with_form=True) as pdf:
        return [_page_picture(pdf[number]) for number in range(len(pdf))]


def _page_picture(page: pypdfium2.PdfPage) -> bytes:
    """Return one page; a strip of paper is not drawn higher than it is wide six times over."""
    width, height = page.get_size()
    scale = min(VIEW_WIDTH / max(width, 1), 6 * VIEW_WIDTH / max(height, 1))
    try:
        return _as_jpeg(page.render(scale=scale).to_pil(), VIEW_QUALITY)
    finally:
        page.close()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in gray or in colors, white where it was transparent, not larger than needed."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(ground, layer)
    flat = picture.convert("L" if picture.mode in ("1", "L", "I;16") else "RGB")
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return flat


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    # A new picture of the same pixels: nothing that came with the old one is written.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    bare.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
