"""Results of a meeting, taking decisions back, and the board's notes."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format

from membership import mails
from membership.domain import add_note, open_vote, record_original, record_posted, reverse_decision
from membership.domain.errors import (
    AlreadyVoting,
    CountImplausible,
    ImplausibleDate,
    LetterNotWaiting,
    NotDecided,
    NoteEmpty,
    NotOnBoard,
    PapersCameLater,
    PostedImplausible,
    ProtocolMissing,
    TooLateToReverse,
)
from membership.domain.numbers import give_back, next_number
from membership.mail_kinds import ACCEPTED, DECISION_REVERSED, VOTE_CLOSED
from membership.models import Application, BoardDecision, Letter, Member, VotingRules
from membership.voting import Count
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import accept, board, decide_in_meeting, office, ready, reject, yesterday
from tests.factories.membership import GROUP, create_application, create_board_member

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def test_a_meeting_is_recorded_as_it_was() -> None:
    people, application = board(4), ready()
    decision = decide_in_meeting(application, Count(0, yes=2, no=1), people[:3], protocol_reference=" TOP 4 ")
    assert (decision.way, decision.state, decision.protocol_reference) == ("meeting", "accepted", "TOP 4")
    assert (decision.members, decision.yes, decision.no) == (4, 2, 1)
    assert set(decision.present.all()) == set(people[:3])
    assert (Application.objects.get().decided_by, QueuedMail.objects.filter(kind=VOTE_CLOSED).count()) == (people[0], 1)


def test_too_few_decide_nothing() -> None:
    people, application = board(4), ready()
    decision = decide_in_meeting(application, Count(0, yes=2), people[:2])
    assert (decision.state, decision.outcome, Application.objects.get().state) == ("failed", "below_quorum", "ready")


def test_a_meeting_that_only_abstains_decides_nothing() -> None:
    people, application = board(3), ready()
    decision = decide_in_meeting(application, Count(0, abstain=3), people)
    assert (decision.state, decision.outcome, decision.number) == ("failed", "no_votes", None)
    assert Application.objects.get().state == "ready"


@pytest.mark.parametrize(
    ("majority", "expected"), [("simple", ("accepted", "accepted")), ("unanimous", ("failed", "consent_missing"))]
)
def test_a_meeting_has_a_majority_of_its_own(majority: str, expected: tuple[str, str]) -> None:
    settings = VotingRules.load()
    settings.majority, settings.circular_majority = majority, "two_thirds"
    settings.save()
    people, application = board(4), ready()
    decision = decide_in_meeting(application, Count(0, yes=3), people[:3])
    assert ((decision.state, decision.outcome), decision.rules["majority"]) == (expected, majority)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"count": Count(0, yes=3)}, CountImplausible),
        ({"count": Count(0)}, CountImplausible),
        ({"present": []}, CountImplausible),
        ({"protocol_reference": " "}, ProtocolMissing),
        ({"held_on": dt.date(2100, 1, 1)}, ImplausibleDate),
    ],
)
def test_meetings_that_cannot_be(fields, error) -> None:
    people, application = board(2), ready()
    with pytest.raises(error):
        decide_in_meeting(application, **{"count": Count(0, yes=2), "people": people, **fields})
    assert (BoardDecision.objects.count(), Application.objects.get().state) == (0, "ready")


def test_nobody_decides_on_paper_that_has_not_come() -> None:
    people, application = board(2, starts_on=dt.date(2020, 1, 1)), ready()
    Application.objects.filter(pk=application.pk).update(channel="paper", received_on=yesterday())
    with pytest.raises(ImplausibleDate):
        decide_in_meeting(application, Count(0, yes=2), people, held_on=yesterday() - dt.timedelta(days=1))
    assert (BoardDecision.objects.count(), Application.objects.get().state) == (0, "ready")
    application.receipts.update(received_on=yesterday())
    assert decide_in_meeting(application, Count(0, yes=2), people, held_on=yesterday()).state == "accepted"


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def submitted_days_ago(application: Application, days: int) -> Application:
    Application.objects.filter(pk=application.pk).update(submitted_at=timezone.now() - dt.timedelta(days=days))
    return application


def test_nobody_is_admitted_on_a_day_before_the_signed_original_came() -> None:
    people, application = board(2), submitted_days_ago(ready(), 10)
    application.receipts.update(received_on=days_ago(3))
    with pytest.raises(PapersCameLater) as refused:
        decide_in_meeting(application, Count(0, yes=2), people, held_on=days_ago(8))
    assert str(refused.value) == (
        "Am Tag der Sitzung lag noch nicht alles vor, was unterschrieben sein muss: Das Letzte ist vom "
        f"{date_format(days_ago(3), 'j. F Y')}. Bitte prüfen Sie das Datum; aufnehmen kann der Vorstand erst von da an."
    )
    assert (Member.objects.count(), BoardDecision.objects.count()) == (0, 0)
    decide_in_meeting(application, Count(0, yes=2), people, held_on=days_ago(3))
    assert Member.objects.get().since == days_ago(3)


def test_a_rejection_needs_no_paper_of_that_day() -> None:
    people, application = board(2), submitted_days_ago(ready(), 10)
    assert decide_in_meeting(application, Count(0, no=2), people, held_on=days_ago(8)).state == "rejected"


def test_of_several_receipts_the_first_that_counts_is_the_day() -> None:
    people, application = board(2), submitted_days_ago(ready(), 10)
    application.receipts.update(received_on=days_ago(5))
    record_original(application, received_on=days_ago(1), form="scan", recorded_by=office())
    assert decide_in_meeting(application, Count(0, yes=2), people, held_on=days_ago(5)).state == "accepted"


def test_the_fifth_person_of_a_group_is_waited_for() -> None:
    people, application = board(2), submitted_days_ago(ready(GROUP), 10)
    application.receipts.update(received_on=days_ago(9))
    application.cosignatures.update(signed_on=days_ago(9))
    application.cosignatures.filter(position=3).update(signed_on=days_ago(2))
    with pytest.raises(PapersCameLater):
        decide_in_meeting(application, Count(0, yes=2), people, held_on=days_ago(3))
    assert decide_in_meeting(application, Count(0, yes=2), people, held_on=days_ago(2)).state == "accepted"


def test_who_was_not_on_the_board_that_day_was_not_present() -> None:
    people, application = board(2), ready()
    former = create_board_member("frueher@example.org", ends_on=yesterday())
    with pytest.raises(CountImplausible):
        decide_in_meeting(application, Count(0, yes=2), [people[0], former], recorded_by=people[0])
    with pytest.raises(NotOnBoard):
        decide_in_meeting(application, Count(0, yes=2), people, recorded_by=former)


def test_not_while_a_vote_runs() -> None:
    people, application = board(2), ready()
    open_vote(application, opened_by=people[0], closes_on=timezone.localdate())
    with pytest.raises(AlreadyVoting):
        decide_in_meeting(application, Count(0, yes=2), people)


def test_taking_an_acceptance_back() -> None:
    application = accept(create_application())
    member = BoardDecision.objects.get().opened_by
    reverse_decision(application, reversed_by=member)
    stored, decision = Application.objects.get(), BoardDecision.objects.get()
    assert (stored.state, stored.decided_by, stored.decided_on, stored.decision_recorded_at) == (
        "ready",
        None,
        None,
        None,
    )
    assert (decision.state, decision.number, Member.objects.count()) == ("reversed", 1, 0)
    assert [mail.state for mail in QueuedMail.objects.filter(kind__in=[ACCEPTED, VOTE_CLOSED])] == ["cancelled"] * 2
    assert QueuedMail.objects.filter(kind=DECISION_REVERSED).count() == 0
    entry = entries_of(stored).last()
    assert (entry.action, entry.actor, entry.details) == (
        "decision_reversed",
        member,
        {"resolution": decision.label, "number": 1},
    )
    with pytest.raises(NotDecided):
        reverse_decision(application, reversed_by=member)


def test_who_read_that_the_vote_is_over_reads_that_it_was_taken_back() -> None:
    application = accept(create_application())
    QueuedMail.objects.filter(kind=VOTE_CLOSED).update(state="sent")
    reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
    assert QueuedMail.objects.get(kind=DECISION_REVERSED).object_id == application.pk
    notices = mails.decision_reversed(application.pk)
    assert [mail.to for mail in notices] == [[BoardDecision.objects.get().opened_by.email], ["buero@example.org"]]
    assert {application.applicant_name in mail.body for mail in notices} == {False}
    assert {application.reference in mail.subject for mail in notices} == {True}


def test_numbers_after_taking_back() -> None:
    first, second, third = (create_application() for _number in range(3))
    accept(first)
    accept(second)
    reverse_decision(first, reversed_by=BoardDecision.objects.first().opened_by)
    accept(third)
    accept(first)
    assert dict(Member.objects.values_list("application", "number")) == {second.pk: 2, third.pk: 1, first.pk: 3}
    assert sorted(BoardDecision.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_numbers_that_come_back_are_given_first() -> None:
    assert [next_number("probe") for _number in range(4)] == [1, 2, 3, 4]
    for number in (2, 3, 4):
        give_back("probe", number)
    assert [next_number("probe") for _number in range(2)] == [2, 3]


def test_taking_a_rejection_back() -> None:
    application = reject(create_application())
    reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
    assert Application.objects.get().state == "ready"


def test_only_the_board_takes_back() -> None:
    application = accept(create_application())
    with pytest.raises(NotOnBoard):
        reverse_decision(application, reversed_by=office())


def test_after_ten_minutes_it_stands() -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = accept(create_application())
        clock.shift(dt.timedelta(minutes=10))
        with pytest.raises(TooLateToReverse):
            reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
    assert Application.objects.get().state == "accepted"


@pytest.mark.parametrize("state", ["sending", "sent"])
def test_when_the_message_is_on_its_way_it_stands(state: str) -> None:
    application = accept(create_application())
    QueuedMail.objects.filter(kind=ACCEPTED).update(state=state)
    with pytest.raises(TooLateToReverse):
        reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
    assert (Application.objects.get().state, Member.objects.count()) == ("accepted", 1)


def test_a_letter_waits_too_and_is_taken_back() -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = accept(create_application(email=""))
        letter = Letter.objects.get()
        with pytest.raises(LetterNotWaiting):
            record_posted(letter, sent_on=timezone.localdate(), sent_by=office())
        reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
        assert list(Letter.objects.waiting()) == []
        accept(application)
        clock.shift(dt.timedelta(minutes=10))
        letter = Letter.objects.due().get()
        for days in (-1, 1):
            with pytest.raises(PostedImplausible):
                record_posted(letter, sent_on=timezone.localdate() + dt.timedelta(days=days), sent_by=office())
        posted = record_posted(letter, sent_on=timezone.localdate(), sent_by=office())
        assert (posted.sent_on, posted.sent_by, list(Letter.objects.due())) == (timezone.localdate(), office(), [])
        with pytest.raises(LetterNotWaiting):
            record_posted(letter, sent_on=timezone.localdate(), sent_by=office())


def test_notes() -> None:
    application, member = create_application(), create_board_member()
    note = add_note(application, text=" Bitte nachfragen. ", written_by=member)
    assert (note.text, note.written_by) == ("Bitte nachfragen.", member)
    assert entries_of(application).last().details == {}
    with pytest.raises(NoteEmpty):
        add_note(application, text=" ", written_by=member)
    with pytest.raises(NotOnBoard):
        add_note(application, text="Hallo", written_by=office())
