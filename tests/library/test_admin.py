"""„Downloads“ in the admin."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from library.models import Download, DownloadVersion
from tests.factories.library import DocumentFactory, DownloadFactory
from tests.library.conftest import Renderer

pytestmark = pytest.mark.django_db
WRONG_NAME = "Nur Kleinbuchstaben ohne Umlaute, Ziffern und dazwischen Bindestriche: „satzung-2026“."


def values(**changes: Any) -> dict[str, Any]:
    document = changes.pop("document", None)
    return {
        "title": "Satzung",
        "name": "statuten",
        "document": document.pk if document else "",
        "valid_from": "",
        "live": "on",
        **changes,
    }


def errors(response: Any) -> dict[str, list[str]]:
    return {field: list(messages) for field, messages in response.context["form"].errors.items()}


def test_editor_creates_a_download(editor_client: Client) -> None:
    document = DocumentFactory()
    response = editor_client.post("/admin/downloads/new/", values(document=document, valid_from="2026-05-01"))
    assert response.status_code == 302
    download = Download.objects.get(name="statuten")
    assert (download.title, download.document, download.valid_from, download.live) == (
        "Satzung",
        document,
        date(2026, 5, 1),
        True,
    )
    assert ModelLogEntry.objects.for_instance(download).get().action == "wagtail.create"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, {"title": ["Dieses Feld muss ausgefüllt werden."]}),
        (
            {"document": None},
            {"document": ["Wählen Sie ein Dokument aus, oder nehmen Sie den Haken bei „veröffentlicht“ heraus."]},
        ),
        ({"name": "Große Satzung"}, {"name": [WRONG_NAME]}),
        ({"name": "satzung_neu"}, {"name": [WRONG_NAME]}),
        ({"name": "vergeben"}, {"name": ["Diesen Namen hat schon ein anderer Download."]}),
    ],
)
def test_incomplete_download_is_refused(
    editor_client: Client, changes: dict[str, Any], expected: dict[str, list[str]]
) -> None:
    DownloadFactory(name="vergeben")
    response = editor_client.post("/admin/downloads/new/", values(**{"document": DocumentFactory(), **changes}))
    assert errors(response) == expected
    assert Download.objects.filter(name="statuten").exists() is False


def test_unpublished_download_may_wait_for_its_document(editor_client: Client) -> None:
    waiting = values()
    del waiting["live"]
    assert editor_client.post("/admin/downloads/new/", waiting).status_code == 302


def test_other_document_sends_the_one_before_to_the_archive(editor_client: Client) -> None:
    old, new = DocumentFactory(), DocumentFactory()
    download = DownloadFactory(name="statuten", document=old, valid_from=date(2024, 5, 1))
    address = f"/admin/downloads/edit/{download.pk}/"
    assert editor_client.post(address, values(document=new, valid_from="2026-05-01")).status_code == 302
    (version,) = download.versions.all()
    assert (version.document, version.version, version.valid_from) == (old, "2024-05-01", date(2024, 5, 1))
    page = editor_client.get(address).content.decode()
    assert "/downloads/statuten/2024-05-01/" in page
    assert "gültig bis" in page


def test_name_of_an_existing_download_stays(editor_client: Client) -> None:
    download = DownloadFactory(name="statuten")
    changed = values(name="anders", document=download.document)
    assert editor_client.post(f"/admin/downloads/edit/{download.pk}/", changed).status_code == 302
    download.refresh_from_db()
    assert download.name == "statuten"


def test_saving_without_a_change_archives_nothing(editor_client: Client) -> None:
    download = DownloadFactory(name="statuten")
    editor_client.post(f"/admin/downloads/edit/{download.pk}/", values(document=download.document, title="Neu"))
    assert download.versions.count() == 0


def test_generated_download_is_published_without_a_document_and_cannot_be_deleted(
    editor_client: Client, renderer: Renderer
) -> None:
    download = DownloadFactory(name="ordnung", document=None, title="Ordnung")
    changed = values(name="ordnung", title="Beitragsordnung")
    assert editor_client.post(f"/admin/downloads/edit/{download.pk}/", changed).status_code == 302
    response = editor_client.post(f"/admin/downloads/delete/{download.pk}/", follow=True)
    assert [str(message) for message in response.context["messages"]][-1] == (
        "„Beitragsordnung“ lässt sich nicht löschen, weil Seiten der Website darauf verweisen. "
        "Nehmen Sie den Haken bei „veröffentlicht“ heraus, wenn der Download nicht erscheinen soll."
    )
    assert Download.objects.filter(pk=download.pk).exists()


def test_other_download_can_be_deleted(editor_client: Client) -> None:
    download = DownloadFactory(name="statuten")
    assert editor_client.post(f"/admin/downloads/delete/{download.pk}/").status_code == 302
    assert Download.objects.filter(pk=download.pk).exists() is False


def test_version_can_be_taken_out_of_the_archive(editor_client: Client) -> None:
    download = DownloadFactory(name="statuten")
    version = DownloadVersion.objects.create(
        download=download, document=DocumentFactory(), version="2020-01-01", valid_until=date(2021, 1, 1)
    )
    address = f"/admin/download_versions/edit/{version.pk}/"
    assert editor_client.post(address, {"valid_from": "", "valid_until": "2021-01-01"}).status_code == 302
    version.refresh_from_db()
    assert version.live is False


def test_versions_are_listed_but_never_made_by_hand(editor_client: Client) -> None:
    download = DownloadFactory(title="Satzung")
    DownloadVersion.objects.create(
        download=download, document=DocumentFactory(), version="2020-01-01", valid_until=date(2021, 1, 1)
    )
    page = editor_client.get("/admin/download_versions/").content.decode()
    assert ("2020-01-01" in page, "/admin/download_versions/new/" in page) == (True, False)
    assert editor_client.get("/admin/download_versions/new/").status_code == 404


def test_list_shows_permanent_addresses_with_the_same_queries_for_one_and_three(
    editor_client: Client, django_assert_max_num_queries: Any
) -> None:
    Download.objects.all().delete()
    DownloadFactory(name="eins")
    editor_client.get("/admin/downloads/")
    with django_assert_max_num_queries(100) as one:
        page = editor_client.get("/admin/downloads/").content.decode()
    assert "/downloads/eins/" in page
    DownloadFactory(name="zwei")
    DownloadFactory(name="drei", document=None)
    editor_client.get("/admin/downloads/")
    with django_assert_max_num_queries(100) as three:
        page = editor_client.get("/admin/downloads/").content.decode()
    assert "noch keine Datei" in page
    assert len(three) == len(one)


def test_dialog_offers_downloads_by_title(editor_client: Client) -> None:
    DownloadFactory(name="statuten", title="Satzung des Vereins")
    assert "Satzung des Vereins" in editor_client.get("/admin/download_chooser/").json()["html"]


def test_others_see_nothing_of_it(client: Client) -> None:
    group = Group.objects.create(name="Andere")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = get_user_model().objects.create_user(email="andere@example.org", password="nur-fuer-tests")
    user.groups.add(group)
    client.force_login(user)
    assert client.get("/admin/downloads/").status_code == 403
    assert "/admin/downloads/" not in client.get("/admin/").content.decode()


def test_the_list_says_in_german_what_is_published(editor_client: Client) -> None:
    DownloadFactory(live=True, name="an")
    DownloadFactory(live=False, name="aus")

    page = editor_client.get(reverse("downloads:index")).content.decode()

    assert set(re.findall(r">\s*(ja|nein|True|False)\s*<", page)) == {"ja", "nein"}
