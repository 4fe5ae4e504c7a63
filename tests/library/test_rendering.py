"""Files the portal renders are made once per change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from library import generated
from library.archive import save_download
from library.links import DownloadLink, link_by_name
from library.models import Download, RenderedFile
from library.rendering import current_file, refresh_generated
from portal.delivery.version import content_version, raise_content_version
from tests.factories.library import DocumentFactory, DownloadFactory
from tests.library.conftest import MADE_ON, Renderer

pytestmark = pytest.mark.django_db


@pytest.fixture
def download(renderer: Renderer) -> Download:
    return DownloadFactory(name="ordnung", title="Ordnung", document=None)


def test_file_is_rendered_once_while_nothing_changes(download: Download, renderer: Renderer) -> None:
    current_file(download)  # pages show its size from now on: that is a change
    current_file(download)
    calls = renderer.calls
    assert bytes(current_file(download).content) == b"%PDF-1.7 eins"
    assert renderer.calls == calls == 2


def test_file_is_rendered_again_after_a_change(download: Download, renderer: Renderer) -> None:
    first = current_file(download)
    renderer.file = replace(renderer.file, content=b"%PDF-1.7 zwei")
    raise_content_version()
    second = current_file(download)
    assert bytes(second.content) == b"%PDF-1.7 zwei"
    assert second.digest != first.digest


def test_equal_file_after_a_change_keeps_its_validators_and_the_content_version(
    download: Download, renderer: Renderer
) -> None:
    first = current_file(download)
    raise_content_version()
    version = content_version()
    assert current_file(download).digest == first.digest
    assert content_version() == version


def test_file_is_rendered_again_by_other_code(download: Download, renderer: Renderer, monkeypatch: Any) -> None:
    current_file(download)
    current_file(download)
    monkeypatch.setattr("library.rendering.release", lambda: "fedcba9876543210")
    renderer.file = replace(renderer.file, content=b"%PDF-1.7 zwei")

    assert bytes(current_file(download).content) == b"%PDF-1.7 zwei"
    assert RenderedFile.objects.get().release == "fedcba9876543210"


def test_file_is_rendered_again_when_its_time_is_over(
    download: Download, renderer: Renderer, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 6, 1, tzinfo=UTC), tick=False)
    renderer.file = replace(renderer.file, valid_until=datetime(2026, 6, 2, tzinfo=UTC))
    current_file(download)
    current_file(download)
    time_machine.move_to(datetime(2026, 6, 2, tzinfo=UTC), tick=False)
    renderer.file = replace(renderer.file, content=b"%PDF-1.7 neu", valid_until=None)
    assert bytes(current_file(download).content) == b"%PDF-1.7 neu"


def test_new_version_moves_the_old_one_to_the_archive(download: Download, renderer: Renderer) -> None:
    current_file(download)
    renderer.file = generated.GeneratedFile(
        b"%PDF-1.7 zwei", "Ordnung.pdf", "application/pdf", MADE_ON + timedelta(days=30), version="2"
    )
    raise_content_version()
    current_file(download)
    (old,) = download.versions.all()
    assert (old.version, old.url, old.facts.file_name) == ("1", "/downloads/ordnung/1/", "Ordnung-1.pdf")
    with old.document.open_file() as file:
        assert file.read() == b"%PDF-1.7 eins"


def test_same_version_with_other_content_is_not_archived(download: Download, renderer: Renderer) -> None:
    current_file(download)
    renderer.file = replace(renderer.file, content=b"%PDF-1.7 neue Anschrift")
    raise_content_version()
    current_file(download)
    assert download.versions.count() == 0


def test_nothing_to_render_is_remembered_and_takes_the_link_away(download: Download, renderer: Renderer) -> None:
    renderer.file = None
    for _attempt in range(4):
        with pytest.raises(generated.NothingToRender):
            current_file(download)
    assert renderer.calls == 2
    assert link_by_name("ordnung") is None


def test_link_is_there_before_the_file_was_rendered(download: Download, renderer: Renderer) -> None:
    assert link_by_name("ordnung") == DownloadLink("Ordnung", "/downloads/ordnung/", "PDF", "", None)
    assert renderer.calls == 0


def test_link_names_size_and_date_without_rendering(download: Download, renderer: Renderer) -> None:
    refresh_generated()
    calls = renderer.calls
    assert link_by_name("ordnung") == DownloadLink("Ordnung", "/downloads/ordnung/", "PDF", "1 KB", MADE_ON.date())
    assert renderer.calls == calls


def test_worker_renders_what_is_published_and_survives_a_broken_one(
    download: Download, renderer: Renderer, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> generated.GeneratedFile:
        raise ValueError("kaputt")

    generated.register_generated("kaputt", broken)
    DownloadFactory(name="kaputt", document=None)
    refresh_generated()
    assert list(RenderedFile.objects.values_list("download__name", flat=True)) == ["ordnung"]
    assert [record.getMessage() for record in caplog.records] == ["Der Download „kaputt“ konnte nicht erzeugt werden."]


def test_own_file_in_its_place_archives_the_rendered_version(download: Download, renderer: Renderer) -> None:
    current_file(download)
    download.document = DocumentFactory()
    save_download(download)
    assert [version.version for version in download.versions.all()] == ["1"]
