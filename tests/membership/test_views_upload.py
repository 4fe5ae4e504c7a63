"""Uploading the signed application from the status page, and everything that should not be uploaded."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from membership import links
from membership.domain import add_attachment
from membership.models import Application, Attachment
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.privacy import store
from portal.privacy.uploading import MOST_KEPT
from tests.factories.decisions import reject, told
from tests.factories.files import make_pdf, make_photo
from tests.factories.membership import create_application, create_board_member
from tests.membership.test_uploads import BAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def files_before() -> set[str]:
    return set(store.file_names())


def address(application: Application) -> str:
    return f"{links.path(application, links.STATUS)}datei/"


def send(client: Client, application: Application, *contents: bytes, name: str = "antrag.pdf") -> Any:
    files = [SimpleUploadedFile(name, content) for content in contents]
    return client.post(address(application), {"scan": files})


def test_the_status_page_offers_the_upload_and_shows_what_came(client: Client) -> None:
    application = create_application()
    page = links.path(application, links.STATUS)
    assert f'action="{address(application)}#hochladen"' in client.get(page).content.decode()
    answer = send(client, application, make_photo(), make_photo())
    assert (answer.status_code, answer["Location"]) == (302, f"{page}#hochladen")
    assert Attachment.objects.get().page_count == 2
    html = client.get(page).content.decode()
    assert "Uhr, 2 Seiten. Die Geschäftsstelle sieht sich die Datei an." in html
    assert "Die neue Datei ersetzt dann die frühere." in html


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_files_are_refused_on_the_page_and_leave_nothing(
    client: Client, files_before: set[str], content: bytes, sentence: str
) -> None:
    application = create_application()
    response = send(client, application, content)
    html = response.content.decode()
    assert (response.status_code, set(store.file_names()), Attachment.objects.count()) == (200, files_before, 0)
    assert f"Unterschriebener Antrag als Scan oder Foto – {sentence}" in html


def test_of_a_photo_nothing_is_kept_that_says_where_it_was_taken(client: Client) -> None:
    photo = make_photo(with_place=True)
    assert b"Beispielkamera" in photo
    send(client, create_application(), photo, name="IMG_0001.jpg")
    attachment = Attachment.objects.get()
    kept = store.read(attachment.file_name, sha256=attachment.sha256)
    assert [word in kept for word in (b"Beispielkamera", b"Exif", b"IMG_0001")] == [False] * 3


@pytest.mark.parametrize("name", ["../../x.pdf", "x" * 300 + ".pdf", "antrag.exe", "con.pdf", "ü ö.pdf"])
def test_the_files_name_leads_nowhere(client: Client, files_before: set[str], name: str) -> None:
    application = create_application()
    assert send(client, application, make_pdf(), name=name).status_code == 302
    (new,) = set(store.file_names()) - files_before
    assert (len(new), new) == (2 + 1 + 40 + 4, Attachment.objects.get().file_name)


def test_what_is_far_too_large_is_counted_and_not_kept(client: Client, files_before: set[str]) -> None:
    response = send(client, create_application(), b"%PDF-" + b"0" * MOST_KEPT)
    assert "Die Dateien sind zusammen größer als 10 MB." in response.content.decode()
    assert set(store.file_names()) == files_before


def test_nothing_chosen_is_named(client: Client) -> None:
    html = client.post(address(create_application())).content.decode()
    assert "Bitte wählen Sie mindestens eine Datei aus, die nicht leer ist." in html


def test_a_stale_form_token_says_so(files_before: set[str]) -> None:
    application = create_application()
    response = send(Client(enforce_csrf_checks=True), application, make_pdf())
    assert (response.status_code, set(store.file_names())) == (200, files_before)
    shown = response.content.decode()
    assert ("Bitte wählen Sie die Datei noch einmal aus" in shown, "sind noch da" in shown) == (True, False)


def test_opened_without_files_the_address_leads_to_the_page(client: Client) -> None:
    application = create_application()
    response = client.get(address(application))
    assert (response.status_code, response["Location"]) == (302, f"{links.path(application, links.STATUS)}#hochladen")


def test_an_altered_link_opens_nothing(client: Client) -> None:
    application = create_application()
    altered = address(application).replace("/datei/", "x/datei/")
    assert client.post(altered, {"scan": SimpleUploadedFile("a.pdf", make_pdf())}).status_code == 404
    assert Attachment.objects.count() == 0


def test_a_decided_application_takes_no_file(client: Client, files_before: set[str]) -> None:
    application = create_application()
    told(reject(application))
    html = send(client, application, make_pdf()).content.decode()
    assert set(store.file_names()) == files_before
    assert "enctype" not in html


def test_where_no_scans_are_taken_none_is_offered(client: Client) -> None:
    application = create_application()
    association = AssociationSettings.load()
    association.accepted_forms = [AcceptedForm.PAPER]
    association.save()
    assert "multipart" not in client.get(links.path(application, links.STATUS)).content.decode()
    html = send(client, application, make_pdf()).content.decode()
    assert Attachment.objects.count() == 0
    assert "multipart" not in html


def test_the_applicant_sees_the_own_uploads_alone(client: Client) -> None:
    application, other = create_application(), create_application()
    add_attachment(other, [make_pdf()])
    add_attachment(application, [make_pdf()], uploaded_by=create_board_member())
    assert "Hochgeladen am" not in client.get(links.path(application, links.STATUS)).content.decode()
