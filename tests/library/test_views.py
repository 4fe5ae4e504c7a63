"""The permanent addresses, as browsers ask for them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from library.archive import save_download
from library.models import Download
from tests.factories.library import DocumentFactory, DownloadFactory
from tests.library.conftest import MADE_ON, Renderer

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 0123456789"


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.fixture
def statutes() -> Download:
    document = DocumentFactory(content=CONTENT, file_name="Satzung 2026 (Entwurf).pdf")
    return DownloadFactory(name="statuten", document=document)


def test_document_is_served_at_its_address_with_type_and_name(client: Client, statutes: Download) -> None:
    response = client.get("/downloads/statuten/")
    assert response.status_code == 200
    assert body(response) == CONTENT
    assert {name: response[name] for name in ("Content-Type", "Content-Length", "Accept-Ranges", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "Content-Length": "19",
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, no-cache",
    }
    assert response["Content-Disposition"] == 'inline; filename="Satzung 2026 (Entwurf).pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_head_gives_the_same_headers_and_no_body(client: Client, statutes: Download) -> None:
    get, head = client.get("/downloads/statuten/"), client.head("/downloads/statuten/")
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)


def test_other_types_are_attachments(client: Client) -> None:
    DownloadFactory(name="tabelle", document=DocumentFactory(content=b"a;b", file_name="Übersicht.csv"))
    response = client.get("/downloads/tabelle/")
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cbersicht.csv"


def test_unchanged_file_is_not_sent_again(client: Client, statutes: Download) -> None:
    first = client.get("/downloads/statuten/")
    by_etag = client.get("/downloads/statuten/", headers={"If-None-Match": first["ETag"]})
    by_date = client.get("/downloads/statuten/", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (by_etag.status_code, by_date.status_code) == (304, 304)
    assert by_etag["ETag"] == first["ETag"]
    assert client.get("/downloads/statuten/", headers={"If-None-Match": '"anders"'}).status_code == 200
    assert client.get("/downloads/statuten/", headers={"If-Match": '"anders"'}).status_code == 412


@pytest.mark.parametrize(
    ("wanted", "status", "part", "content_range"),
    [
        ("bytes=0-3", 206, b"%PDF", "bytes 0-3/19"),
        ("bytes=9-", 206, b"0123456789", "bytes 9-18/19"),
        ("bytes=-2", 206, b"89", "bytes 17-18/19"),
        ("bytes=17-500", 206, b"89", "bytes 17-18/19"),
        ("bytes=-500", 200, CONTENT, None),
        ("bytes=0-", 200, CONTENT, None),
        ("bytes=5-2", 200, CONTENT, None),
        ("bytes=-", 200, CONTENT, None),
        ("bytes=0-1,3-4", 200, CONTENT, None),
        ("zeilen=0-1", 200, CONTENT, None),
    ],
)
def test_parts_can_be_asked_for(
    client: Client, statutes: Download, wanted: str, status: int, part: bytes, content_range: str | None
) -> None:
    response = client.get("/downloads/statuten/", headers={"Range": wanted})
    assert (response.status_code, body(response), response.get("Content-Range")) == (status, part, content_range)
    assert response["Content-Length"] == str(len(part))


@pytest.mark.parametrize("wanted", ["bytes=19-", "bytes=99-120", "bytes=-0"])
def test_part_behind_the_end_is_refused(client: Client, statutes: Download, wanted: str) -> None:
    response = client.get("/downloads/statuten/", headers={"Range": wanted})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */19")


def test_part_of_a_file_that_has_changed_is_the_whole_file(client: Client, statutes: Download) -> None:
    first = client.get("/downloads/statuten/")
    same = {"Range": "bytes=0-3", "If-Range": first["ETag"]}
    same_date = {"Range": "bytes=0-3", "If-Range": first["Last-Modified"]}
    changed = {"Range": "bytes=0-3", "If-Range": '"anders"'}
    statuses = [
        client.get("/downloads/statuten/", headers=headers).status_code for headers in (same, same_date, changed)
    ]
    assert statuses == [206, 206, 200]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(client: Client, statutes: Download, method: str) -> None:
    assert getattr(client, method)("/downloads/statuten/").status_code == 405


@pytest.mark.parametrize("address", ["/downloads/gibt-es-nicht/", "/downloads/statuten/2020-01-01/", "/downloads/"])
def test_unknown_addresses_are_not_found(client: Client, statutes: Download, address: str) -> None:
    assert client.get(address).status_code == 404


def test_unpublished_and_empty_downloads_are_not_found(client: Client, statutes: Download) -> None:
    statutes.live = False
    statutes.save()
    DownloadFactory(name="leer", document=None)
    assert client.get("/downloads/statuten/").status_code == 404
    assert client.get("/downloads/leer/").status_code == 404


def test_document_of_a_closed_collection_is_only_for_those_inside(client: Client, editor_client: Client) -> None:
    closed = Collection.get_first_root_node().add_child(name="Vorstand")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    inner = closed.add_child(name="Sitzungen")
    DownloadFactory(name="protokoll", document=DocumentFactory(content=CONTENT, collection=inner))
    assert Client().get("/downloads/protokoll/").status_code == 404
    response = editor_client.get("/downloads/protokoll/")
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_web_server_is_told_to_send_a_closed_document_and_no_open_one(
    client: Client, editor_client: Client, statutes: Download, settings: Any
) -> None:
    settings.INTERNAL_MEDIA_URL = "/media-intern/"
    closed = Collection.get_first_root_node().add_child(name="Vorstand")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    document = DocumentFactory(content=CONTENT, collection=closed, file_name="Protokoll Mai.pdf")
    DownloadFactory(name="protokoll", document=document)
    refused, told = Client().get("/downloads/protokoll/"), editor_client.get("/downloads/protokoll/")

    assert (refused.status_code, "X-Accel-Redirect" in refused) == (404, False)
    assert (told["X-Accel-Redirect"], told.content) == (f"/media-intern/{document.file.name}", b"")
    assert (told["Content-Type"], told["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert told["Content-Disposition"].startswith("inline")
    assert "X-Accel-Redirect" not in client.get("/downloads/statuten/")


def test_replaced_document_stays_in_the_archive(client: Client, statutes: Download) -> None:
    statutes.valid_from = date(2024, 5, 1)
    statutes.save()
    statutes.document = DocumentFactory(content=b"%PDF-1.7 neu", file_name="Ganz anderer Name.pdf")
    statutes.valid_from = date(2026, 5, 1)
    save_download(statutes)
    now, before = client.get("/downloads/statuten/"), client.get("/downloads/statuten/2024-05-01/")
    assert (body(now), now["Content-Disposition"]) == (b"%PDF-1.7 neu", 'inline; filename="Ganz anderer Name.pdf"')
    assert (body(before), before["Content-Disposition"]) == (CONTENT, 'inline; filename="Satzung 2026 (Entwurf).pdf"')


def test_archive_of_an_unpublished_download_is_not_found(client: Client, statutes: Download) -> None:
    statutes.document = DocumentFactory()
    save_download(statutes)
    version = statutes.versions.get()
    assert client.get(version.url).status_code == 200
    version.live = False
    version.save()
    assert client.get(version.url).status_code == 404
    version.live = True
    version.save()
    statutes.live = False
    statutes.save()
    assert client.get(version.url).status_code == 404


def test_what_the_portal_renders_is_served(client: Client, renderer: Renderer) -> None:
    DownloadFactory(name="ordnung", document=None)
    response = client.get("/downloads/ordnung/")
    assert (response.status_code, body(response)) == (200, b"%PDF-1.7 eins")
    assert response["Content-Disposition"] == 'inline; filename="Ordnung.pdf"'
    assert response["Last-Modified"] == MADE_ON.strftime("%a, %d %b %Y %H:%M:%S GMT")


def test_nothing_to_render_is_not_found(client: Client, renderer: Renderer) -> None:
    DownloadFactory(name="ordnung", document=None)
    renderer.file = None
    assert client.get("/downloads/ordnung/").status_code == 404


def test_own_file_of_an_editor_takes_precedence(client: Client, renderer: Renderer) -> None:
    DownloadFactory(name="ordnung", document=DocumentFactory(content=CONTENT))
    assert body(client.get("/downloads/ordnung/")) == CONTENT
    assert renderer.calls == 0
