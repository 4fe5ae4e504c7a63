"""What cameras write is gone, what one sees stays."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from library.metadata import AnimatedPicture, without_metadata

GREEN, RED = (31, 107, 74), (161, 61, 43)


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content))


def near(pixel: tuple[int, ...], color: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(pixel, color, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_device_and_comment_are_gone_and_the_picture_is_upright(photo: Callable[..., bytes], kind: str) -> None:
    cleaned = opened(without_metadata(io.BytesIO(photo(kind))))
    assert (cleaned.format, cleaned.size, dict(cleaned.getexif())) == (kind, (20, 40), {})
    assert cleaned.info.keys() & {"exif", "xmp", "comment"} == set()
    pixels = cleaned.convert("RGB")
    assert near(pixels.getpixel((10, 3)), RED)
    assert near(pixels.getpixel((10, 36)), GREEN)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_clean_picture_is_left_alone(photo: Callable[..., bytes], kind: str) -> None:
    cleaned = without_metadata(io.BytesIO(photo(kind)))
    assert cleaned is not None
    assert without_metadata(io.BytesIO(cleaned)) is None


def test_texts_in_png_are_removed() -> None:
    from PIL.PngImagePlugin import PngInfo

    details = PngInfo()
    details.add_text("Author", "Erika Muster")
    details.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Chemnitz</x:xmpmeta>")
    content = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(content, "PNG", pnginfo=details)
    cleaned = without_metadata(content)
    assert cleaned is not None
    assert (b"Muster" in cleaned, b"Chemnitz" in cleaned) == (False, False)
    assert opened(cleaned).getpixel((0, 0)) == (0, 0, 0, 0)


def test_color_profile_and_transparent_color_stay() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "JPEG", icc_profile=profile, comment=b"weg damit")
    cleaned = opened(without_metadata(content))
    assert cleaned.info["icc_profile"] == profile
    palette = Image.new("P", (4, 4))
    content = io.BytesIO()
    palette.save(content, "GIF", transparency=0, comment=b"weg damit")
    cleaned = opened(without_metadata(content))
    assert (cleaned.info.get("transparency"), cleaned.info.get("comment")) == (0, None)


def test_thumbnail_and_maker_notes_go_with_their_segment() -> None:
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "JPEG")
    head, rest = content.getvalue()[:2], content.getvalue()[2:]
    hidden = b"\xff\xed" + (2 + 20).to_bytes(2, "big") + b"Photoshop 3.0\0Secret"
    cleaned = without_metadata(io.BytesIO(head + hidden + rest))
    assert cleaned is not None
    assert b"Secret" not in cleaned


def test_moving_pictures_are_refused() -> None:
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    content = io.BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(AnimatedPicture):
        without_metadata(content)
