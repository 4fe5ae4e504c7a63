"""Photos become pages, pages become pictures."""

import io

import pikepdf
import pytest
from PIL import Image

from portal.pdf.errors import UnreadablePdf
from portal.pdf.pictures import LONGEST_SIDE, TooManyPixels, UnusablePicture, add_picture_page, page_pictures, reencoded
from tests.factories.files import GPS_BLOCK, make_huge_png, make_pdf, make_photo, saved

RED, WHITE = (254, 0, 0), (255, 255, 255)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_nothing_that_the_camera_noted_is_left() -> None:
    photo = make_photo(with_place=True)
    assert opened(photo).getexif().get_ifd(GPS_BLOCK) != {}

    clean = opened(reencoded(photo))

    assert (clean.format, dict(clean.getexif())) == ("JPEG", {})
    assert set(clean.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Beispielkamera" not in reencoded(photo)


def test_a_photo_taken_sideways_is_upright() -> None:
    assert opened(reencoded(make_photo((60, 90), with_place=True))).size == (90, 60)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16", "CMYK"])
def test_every_kind_of_colors_becomes_gray_or_colored(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    source = io.BytesIO()
    Image.new(mode, (8, 8)).save(source, kind)
    assert opened(reencoded(source.getvalue())).mode in ("L", "RGB")


def test_what_is_transparent_is_white() -> None:
    source = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(source, "PNG")
    assert opened(reencoded(source.getvalue())).getpixel((4, 4)) == WHITE


def test_a_large_photo_becomes_smaller() -> None:
    assert opened(reencoded(make_photo((4000, 5000)))).size == (2800, LONGEST_SIDE)


def test_too_many_pixels_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(TooManyPixels):
        reencoded(make_huge_png())
    with pytest.raises(TooManyPixels):
        reencoded(make_huge_png(10_000))


DAMAGED = [b"", b"\xff\xd8\xff", make_photo()[:300], make_photo(kind="PNG")[:60], make_photo(kind="GIF")]


@pytest.mark.parametrize("content", DAMAGED)
def test_damaged_and_other_pictures_are_refused(content: bytes) -> None:
    with pytest.raises(UnusablePicture):
        reencoded(content)


@pytest.mark.parametrize(("size", "page"), [((60, 90), (595, 842)), ((90, 60), (842, 595))])
def test_a_picture_fills_a_page_that_lies_as_it_does(size: tuple[int, int], page: tuple[int, int]) -> None:
    with pikepdf.new() as pdf:
        add_picture_page(pdf, reencoded(make_photo(size)))
        content = saved(pdf)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert tuple(round(float(side)) for side in pdf.pages[0].mediabox[2:]) == page
    (picture,) = page_pictures(content)
    drawn = opened(picture)
    assert drawn.size[0] == 1240
    middle = drawn.size[0] // 2
    assert drawn.getpixel((middle, drawn.size[1] // 4))[1] < 10
    assert drawn.getpixel((middle, drawn.size[1] * 3 // 4)) == WHITE


def test_each_page_becomes_a_picture() -> None:
    assert [opened(picture).size for picture in page_pictures(make_pdf(2))] == [(1240, 1755), (1240, 1755)]


def test_what_is_no_pdf_has_no_pages() -> None:
    with pytest.raises(UnreadablePdf):
        page_pictures(b"kein PDF")
