"""What pages show of downloads, and how much it costs."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from wagtail import blocks
from wagtail.models import Collection, CollectionViewRestriction

from library.archive import save_download
from library.blocks import DownloadLinkBlock
from library.file_facts import FileFacts, size_label
from library.links import DownloadLink, archive_links, link_by_name, link_to
from library.models import Download
from tests.factories.library import DocumentFactory, DownloadFactory

pytestmark = pytest.mark.django_db


class Body(blocks.StreamBlock):
    download = DownloadLinkBlock()


def links(stored: list[dict[str, Any]]) -> list[DownloadLink | None]:
    return [child.value.link for child in Body().to_python(stored)]


def stored(*downloads: Download, text: str = "title") -> list[dict[str, Any]]:
    return [{"type": "download", "value": {"download": download.pk, "text": text}} for download in downloads]


@pytest.mark.parametrize(
    ("size", "label"),
    [
        (0, ""),
        (1, "1 KB"),
        (1536, "2 KB"),
        (831_488, "812 KB"),
        (1_468_006, "1,4 MB"),
        (20 * 1024 * 1024, "20 MB"),
    ],
)
def test_sizes_are_written_as_file_managers_do(size: int, label: str) -> None:
    assert size_label(size) == label


def test_type_is_the_ending_or_follows_from_the_kind() -> None:
    day = date(2026, 1, 1)
    assert FileFacts("Satzung.PDF", "application/pdf", 1, day).type_label == "PDF"
    assert FileFacts("satzung", "application/pdf", 1, day).type_label == "PDF"


def test_link_names_title_type_size_and_date(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False)
    document = DocumentFactory(content=b"%PDF" + b" " * 2996, file_name="Empfehlungen_BAG_Verstetigung.pdf")
    download = DownloadFactory(name="bag-empfehlungen", title="Empfehlungen der BAG", document=document)
    address = "/downloads/bag-empfehlungen/"
    assert link_to(download) == DownloadLink("Empfehlungen der BAG", address, "PDF", "3 KB", date(2026, 5, 4))
    assert links(stored(download, text="file_name")) == [
        DownloadLink("Empfehlungen_BAG_Verstetigung.pdf", address, "PDF", "3 KB", date(2026, 5, 4))
    ]


def test_validity_date_is_shown_instead_of_the_upload_date() -> None:
    link = link_to(DownloadFactory(valid_from=date(2020, 1, 1)))
    assert link is not None
    assert link.date == date(2020, 1, 1)


def test_unpublished_closed_missing_and_empty_downloads_show_no_link() -> None:
    closed = Collection.get_first_root_node().add_child(name="Vorstand")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    hidden = [
        DownloadFactory(live=False),
        DownloadFactory(document=DocumentFactory(collection=closed)),
        DownloadFactory(document=DocumentFactory(collection=closed.add_child(name="Sitzungen"))),
        DownloadFactory(document=None),
    ]
    shown = DownloadFactory(name="offen")
    assert [link_to(download) for download in hidden] == [None, None, None, None]
    assert links([*stored(*hidden), {"type": "download", "value": {"download": 0, "text": "title"}}]) == [None] * 5
    assert link_by_name("gibt-es-nicht") is None
    names = [*(download.pk for download in hidden), shown.pk]
    assert list(Download.objects.public().filter(pk__in=names)) == [shown]


def test_closing_a_collection_takes_the_link_away_at_once() -> None:
    collection = Collection.get_first_root_node().add_child(name="Vorstand")
    download = DownloadFactory(document=DocumentFactory(collection=collection))
    assert link_to(download) is not None
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    assert link_to(download) is None


def test_list_of_links_costs_the_same_for_one_and_for_three(django_assert_max_num_queries: Any) -> None:
    downloads = [DownloadFactory(), DownloadFactory(), DownloadFactory()]
    links(stored(downloads[0]))
    with django_assert_max_num_queries(2):  # the content version and the downloads
        links(stored(downloads[0]))
    with django_assert_max_num_queries(2):
        links(stored(*downloads))


def test_archive_lists_earlier_documents_latest_first(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False)
    download = DownloadFactory(name="statuten", title="Satzung", valid_from=date(2020, 1, 1))
    for year in (2024, 2026):
        download.document, download.valid_from = DocumentFactory(), date(year, 1, 1)
        save_download(download)
    assert [(link.title, link.url, link.date) for link in archive_links(download)] == [
        ("Satzung (2024-01-01)", "/downloads/statuten/2024-01-01/", date(2024, 1, 1)),
        ("Satzung (2020-01-01)", "/downloads/statuten/2020-01-01/", date(2020, 1, 1)),
    ]


def test_two_versions_of_one_day_have_two_addresses() -> None:
    download = DownloadFactory(name="statuten", valid_from=date(2020, 1, 1))
    for _again in range(2):
        download.document = DocumentFactory()
        save_download(download)
    assert {version.version for version in download.versions.all()} == {"2020-01-01", "2020-01-01-2"}
