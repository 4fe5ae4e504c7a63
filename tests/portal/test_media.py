"""Public pictures are served with debug off; nothing else below the media folder is."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import FileResponse
from django.test import Client


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    for name in ("images/bild.png", "documents/liste.pdf", "original_images/bild.png"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"inhalt")
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.mark.usefixtures("media")
def test_rendition_is_served(client: Client) -> None:
    assert settings.DEBUG is False
    response = client.get("/media/images/bild.png")
    assert isinstance(response, FileResponse)
    assert (response.status_code, response.getvalue()) == (200, b"inhalt")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    "path",
    [
        "documents/liste.pdf",
        "original_images/bild.png",
        "images/../documents/liste.pdf",
        "images/%2e%2e/documents/liste.pdf",
        "images/gibt-es-nicht.png",
        "images/",
        "images",
        "",
    ],
)
def test_everything_else_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.usefixtures("media")
def test_nothing_is_written(client: Client) -> None:
    assert client.post("/media/images/bild.png").status_code == 405
