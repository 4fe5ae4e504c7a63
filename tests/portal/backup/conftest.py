"""Keys, an installation with something in every room, and ways to empty it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from portal.backup import tables


@pytest.fixture
def identity() -> str:
    """A secret key made for this test."""
    return str(pyrage.x25519.Identity.generate())


@pytest.fixture
def recipient(identity: str) -> str:
    """The public key that belongs to it."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


@pytest.fixture(autouse=True)
def _no_files() -> Iterator[None]:
    """Start and end without uploads of other tests: a restore wants empty folders."""
    empty_folders()
    yield
    empty_folders()


def contents() -> dict[str, list[list[Any]]]:
    """Return all rows of all tables."""
    return {model._meta.label_lower: list(tables.read_rows(model)) for model in tables.tables()}


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below ``folder``."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def empty_installation() -> None:
    """Leave nothing: neither rows nor files."""
    # Known beforehand, so that none is made anew with a key that the next test does not find.
    ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
    # Sequences go on: the next test brings back the migrations' rows with their keys, unknown to a new sequence.
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True, reset_sequences=False)
    empty_folders()


def empty_folders() -> None:
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        shutil.rmtree(root, ignore_errors=True)
        Path(root).mkdir(parents=True)
