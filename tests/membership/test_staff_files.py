"""Files in the admin: looked at as pictures, fetched as attachment, each look in the log."""

import base64
import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from membership.domain import add_attachment, record_original
from membership.models import Application, Attachment
from portal.privacy import audit, store
from tests.factories.files import make_pdf, make_photo
from tests.factories.membership import create_application, create_staff
from tests.membership.test_uploads import BAD

pytestmark = pytest.mark.django_db
HINT = "Scan eingegangen: Bitte sehen Sie ihn an"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(create_staff("buero@example.org", "record"))
    return client


@pytest.fixture
def application() -> Application:
    return create_application()


def url(name: str, application: Application, attachment: Attachment | None = None) -> str:
    keys = [application.pk, attachment.pk] if attachment else [application.pk]
    return reverse(f"membership_applications:{name}", args=keys)


def looks(application: Application) -> list[tuple[str, str]]:
    entries = audit.entries_of(application).filter(action__in=["attachment_viewed", "attachment_downloaded"])
    return [(entry.action, entry.actor.email) for entry in entries if entry.actor]


def test_the_page_lists_the_files_and_points_out_a_scan(office: Client, application: Application) -> None:
    first = add_attachment(application, [make_pdf()])
    add_attachment(application, [make_pdf(2)])
    page = office.get(url("inspect", application)).content.decode()
    assert [page.count(word) for word in ("als Bilder", ">Original<", HINT)] == [2, 2, 1]
    assert url("file", application, first) in page
    assert looks(application) == []


def test_the_hint_goes_when_the_receipt_is_recorded(office: Client, application: Application) -> None:
    add_attachment(application, [make_pdf()])
    user = create_staff("zweite@example.org", "record")
    record_original(
        application, received_on=timezone.localdate(application.submitted_at), form="scan", recorded_by=user
    )
    assert HINT not in office.get(url("inspect", application)).content.decode()


def test_what_the_office_added_itself_is_no_news_to_it(office: Client, application: Application) -> None:
    add_attachment(application, [make_pdf()], uploaded_by=create_staff("zweite@example.org", "record"))
    assert HINT not in office.get(url("inspect", application)).content.decode()


def test_pages_are_shown_as_pictures_and_the_look_is_noted(office: Client, application: Application) -> None:
    attachment = add_attachment(application, [make_photo(), make_photo()])
    page = office.get(url("file", application, attachment)).content.decode()
    pictures = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', page)
    assert [Image.open(io.BytesIO(base64.b64decode(each))).size[0] for each in pictures] == [1240, 1240]
    assert looks(application) == [("attachment_viewed", "buero@example.org")]


def test_the_original_is_sent_to_be_saved_and_the_look_is_noted(office: Client, application: Application) -> None:
    content = make_pdf()
    attachment = add_attachment(application, [content])
    response = office.get(url("original_file", application, attachment))
    assert response.content == content
    headers = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    assert [response[name] for name in headers] == [
        "application/pdf",
        f'attachment; filename="Antrag-{application.reference}-{attachment.pk}.pdf"',
        "nosniff",
        "default-src 'none'; sandbox",
    ]
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert looks(application) == [("attachment_downloaded", "buero@example.org")]


def test_a_web_server_is_told_to_send_the_original(
    office: Client, application: Application, settings: Any, tmp_path: Path
) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path  # folders from before may not be opened by the web server
    settings.INTERNAL_PRIVATE_URL = "/privat-intern/"
    settings.STORAGES = {**settings.STORAGES}  # the storages are made anew
    attachment, changed = add_attachment(application, [make_pdf()]), add_attachment(application, [make_pdf()])
    Attachment.objects.filter(pk=changed.pk).update(sha256="0" * 64)
    response = office.get(url("original_file", application, attachment))

    assert (response.content, response["X-Accel-Redirect"]) == (b"", f"/privat-intern/{attachment.file_name}")
    assert looks(application) == [("attachment_downloaded", "buero@example.org")]
    refused = office.get(url("original_file", application, changed))
    assert (refused.status_code, "X-Accel-Redirect" in refused) == (404, False)


@pytest.mark.parametrize("name", ["file", "original_file"])
def test_nobody_else_sees_a_file(client: Client, application: Application, name: str) -> None:
    attachment = add_attachment(application, [make_pdf()])
    address = url(name, application, attachment)
    assert client.get(address).status_code == 302
    client.force_login(create_staff("redaktion@example.org"))
    assert client.get(address).status_code == 403
    client.force_login(create_staff("frueher@example.org", "decide"))
    assert client.get(address).status_code == 403
    assert looks(application) == []


@pytest.mark.parametrize("name", ["file", "original_file"])
def test_a_file_is_found_at_its_own_application_alone(office: Client, application: Application, name: str) -> None:
    attachment = add_attachment(create_application(), [make_pdf()])
    assert office.get(url(name, application, attachment)).status_code == 404


@pytest.mark.parametrize("name", ["file", "original_file"])
def test_a_file_that_is_gone_or_changed_gives_404(office: Client, application: Application, name: str) -> None:
    gone, changed = add_attachment(application, [make_pdf()]), add_attachment(application, [make_pdf()])
    store._storage().delete(gone.file_name)
    Attachment.objects.filter(pk=changed.pk).update(sha256="0" * 64)
    assert [office.get(url(name, application, each)).status_code for each in (gone, changed)] == [404, 404]


def test_the_office_adds_a_file(office: Client, application: Application) -> None:
    page = office.get(url("add_file", application)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    scan: Any = SimpleUploadedFile("post.pdf", make_pdf(3))
    response = office.post(url("add_file", application), {"scan": scan, "replaces": "on"})
    assert (response.status_code, response["Location"]) == (302, url("inspect", application))
    attachment = Attachment.objects.get()
    assert (attachment.page_count, attachment.source, str(attachment.uploaded_by)) == (3, "office", "buero@example.org")


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_its_sentence_and_leaves_nothing(
    office: Client, application: Application, content: bytes, sentence: str
) -> None:
    before = set(store.file_names())
    response = office.post(url("add_file", application), {"scan": SimpleUploadedFile("../../x.pdf", content)})
    assert (response.status_code, sentence in html.unescape(response.content.decode())) == (200, True)
    assert (Attachment.objects.count(), set(store.file_names())) == (0, before)


def test_adding_needs_the_offices_right_and_a_form_token(application: Application) -> None:
    board = Client()
    board.force_login(create_staff("vorstand@example.org", "decide", board_term=True))
    assert board.get(url("add_file", application)).status_code == 403
    office = Client(enforce_csrf_checks=True)
    office.force_login(create_staff("buero@example.org", "record"))
    answer = office.post(url("add_file", application), {"scan": SimpleUploadedFile("a.pdf", make_pdf())})
    assert (answer.status_code, Attachment.objects.count()) == (403, 0)
