"""Only drawings pass."""

import io

import pytest

from library.svg import is_harmless

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}'
    '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><path fill="url(#g)" d="M0 0h9v9z"/></svg>'
)


@pytest.mark.parametrize("more", ["", '<use xlink:href="#g"/>', "<title>Platz</title>", '<g fill="#0b5d38"/>'])
def test_drawing_is_harmless(more: str) -> None:
    assert is_harmless(io.BytesIO(DRAWING.format(more).encode())) is True


@pytest.mark.parametrize(
    "more",
    [
        "<script>alert(1)</script>",
        '<g onclick="alert(1)"/>',
        '<a href="https://example.org"><g/></a>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use xlink:href="data:image/svg+xml,x"/>',
        '<image href="https://example.org/x.png"/>',
        "<foreignObject><p/></foreignObject>",
        "<style>@import 'https://example.org'</style>",
        '<path fill="url(https://example.org/#a)"/>',
        "<animate/>",
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<unfertig",
    ],
)
def test_anything_else_is_not(more: str) -> None:
    assert is_harmless(io.BytesIO(DRAWING.format(more).encode())) is False


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kein XML",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a "a">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_other_files_are_not(content: bytes) -> None:
    assert is_harmless(io.BytesIO(content)) is False
