"""People and files for the library's tests."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from PIL import Image
from wagtail.models import Collection, GroupCollectionPermission

from library import generated

MADE_ON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor_client(db: None, client: Client) -> Client:
    """Somebody who may do everything in the library and nothing else."""
    group = Group.objects.create(name="Bibliothek")
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="library")
        | Permission.objects.filter(codename="access_admin")
    )

    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs", "library"]
    ):
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    user = get_user_model().objects.create_user(email="redaktion@example.org", password="nur-fuer-tests")
    user.groups.add(group)
    client.force_login(user)
    return client


class Renderer:
    """A registered download that counts how often it is made; set ``file`` to change what it gives."""

    def __init__(self) -> None:
        self.calls = 0
        self.file: generated.GeneratedFile | None = generated.GeneratedFile(
            b"%PDF-1.7 eins", file_name="Ordnung.pdf", content_type="application/pdf", changed_at=MADE_ON, version="1"
        )

    def __call__(self) -> generated.GeneratedFile:
        self.calls += 1
        if self.file is None:
            raise generated.NothingToRender
        return self.file


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> Renderer:
    """„ordnung“ is the only download the portal renders."""
    monkeypatch.setattr(generated, "_registered", {})
    made = Renderer()
    generated.register_generated("ordnung", made, title="Ordnung")
    return made


@pytest.fixture
def photo() -> Callable[..., bytes]:
    """A photograph as a phone writes it: 40 × 20 pixels on its side, with place, device and comment."""

    def take(kind: str = "JPEG") -> bytes:
        picture = Image.new("RGB", (40, 20), "#1f6b4a")
        picture.paste("#a13d2b", (0, 0, 10, 20))
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned by 90 degrees
        exif[0x010F] = "Telefon"
        exif.get_ifd(0x8825)[2] = (50.83, 0.0, 0.0)
        content = io.BytesIO()
        options = {"comment": b"Chemnitz"} if kind == "JPEG" else {}
        picture.save(content, kind, exif=exif, **options)
        return content.getvalue()

    return take
