"""Public files: whole or not at all, and none that no row names."""

import errno
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone

from library.models import LibraryDocument, Picture, Rendition
from portal import media_files
from tests.factories.files import make_photo

LATER = timedelta(days=1, seconds=5)
ROOM = 1_000


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@contextmanager
def no_room() -> Iterator[None]:
    """Let this process write no more than ``ROOM`` bytes into any file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def stored() -> dict[str, int]:
    root = Path(portal_settings.MEDIA_ROOT)
    return {str(file.relative_to(root)): file.stat().st_size for file in root.rglob("*") if file.is_file()}


def test_a_file_has_its_name_and_nothing_else_is_left() -> None:
    assert default_storage.save("documents/satzung.txt", ContentFile(b"eins")) == "documents/satzung.txt"
    assert stored() == {"documents/satzung.txt": 4}


def test_two_of_one_name_at_once_get_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    default_storage.save("documents/satzung.txt", ContentFile(b"eins"))
    # Both had looked while the name was free; only the second look finds it taken.
    names = iter(["documents/satzung.txt", "documents/satzung_2.txt"])
    monkeypatch.setattr(media_files.MediaStorage, "get_available_name", lambda self, name, max_length=None: next(names))
    assert default_storage.save("documents/satzung.txt", ContentFile(b"zwei!")) == "documents/satzung_2.txt"
    assert stored() == {"documents/satzung.txt": 4, "documents/satzung_2.txt": 5}


def test_what_finds_no_room_leaves_nothing() -> None:
    with no_room(), pytest.raises(OSError, match="File too large") as refusal:
        default_storage.save("documents/bericht.txt", ContentFile(b"x" * 5_000))
    assert (refusal.value.errno, stored()) == (errno.EFBIG, {})


def test_a_large_upload_is_moved_to_its_place() -> None:
    upload = TemporaryUploadedFile("bericht.txt", "text/plain", 5_000, None)
    upload.write(b"x" * 5_000)
    upload.seek(0)
    assert default_storage.save("documents/bericht.txt", upload) == "documents/bericht.txt"
    upload.close()
    assert stored() == {"documents/bericht.txt": 5_000}


@pytest.mark.django_db
def test_a_document_and_a_picture_that_find_no_room_leave_neither_row_nor_file() -> None:
    with no_room():
        with pytest.raises(OSError, match="File too large"), transaction.atomic():
            LibraryDocument.objects.create(title="Bericht", file=ContentFile(b"x" * 5_000, name="bericht.txt"))
        with pytest.raises(OSError, match="File too large"), transaction.atomic():
            Picture.objects.create(title="Foto", file=ContentFile(make_photo((900, 900)), name="foto.jpg"))
    assert (LibraryDocument.objects.count(), Picture.objects.count(), stored()) == (0, 0, {})


@pytest.mark.django_db
def test_a_rendition_that_finds_no_room_is_made_the_next_time() -> None:
    picture = Picture.objects.create(title="Foto", file=ContentFile(make_photo((900, 900)), name="foto.jpg"))
    before = stored()
    with no_room(), pytest.raises(OSError, match="File too large"):
        picture.get_rendition("width-800|format-png")
    assert (stored(), Rendition.objects.count()) == (before, 0)

    rendition = Picture.objects.get().get_rendition("width-800|format-png")
    assert stored() == before | {rendition.file.name: rendition.file.size}


@pytest.mark.django_db
def test_the_sweep_deletes_what_no_row_names() -> None:
    document = LibraryDocument.objects.create(title="Satzung", file=ContentFile(b"eins", name="satzung.txt"))
    picture = Picture.objects.create(title="Foto", file=ContentFile(make_photo(), name="foto.jpg"))
    rendition = picture.get_rendition("width-20")
    named = {each.file.name: each.file.size for each in (document, picture, rendition)}
    # What a process leaves that is killed while it writes, or before its row is committed.
    for name in ("documents/bericht.txt", "documents/bericht.txt.0011.entwurf", "images/leer.jpg"):
        default_storage.save(name, ContentFile(b"halb"))

    assert (media_files.sweep(), len(stored())) == (0, 6)
    assert (media_files.sweep(timezone.now() + LATER), stored()) == (3, named)
    assert media_files.sweep(timezone.now() + LATER) == 0
