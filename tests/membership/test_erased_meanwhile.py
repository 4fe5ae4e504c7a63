"""A step on an application that was erased while its page was open or its form was read: not found, no error."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from membership import links
from membership.models import Application, Attachment, BoardNote
from membership.staff.completion import ReadyView
from membership.staff.decision import NoteView
from membership.views import upload
from portal.privacy import audit
from tests.factories.decisions import complete
from tests.factories.files import make_pdf
from tests.factories.membership import create_application, create_staff

pytestmark = pytest.mark.django_db


def erase() -> None:
    Application.objects.all().delete()


def test_the_office_reads_that_there_is_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    application = complete(create_application())
    client.force_login(create_staff("office@example.org", "record"))
    monkeypatch.setattr(ReadyView, "get_forms", lambda self, data=None: erase() or [])
    response = client.post(reverse("membership_applications:mark_ready", args=[application.pk]))
    assert (response.status_code, Application.objects.count()) == (404, 0)


def test_the_board_reads_that_there_is_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    application = create_application()
    client.force_login(create_staff("vorstand@example.org", "decide", board_term=True))
    logged = audit.entries_of(application).count()
    forms_of = NoteView.get_forms
    monkeypatch.setattr(NoteView, "get_forms", lambda self, data=None: erase() or forms_of(self, data))
    response = client.post(
        reverse("membership_applications:add_note", args=[application.pk]), {"text": "Bitte nachfragen."}
    )
    assert (response.status_code, Application.objects.count(), BoardNote.objects.count()) == (404, 0, 0)
    assert audit.entries_of(application).count() == logged


def test_the_applicant_reads_that_there_is_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    application = create_application()
    monkeypatch.setattr(upload, "form_is_genuine", lambda request: erase() or True)
    address = f"{links.path(application, links.STATUS)}datei/"
    response = client.post(address, {"scan": SimpleUploadedFile("antrag.pdf", make_pdf())})
    assert (response.status_code, Attachment.objects.count()) == (404, 0)
