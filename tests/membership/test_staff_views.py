"""What office and board do in the admin."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.domain import correct_application
from membership.enums import ApplicationState
from membership.models import Application
from portal.association.enums import ApplicantKind
from portal.privacy import audit
from tests.factories.membership import IBAN, create_application, create_staff, make_draft

pytestmark = pytest.mark.django_db
BOARD_STEPS = ("open_vote", "cast_ballot", "cancel_vote", "record_meeting", "reverse", "add_note")


def address(step: str, application: Application) -> str:
    return reverse(f"membership_applications:{step}", args=[application.pk])


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(create_staff("office@example.org", "record"))
    return client


@pytest.fixture
def board() -> Client:
    client = Client()
    client.force_login(create_staff("board@example.org", "decide", board_term=True))
    return client


def actions(application: Application) -> list[str]:
    return [entry.action for entry in audit.entries_of(application)]


def rows(count: int, **changes: str) -> dict[str, str]:
    data = {}
    for number in range(1, 6):
        signed = number <= count
        data |= {
            f"row{number}-name": f"Muster Person {number}",
            f"row{number}-function": "",
            f"row{number}-signed_on": f"{timezone.localdate():%d.%m.%Y}" if signed else "",
        }
        if signed:
            data[f"row{number}-present"] = "on"
    return data | changes


def test_detail_shows_everything_but_the_iban(office: Client) -> None:
    application = create_application(iban=IBAN)
    page = office.get(address("inspect", application)).content.decode()
    for shown in ("Dr.", "Mara", "Muster", "Musterweg 1", "09111", "Chemnitz", "Deutschland", "mara@example.org"):
        assert f"{shown}" in page
    assert "DE02 •••• •••• •••• ••20 51" in page
    assert "1203 0000" not in page
    assert IBAN not in page


def test_every_opening_is_in_the_audit_log(office: Client) -> None:
    application = create_application()
    office.get(address("inspect", application))
    office.get(address("paper", application))
    assert actions(application)[-2:] == ["application_opened", "application_pdf_opened"]
    assert audit.entries_of(application).last().actor.email == "office@example.org"


def test_editors_get_403_for_the_list_and_no_menu(client: Client) -> None:
    client.force_login(create_staff("redaktion@example.org"))
    assert client.get(reverse("membership_applications:index")).status_code == 403
    assert "antraege" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("step", BOARD_STEPS)
def test_the_office_does_not_decide(office: Client, step: str) -> None:
    application = create_application()
    assert office.post(address(step, application), {"decided_on": "22.11.2026"}).status_code == 403


def test_the_board_does_not_record(board: Client) -> None:
    application = create_application()
    assert board.post(address("record_original", application), {}).status_code == 403


def test_recording_the_original(office: Client) -> None:
    application = create_application()
    today = timezone.localdate()
    response = office.post(
        address("record_original", application), {"received_on": f"{today:%d.%m.%Y}", "form": "paper", "edition": "1"}
    )
    assert response.url == address("inspect", application)
    receipt = application.receipts.get()
    assert (receipt.received_on, receipt.form, receipt.recorded_by.email) == (today, "paper", "office@example.org")


def test_an_implausible_day_is_refused_and_kept(office: Client) -> None:
    application = create_application()
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1):%d.%m.%Y}"
    response = office.post(
        address("record_original", application), {"received_on": tomorrow, "form": "paper", "edition": "1"}
    )
    assert response.context["error"] == (
        "Das Datum liegt in der Zukunft oder vor dem Tag, an dem der Antrag gestellt wurde."
    )
    assert f'value="{tomorrow}"' in response.content.decode()
    assert application.receipts.count() == 0


def test_a_form_that_is_not_taken_is_refused(office: Client) -> None:
    application = create_application()
    data = {"received_on": f"{timezone.localdate():%d.%m.%Y}", "form": "digital", "edition": "1"}
    response = office.post(address("record_original", application), data)
    assert response.status_code == 200
    assert list(response.context["forms"][0].errors) == ["form"]


def test_paper_signed_before_a_correction_keeps_its_edition(office: Client) -> None:
    application = create_application()
    page = office.get(address("record_original", application)).context["forms"][0]
    assert page.fields["edition"].choices == [(1, f"{application.fingerprint} – gilt jetzt")]
    for last_name in ("Zwei", "Drei"):
        application = correct_application(application, make_draft(answers={"last_name": last_name}))
    form = office.get(address("record_original", application)).context["forms"][0]
    assert form.fields["edition"].choices == [
        ("", "Bitte wählen"),
        (3, f"{application.fingerprint} – gilt jetzt"),
        (2, "frühere Fassung, endet mit -2"),
        (1, "erste Fassung, ohne Zahl am Ende"),
    ]
    # The page was opened before the corrections.
    data = {"received_on": f"{timezone.localdate():%d.%m.%Y}", "form": "paper", "edition": "1"}
    response = office.post(address("record_original", application), data, follow=True)
    assert "Das Papier zeigt aber eine frühere Fassung und zählt nicht" in response.content.decode()
    assert "gilt nicht mehr: Danach wurde geändert, was unterschrieben ist." in response.content.decode()
    assert [receipt.edition for receipt in application.receipts.all()] == [1]
    assert list(Application.objects.complete()) == []
    office.post(address("record_original", application), data | {"edition": "3"})
    assert [receipt.edition for receipt in application.receipts.all()] == [1, 3]
    assert list(Application.objects.complete()) == [application]


@pytest.mark.parametrize("edition", ["", "0", "2", "x"])
def test_an_edition_that_does_not_exist_is_refused(office: Client, edition: str) -> None:
    application = create_application()
    data = {"received_on": f"{timezone.localdate():%d.%m.%Y}", "form": "paper", "edition": edition}
    response = office.post(address("record_original", application), data)
    assert list(response.context["forms"][0].errors) == ["edition"]
    assert application.receipts.count() == 0


def test_recording_five_rows(office: Client) -> None:
    application = create_application(ApplicantKind.UNINCORPORATED_GROUP)
    office.post(address("record_signatures", application), rows(5))
    recorded = application.cosignatures.values_list("position", "name", "present")
    assert list(recorded) == [(number, f"Muster Person {number}", True) for number in range(1, 6)]


def test_a_row_that_is_refused_records_none(office: Client) -> None:
    application = create_application(ApplicantKind.UNINCORPORATED_GROUP)
    response = office.post(address("record_signatures", application), rows(5, **{"row4-signed_on": ""}))
    assert response.context["error"] == (
        "Zeile 4: Zu einer Unterschrift gehören der Name in Druckbuchstaben und das Datum. Es wurde nichts eingetragen."
    )
    assert application.cosignatures.filter(present=True).count() == 0


def test_rows_that_did_not_change_are_not_recorded_again(office: Client) -> None:
    application = create_application(ApplicantKind.UNINCORPORATED_GROUP)
    office.post(address("record_signatures", application), rows(5))
    before = actions(application).count("signature_recorded")
    office.post(address("record_signatures", application), rows(5))
    assert (before, actions(application).count("signature_recorded")) == (5, 5)


def test_the_office_ticks_asks_and_says_that_the_board_can_decide(office: Client) -> None:
    application = create_application(ApplicantKind.LEGAL_PERSON)
    office.post(
        address("record_original", application),
        {"received_on": f"{timezone.localdate():%d.%m.%Y}", "form": "paper", "edition": "1"},
    )
    refused = office.post(address("mark_ready", application))
    assert refused.context["error"] == (
        "Der Antrag ist noch nicht beschlussreif. Es ist noch nicht geprüft, ob alle vertretungsberechtigten Personen "
        "unterschrieben haben."
    )
    asked = {"lines": ["0"], "more": "Die Hausnummer fehlt.\n\n", "message": "Danke."}
    office.post(address("request_completion", application), asked)
    request = application.completion_requests.get()
    assert (request.points, request.message) == (
        [
            "Es ist noch nicht geprüft, ob alle vertretungsberechtigten Personen unterschrieben haben.",
            "Die Hausnummer fehlt.",
        ],
        "Danke.",
    )
    assert "Die Hausnummer fehlt." in office.get(address("inspect", application)).content.decode()
    office.post(address("answer_completion", application), {"answer": "Musterweg 1"})
    office.post(reverse("membership_applications:check_line", args=[application.pk, "signatories"]), {"done": "1"})
    assert office.post(address("mark_ready", application)).status_code == 302
    assert Application.objects.get().state == ApplicationState.READY
    office.post(address("reopen", application))
    assert Application.objects.get().state == ApplicationState.CONFIRMED


def test_the_button_for_a_line_carries_the_form_token() -> None:
    """The page's parts are rendered by themselves; a form without the token would be refused."""
    application = create_application(ApplicantKind.LEGAL_PERSON)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(create_staff("streng@example.org", "record"))
    html = strict.get(address("inspect", application)).content.decode()
    path = reverse("membership_applications:check_line", args=[application.pk, "signatories"])
    (form,) = re.findall(rf'action="{path}">(.*?)</form>', html, re.DOTALL)
    values = dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', form))
    assert strict.post(path, {"done": values["done"]}).status_code == 403
    assert strict.post(path, values).status_code == 302
    assert [line.code for line in application.checked_lines.all()] == ["signatories"]


def test_a_question_without_words_keeps_what_was_typed(office: Client) -> None:
    application = create_application()
    response = office.post(address("request_completion", application), {"more": " \n", "message": ""})
    assert response.context["error"] == (
        "Bitte nennen Sie mindestens einen Punkt, der fehlt, oder schreiben Sie eine Nachricht."
    )
    assert application.completion_requests.count() == 0


@pytest.mark.parametrize("step", ["mark_ready", "reopen", "request_completion", "answer_completion"])
def test_the_board_does_not_do_the_offices_work(board: Client, step: str) -> None:
    assert board.post(address(step, create_application())).status_code == 403


def test_no_form_writes_a_state(office: Client) -> None:
    application = create_application()
    today = f"{timezone.localdate():%d.%m.%Y}"
    office.post(
        address("record_original", application),
        {"received_on": today, "form": "paper", "edition": "1", "state": "accepted"},
    )
    assert Application.objects.get().state == ApplicationState.CONFIRMED


def test_the_list_shows_confirmed_ones_with_what_they_wait_for(office: Client) -> None:
    create_application(confirmed=False, applicant_name="Muster Unbestätigt")
    waiting = create_application()
    office.post(
        address("record_original", waiting),
        {"received_on": f"{timezone.localdate():%d.%m.%Y}", "form": "paper", "edition": "1"},
    )
    office.post(address("mark_ready", waiting))
    missing = create_application(ApplicantKind.LEGAL_PERSON)
    listing = office.get(reverse("membership_applications:index")).context["object_list"]
    assert [(item.reference, item.standing) for item in listing] == [
        (missing.reference, "eingegangen"),
        (waiting.reference, "beschlussreif"),
    ]


@pytest.mark.parametrize(("papers", "expected"), [("missing", ["legal_person"]), ("complete", ["natural_person"])])
def test_the_list_filters_by_papers(office: Client, papers: str, expected: list[str]) -> None:
    complete = create_application()
    office.post(
        address("record_original", complete),
        {"received_on": f"{timezone.localdate():%d.%m.%Y}", "form": "paper", "edition": "1"},
    )
    create_application(ApplicantKind.LEGAL_PERSON)
    listing = office.get(reverse("membership_applications:index"), {"papers": papers}).context["object_list"]
    assert [item.kind for item in listing] == expected


def test_the_list_costs_the_same_for_one_and_for_three(
    office: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    create_application()
    office.get(reverse("membership_applications:index"))
    with CaptureQueriesContext(connection) as one:
        office.get(reverse("membership_applications:index"))
    create_application(ApplicantKind.LEGAL_PERSON)
    create_application(ApplicantKind.UNINCORPORATED_GROUP)
    with django_assert_num_queries(len(one)):
        office.get(reverse("membership_applications:index"))


def test_the_search_finds_by_reference(office: Client) -> None:
    wanted = create_application()
    create_application()
    listing = office.get(reverse("membership_applications:index"), {"q": wanted.reference}).context["object_list"]
    assert list(listing) == [wanted]


def test_the_dashboard_counts_for_those_who_may_see(office: Client) -> None:
    create_application()
    page = office.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 Antrag ist bei der Geschäftsstelle" in page
    assert "0 Anträge warten auf den Vorstand" in page


def test_the_paper_masks_the_iban_for_staff(office: Client) -> None:
    from portal.pdf.reading import read_text

    application = create_application(iban=IBAN)
    response = office.get(address("paper", application))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="Aufnahmeantrag-{application.reference}.pdf"'
    assert "1203" not in read_text(response.content)
