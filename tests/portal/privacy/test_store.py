"""The private file store: random names, owner's eyes only, and nothing left that no row names."""

import hashlib
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from portal.privacy import store

LATER = timedelta(hours=1, seconds=5)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.STORAGES = {**settings.STORAGES}  # the storages are made anew
    # A group's name stands for a row that names a file.
    monkeypatch.setattr(store, "_fields", {Group: "name"})
    yield
    storages._storages.clear()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_has_a_random_name_and_is_its_owners_alone(tmp_path):
    first, second = store.write(b"Muster", ending="pdf"), store.write(b"Muster", ending="pdf")

    assert first.name != second.name
    assert (first.sha256, first.size) == (hashlib.sha256(b"Muster").hexdigest(), 6)
    path = tmp_path / "private" / first.name
    assert path.suffix == ".pdf"
    assert len(path.stem) == 40
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o600, 0o700]
    assert store.read(first.name, sha256=first.sha256) == b"Muster"


def test_with_a_web_server_that_sends_files_its_group_may_read_them(settings, tmp_path):
    before = store.write(b"Muster", ending="pdf")
    assert store.internal_address(before.name) == ""
    settings.INTERNAL_PRIVATE_URL = "/privat-intern/"
    settings.STORAGES = {**settings.STORAGES}
    after = store.write(b"Muster", ending="pdf")

    path = tmp_path / "private" / after.name
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o640, 0o750]
    # What was stored before stays the portal's alone.
    assert [store.internal_address(each.name) for each in (before, after)] == ["", f"/privat-intern/{after.name}"]
    path.parent.chmod(0o700)
    assert store.internal_address(after.name) == ""


def test_a_file_has_no_address():
    stored = store.write(b"Muster", ending="pdf")

    with pytest.raises(ValueError, match="not accessible via a URL"):
        storages[store.ALIAS].url(stored.name)


def test_a_file_that_changed_or_went_is_noticed(tmp_path):
    stored = store.write(b"Muster", ending="pdf")
    path = tmp_path / "private" / stored.name
    path.write_bytes(b"Master")
    with pytest.raises(store.FileChanged):
        store.read(stored.name, sha256=stored.sha256)
    path.unlink()
    with pytest.raises(store.FileGone):
        store.read(stored.name, sha256=stored.sha256)


@pytest.mark.parametrize("name", ["../geheim.pdf", "/etc/passwd", "a/../../geheim.pdf"])
def test_no_name_leads_out_of_the_store(name):
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        store.read(name, sha256="")


@pytest.mark.django_db
def test_the_sweep_deletes_what_no_row_names():
    named, orphan = store.write(b"1", ending="pdf"), store.write(b"2", ending="pdf")
    Group.objects.create(name=named.name)

    assert store.sweep(timezone.now() + LATER) == 1
    assert list(store.file_names()) == [named.name]
    assert orphan.name not in store.file_names()
    assert store.sweep(timezone.now() + LATER) == 0


@pytest.mark.django_db
def test_the_sweep_leaves_young_files_to_their_transaction():
    stored = store.write(b"1", ending="pdf")

    assert store.sweep() == 0
    assert list(store.file_names()) == [stored.name]


@pytest.mark.django_db
def test_the_sweep_does_nothing_before_anybody_said_what_to_keep(monkeypatch):
    store.write(b"1", ending="pdf")
    monkeypatch.setattr(store, "_fields", {})

    assert store.sweep(timezone.now() + LATER) == 0


@pytest.mark.django_db
def test_an_empty_store_is_swept_too():
    assert store.sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_files_are_deleted_when_the_transaction_ended_well():
    stored = store.write(b"1", ending="pdf")

    def delete(*, fail: bool) -> None:
        with transaction.atomic():
            store.delete_after_commit([stored.name])
            if fail:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        delete(fail=True)
    assert list(store.file_names()) == [stored.name]
    delete(fail=False)
    assert list(store.file_names()) == []
