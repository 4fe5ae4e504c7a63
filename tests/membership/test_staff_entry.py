"""„Antrag erfassen“: the same form, another way."""

import datetime as dt
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.mail_kinds import CONFIRM, RECEIVED
from membership.models import Application, Attachment, Letter
from portal.mailing.models import QueuedMail
from portal.privacy import store
from portal.privacy.audit import entries_of
from tests.factories.files import make_pdf
from tests.factories.membership import GROUP, LEGAL, NATURAL, create_association, create_ground, create_staff, form_data
from tests.membership.test_uploads import BAD

pytestmark = pytest.mark.django_db
# A form without a file has no scan.
BAD_SCANS = {name: bad for name, bad in BAD.items() if name != "nothing"}
ADDRESS = reverse("membership_applications:enter")


@pytest.fixture
def staff(client: Client) -> Client:
    create_ground()
    client.force_login(create_staff("office@example.org", "record"))
    return client


def address(kind: str = NATURAL, valid_on: str = "") -> str:
    day = valid_on or f"{timezone.localdate():%d.%m.%Y}"
    return f"{ADDRESS}?kind={kind}&membership_type=regular&valid_on={day}"


def enter(staff: Client, kind: str = NATURAL, **changes):
    """Open the form and send it, filled in."""
    key = staff.get(address(kind)).context["key"]
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    data = {**form_data(kind), "formular": key, "received_on": f"{yesterday:%d.%m.%Y}", "is_signed": "on", **changes}
    return staff.post(address(kind), {name: value for name, value in data.items() if value is not None})


@pytest.mark.parametrize("kind", [NATURAL, LEGAL, GROUP])
def test_entering(staff: Client, kind: str) -> None:
    response = enter(staff, kind)
    application = Application.objects.get()
    assert response.url == reverse("membership_applications:inspect", args=[application.pk])
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert (application.kind, application.channel, application.state) == (kind, "paper", "confirmed")
    assert (application.received_on, timezone.localdate(application.clock_started_at)) == (yesterday, yesterday)
    assert [(receipt.form, receipt.received_on) for receipt in application.receipts.all()] == [("paper", yesterday)]
    assert QueuedMail.objects.filter(kind=CONFIRM).count() == 0
    assert QueuedMail.objects.filter(kind=RECEIVED, object_id=application.pk).count() == 1
    assert [entry.action for entry in entries_of(application)] == ["application_entered", "original_recorded"]


def test_without_address_a_letter_waits(staff: Client) -> None:
    enter(staff, email=None, is_signed=None)
    application = Application.objects.get()
    assert (application.email, application.receipts.count()) == ("", 0)
    assert [(letter.kind, letter.application) for letter in Letter.objects.due()] == [(RECEIVED, application)]
    assert QueuedMail.objects.count() == 0


def test_a_group_needs_an_address_on_paper_too(staff: Client) -> None:
    response = enter(staff, GROUP, email=None)
    assert list(response.context["form"].errors) == ["email"]
    assert Application.objects.count() == 0


def test_the_help_is_that_for_paper(staff: Client) -> None:
    page = staff.get(address()).content.decode()
    assert ("Für Nachrichten zum Antrag." in page, "einen Link, mit dem Sie den Antrag bestätigen" in page) == (
        True,
        False,
    )


def test_with_a_scan(staff: Client) -> None:
    enter(staff, scan=SimpleUploadedFile("antrag.pdf", make_pdf(), "application/pdf"))
    attachment = Application.objects.get().attachments.get()
    assert (attachment.source, attachment.uploaded_by.email) == ("office", "office@example.org")


def test_pressed_twice_there_is_one_scan(staff: Client) -> None:
    key, before = staff.get(address()).context["key"], set(store.file_names())
    for _turn in range(2):
        enter(staff, formular=key, scan=SimpleUploadedFile("antrag.pdf", make_pdf(), "application/pdf"))
    assert [entry.action for entry in entries_of(Application.objects.get())] == [
        "application_entered",
        "original_recorded",
        "attachment_added",
    ]
    assert set(store.file_names()) - before == set(Attachment.objects.values_list("file_name", flat=True))


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("antrag.pdf", make_pdf(), "application/pdf")


CHOOSE_AGAIN = "Bitte wählen Sie den Scan noch einmal aus."


@pytest.mark.parametrize("mistake", [{"last_name": ""}, {"received_on": "1.1.2100"}, {"received_on": "gestern"}])
def test_a_scan_beside_a_mistake_has_to_be_chosen_again(staff: Client, mistake: dict[str, str]) -> None:
    before = set(store.file_names())
    again = enter(staff, scan=scan(), **mistake)
    assert again.content.decode().count(CHOOSE_AGAIN) == 1
    carried = {"scan_chosen": again.context["paper"]["scan_chosen"].value()}
    forgotten = enter(staff, **carried)
    assert forgotten.context["paper"].errors == {"scan": [CHOOSE_AGAIN]}
    assert (Application.objects.count(), set(store.file_names())) == (0, before)
    assert forgotten.context["paper"]["scan_chosen"].value() == "1"
    enter(staff, scan=scan(), **carried)
    assert Application.objects.get().attachments.count() == 1


def test_a_scan_can_be_left_out_after_all(staff: Client) -> None:
    assert "Ohne Scan erfassen" not in staff.get(address()).content.decode()
    again = enter(staff, scan=scan(), last_name="")
    assert "Ohne Scan erfassen" in again.content.decode()
    enter(staff, scan_chosen="1", without_scan="on")
    assert Application.objects.get().attachments.count() == 0


def test_one_more_row_says_that_the_scan_has_to_be_chosen_again(staff: Client) -> None:
    yesterday = f"{timezone.localdate() - dt.timedelta(days=1):%d.%m.%Y}"
    response = enter(staff, LEGAL, add_row="signatories", scan=scan())
    shown = response.content.decode()
    assert shown.count(CHOOSE_AGAIN) == 1
    assert (f'value="{yesterday}"' in shown, 'name="scan_chosen" value="1"' in shown) == (True, True)
    assert list(response.context["paper"].errors) == ["scan"]
    assert CHOOSE_AGAIN not in enter(staff, LEGAL, add_row="signatories").content.decode()


def test_a_scan_that_is_refused_says_that_alone_and_is_missed_afterwards(staff: Client) -> None:
    shown = enter(staff, scan=SimpleUploadedFile("antrag.pdf", b"MZ", "application/pdf")).content.decode()
    assert CHOOSE_AGAIN not in shown
    assert enter(staff, scan_chosen="1").context["paper"].errors == {"scan": [CHOOSE_AGAIN]}
    assert Application.objects.count() == 0


@pytest.mark.parametrize(("content", "sentence"), BAD_SCANS.values(), ids=BAD_SCANS.keys())
def test_a_bad_scan_stores_nothing_and_keeps_what_was_typed(staff: Client, content: bytes, sentence: str) -> None:
    before = set(store.file_names())
    response = enter(staff, scan=SimpleUploadedFile("../../x.pdf", content, "application/pdf"))
    shown = html.unescape(response.content.decode())
    assert (response.status_code, sentence in shown, 'value="Mara"' in shown) == (200, True, True)
    assert (Application.objects.count(), set(store.file_names())) == (0, before)


def test_mistakes_are_all_shown_and_nothing_is_lost(staff: Client) -> None:
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1):%d.%m.%Y}"
    response = enter(staff, last_name="", received_on=tomorrow)
    assert list(response.context["form"].errors) == ["last_name"]
    assert f'value="{tomorrow}"' in response.content.decode()
    response = enter(staff, received_on=tomorrow)
    assert response.context["problem"].startswith("Das Datum liegt in der Zukunft")
    assert Application.objects.count() == 0


def test_pressed_twice_there_is_one(staff: Client) -> None:
    key = staff.get(address()).context["key"]
    data = {**form_data(), "formular": key, "received_on": f"{timezone.localdate():%d.%m.%Y}"}
    for _turn in range(2):
        assert staff.post(address(), data).status_code == 302
    assert (Application.objects.count(), QueuedMail.objects.filter(kind=RECEIVED).count()) == (1, 1)


def test_versions_of_the_day_on_the_paper(staff: Client) -> None:
    from portal.association.models import LegalText

    statutes = LegalText.objects.get(kind="statutes")
    newer = statutes.new_version()
    newer.publish(timezone.localdate() - dt.timedelta(days=10))
    assert newer in staff.get(address()).context["versions"]
    before = f"{timezone.localdate() - dt.timedelta(days=20):%d.%m.%Y}"
    versions = staff.get(address(valid_on=before)).context["versions"]
    assert (statutes in versions, newer in versions) == (True, False)


@pytest.mark.parametrize("day", ["01.01.2019", "01.01.2100"])
def test_days_without_versions_are_refused(staff: Client, day: str) -> None:
    page = staff.get(address(valid_on=day))
    assert "form" not in page.context or page.context["form"] is None or "offer" not in page.context
    assert staff.post(address(valid_on=day), form_data()).status_code == 200
    assert Application.objects.count() == 0


def test_only_the_office_enters(client: Client) -> None:
    client.force_login(create_staff("board@example.org", "decide", board_term=True))
    assert client.get(ADDRESS).status_code == 403


def test_bank_data_is_not_marked_as_required_of_everybody(staff: Client) -> None:
    create_association()
    page = staff.get(address(LEGAL)).content.decode()
    wrappers = re.findall(
        r'<div class="w-field__wrapper application__conditional"[^>]*>\s*<label[^>]*for="id_(\w+)"', page
    )
    assert wrappers == ["register_court", "register_number", "account_holder", "iban"]
