"""What an applicant is handed out of history and mails: no decision that can be taken back, nothing of the board's."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership import links
from membership.domain import add_note, cancel_vote, cast_ballot, open_vote, reverse_decision
from membership.models import Application, BoardDecision
from membership.voting import Vote
from portal.mailing.models import MailState, QueuedMail
from portal.pdf.reading import read_text
from portal.privacy import audit
from tests.factories.decisions import accept, board, ready, reject
from tests.factories.membership import IBAN, create_application, create_staff, create_user

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def exported(client: Client, application: Application) -> dict:
    return json.loads(client.get(f"{links.path(application, links.STATUS)}meine-daten.json").content)


def in_words(client: Client, application: Application) -> str:
    return read_text(client.get(f"{links.path(application, links.STATUS)}meine-daten.pdf").content)


@pytest.mark.parametrize(("decide", "state"), [(accept, "accepted"), (reject, "rejected")])
def test_nothing_is_told_while_it_can_be_taken_back(client: Client, decide, state: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = ready()
        before, paper = exported(client, application), in_words(client, application)
        decide(application)
        assert exported(client, application) == before
        assert in_words(client, application) == paper
        clock.shift(dt.timedelta(minutes=10))
        after = exported(client, application)
    assert after["state"] == state
    assert [line["action"] for line in after["history"] if line not in before["history"]] == [f"application_{state}"]
    # The message has not gone yet.
    assert after["mails"] == before["mails"]


def test_the_message_about_the_decision_is_told_once_it_is_sent(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = accept(create_application())
        clock.shift(dt.timedelta(minutes=10))
        told = [line["what"] for line in exported(client, application)["mails"]]
        QueuedMail.objects.filter(kind="application_accepted").update(state=MailState.SENT)
        assert [line["what"] for line in exported(client, application)["mails"]] == [
            *told,
            "Nachricht über die Aufnahme",
        ]


def test_what_was_taken_back_is_never_told(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = ready()
        before = exported(client, application)
        accept(application)
        reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
        clock.shift(dt.timedelta(days=1))
        assert exported(client, application) == before


def test_the_treasurers_looks_are_told_once_the_admission_is(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = ready(iban=IBAN)
        before, paper = exported(client, application), in_words(client, application)
        accept(application)
        treasurer = Client()
        treasurer.force_login(create_staff("kasse@example.org", "unmask"))
        pages = [reverse(f"membership_dues:{step}", args=[application.pk]) for step in ("inspect", "unmask")]

        def look() -> list[int]:
            password = {"password": "ein langes Kennwort"}
            return [treasurer.get(pages[0]).status_code, treasurer.post(pages[1], password).status_code]

        assert look() == [404, 404]
        assert exported(client, application) == before
        assert in_words(client, application) == paper
        clock.shift(dt.timedelta(minutes=10))
        assert look() == [200, 200]
        after = exported(client, application)
    assert [line["action"] for line in after["history"] if line not in before["history"]] == [
        "application_accepted",
        "member_dues_opened",
        "bank_data_unmasked",
    ]


@pytest.mark.parametrize("decide", [accept, reject])
@pytest.mark.parametrize("action", ["member_dues_opened", "bank_data_unmasked"])
def test_a_look_that_an_admission_taken_back_made_possible_is_never_told(client: Client, decide, action: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = ready()
        before, paper = exported(client, application), in_words(client, application)
        accept(application)
        audit.record(application, action, actor=create_user("kasse@example.org"))
        assert exported(client, application) == before
        assert in_words(client, application) == paper
        reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
        clock.shift(dt.timedelta(days=1))
        assert exported(client, application) == before
        assert in_words(client, application) == paper
        state = decide(application).state
        clock.shift(dt.timedelta(minutes=10))
        after = exported(client, application)
    assert [line["action"] for line in after["history"] if line not in before["history"]] == [f"application_{state}"]


def test_how_the_board_decides_is_the_boards_alone(client: Client) -> None:
    application = ready()
    before, paper = exported(client, application), in_words(client, application)
    chair = board(3)[0]
    add_note(application, text="Muster", written_by=chair)
    decision = open_vote(application, opened_by=chair, closes_on=timezone.localdate() + dt.timedelta(days=7))
    cast_ballot(decision, voter=chair, vote=Vote.YES)
    cancel_vote(decision, cancelled_by=chair)
    assert exported(client, application) == before
    assert in_words(client, application) == paper


def test_an_action_nobody_has_named_is_not_told_and_no_detail_either(client: Client) -> None:
    application = create_application()
    before = exported(client, application)
    audit.record(application, "something_new", of="anybody")
    audit.record(application, "attachment_viewed", attachment=17, pages=2)
    lines = exported(client, application)["history"][len(before["history"]) :]
    assert [(line["action"], line["details"]) for line in lines] == [("attachment_viewed", {"pages": 2})]


def test_only_mails_to_the_applicants_side(client: Client) -> None:
    application = ready()
    assert sorted(QueuedMail.objects.values_list("kind", flat=True)) == [
        "application_confirm",
        "application_received",
        "board_notice",
        "office_notice",
    ]
    assert [line["what"] for line in exported(client, application)["mails"]] == [
        "Link zur Bestätigung der E-Mail-Adresse",
        "Bestätigung des Eingangs",
    ]
