"""Asking the applicant: once at a time, with the clock standing still until the answer."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from membership.domain import (
    answer_completion,
    mark_ready,
    open_request,
    record_original,
    request_completion,
)
from membership.domain.errors import AlreadyAsked, AnswerMissing, NothingAsked, NotOpen, RequestEmpty
from membership.mail_kinds import ANSWER_NOTICE, COMPLETION_REQUEST
from membership.models import Application, CompletionRequest
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import reject
from tests.factories.membership import create_application, create_user

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def mails(kind: str, state: str = "queued") -> int:
    return QueuedMail.objects.filter(kind=kind, state=state).count()


def test_asking() -> None:
    application, office = create_application(), create_user()
    request = request_completion(
        application, points=[" Die Hausnummer fehlt. ", " "], message=" Danke. ", requested_by=office
    )
    assert open_request(application) == request
    assert (request.points, request.message, request.asked_by) == (["Die Hausnummer fehlt."], "Danke.", office)
    entry = entries_of(application).last()
    assert (entry.action, entry.actor, entry.details) == ("completion_requested", office, {"points": 1})
    assert mails(COMPLETION_REQUEST) == 1
    assert list(Application.objects.awaiting_answer()) == [application]


def test_asking_for_nothing() -> None:
    with pytest.raises(RequestEmpty):
        request_completion(create_application(), points=[" "], message=" ", requested_by=create_user())
    assert CompletionRequest.objects.count() == 0


def test_one_question_at_a_time() -> None:
    application, office = create_application(), create_user()
    request_completion(application, points=["Eins."], message="", requested_by=office)
    with pytest.raises(AlreadyAsked):
        request_completion(application, points=["Zwei."], message="", requested_by=office)
    answer_completion(application, answer="Bitte sehr.")
    request_completion(application, points=["Zwei."], message="", requested_by=office)
    assert application.completion_requests.count() == 2


def test_a_question_takes_a_ready_application_back() -> None:
    application, office = create_application(), create_user()
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office)
    mark_ready(application, marked_by=office)
    request_completion(application, points=["Eins."], message="", requested_by=office)
    assert Application.objects.get().state == "confirmed"


def test_the_clock_stands_still_until_the_answer() -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = create_application()
        clock.shift(3 * DAY)
        request_completion(application, points=["Eins."], message="", requested_by=create_user())
        clock.shift(10 * DAY)
        assert Application.objects.get().age() == 3 * DAY
        answer_completion(application, answer="Bitte sehr.")
        clock.shift(2 * DAY)
        stored = Application.objects.get()
        assert (stored.age(), stored.clock_paused_at) == (5 * DAY, None)
        reject(stored)
        clock.shift(20 * DAY)
        assert Application.objects.get().age() == 5 * DAY


def test_nobody_has_it_before_it_is_confirmed() -> None:
    assert create_application(confirmed=False).age() is None


@pytest.mark.parametrize(("by_office", "told"), [(False, 1), (True, 0)])
def test_the_office_is_told_of_answers_from_outside(*, by_office: bool, told: int) -> None:
    application, office = create_application(), create_user()
    request_completion(application, points=["Eins."], message="", requested_by=office)
    answered_by = office if by_office else None
    request = answer_completion(application, answer=" Bitte sehr. ", answered_by=answered_by)
    assert (request.answer, request.answered_by, request.is_open) == ("Bitte sehr.", answered_by, False)
    assert (open_request(application), mails(ANSWER_NOTICE)) == (None, told)
    assert (mails(COMPLETION_REQUEST), mails(COMPLETION_REQUEST, "cancelled")) == (0, 1)
    assert (entries_of(application).last().action, entries_of(application).last().details) == (
        "completion_answered",
        {},
    )


def test_answers_that_cannot_be() -> None:
    application = create_application()
    with pytest.raises(NothingAsked):
        answer_completion(application, answer="Bitte sehr.")
    request_completion(application, points=["Eins."], message="", requested_by=create_user())
    with pytest.raises(AnswerMissing):
        answer_completion(application, answer=" \n ")
    answer_completion(application, answer="Bitte sehr.")
    reject(application)
    with pytest.raises(NotOpen):
        answer_completion(application, answer="Zu spät.")
