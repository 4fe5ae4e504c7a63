"""What cameras write into pictures: place, time, device. None of it reaches the site."""

import io
from typing import IO

from PIL import Image, ImageOps

# What a JPEG needs to look right: its own header, color profile, and Adobe's note on the color model.
HARMLESS_JPEG_SEGMENTS = {"APP0": b"JFIF", "APP2": b"ICC_PROFILE", "APP14": b"Adobe"}
HARMLESS_DETAILS = {
    "adobe",
    "adobe_transform",
    "background",
    "chromaticity",
    "dpi",
    "duration",
    "gamma",
    "icc_profile",
    "interlace",
    "jfif",
    "jfif_density",
    "jfif_unit",
    "jfif_version",
    "loop",
    "progression",
    "progressive",
    "srgb",
    "transparency",
    "version",
    "extension",
    "timestamp",
}
NEEDED_DETAILS = {"icc_profile", "transparency"}
ORIENTATION = 0x0112
ROTATED_QUALITY = 92


class AnimatedPicture(Exception):
    """The picture moves: readers could not stop it."""


def without_metadata(source: IO[bytes]) -> bytes | None:
    """The picture without anything but its pixels and color profile, upright; ``None`` when it is so already.

    For JPEG, PNG, WebP and GIF. An unrotated JPEG keeps its quality. Raises ``AnimatedPicture``.
    """
    source.seek(0)
    with Image.open(source) as picture:
        kind = "JPEG" if picture.format == "MPO" else picture.format
        if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
            raise AnimatedPicture
        picture.load()
        if picture.format == kind and _is_clean(picture):
            return None
        turned = picture.getexif().get(ORIENTATION, 1) != 1
        options: dict[str, object] = {}
        if kind == "JPEG":
            options = {"quality": ROTATED_QUALITY} if turned or picture.format == "MPO" else {"quality": "keep"}
        elif kind == "WEBP":
            options = {"quality": ROTATED_QUALITY, "method": 6}
        upright = ImageOps.exif_transpose(picture) if turned else picture
        upright.info = {name: value for name, value in upright.info.items() if name in NEEDED_DETAILS}
        if "icc_profile" in upright.info:
            options["icc_profile"] = upright.info["icc_profile"]
        target = io.BytesIO()
        upright.save(target, kind, exif=b"", **options)
        return target.getvalue()


def _is_clean(picture: Image.Image) -> bool:
    for name, content in getattr(picture, "applist", []):
        if not content.startswith(HARMLESS_JPEG_SEGMENTS.get(name, b"\0never")):
            return False
    return picture.info.keys() <= HARMLESS_DETAILS and not getattr(picture, "text", None)
