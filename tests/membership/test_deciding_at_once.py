"""Several people at the same moment: one of them decides."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from membership.domain import (
    cast_ballot,
    close_due_votes,
    close_vote,
    open_vote,
    reject_application,
    reverse_decision,
)
from membership.domain.errors import ApplicationError
from membership.domain.vote import end_of
from membership.mail_kinds import ACCEPTED, REJECTED
from membership.models import Ballot, BoardDecision, Member, NumberSeries
from membership.voting import Count
from portal.accounts.models import User
from portal.mailing.models import QueuedMail
from tests.factories.decisions import accept, board, decide_in_meeting, ready
from tests.factories.membership import create_application
from tests.portal.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(actions: list[Callable[[], Any]]) -> list[Any]:
    """Take all actions at the same moment; return what came of each."""
    return at_once(len(actions), lambda number: actions[number]())


def refused_or(step: Callable[..., Any]) -> Callable[..., str]:
    """Return ``step`` so that it says „refused“ instead of raising."""

    def run(*args: Any) -> str:
        try:
            step(*args)
        except ApplicationError:
            return "refused"
        return "done"

    return run


def opened(size: int) -> tuple[list[User], BoardDecision]:
    people = board(size)
    return people, open_vote(ready(), opened_by=people[0], closes_on=timezone.localdate())


def test_twenty_votes_of_one_person_are_one() -> None:
    people, decision = opened(2)
    votes = ["yes", "no"] * 10
    outcomes = together([lambda vote=vote: cast_ballot(decision, voter=people[0], vote=vote) for vote in votes])
    assert len(outcomes) == 20
    assert Ballot.objects.count() == 1
    assert BoardDecision.objects.get().state == "open"


def test_the_last_votes_at_once_decide_once() -> None:
    people, decision = opened(6)
    step = refused_or(lambda person: cast_ballot(decision, voter=person, vote="yes"))
    outcomes = together([lambda person=person: step(person) for person in people])
    assert outcomes == ["done"] * 6
    stored = BoardDecision.objects.get()
    assert (stored.state, stored.yes, Member.objects.count()) == ("accepted", 6, 1)
    assert QueuedMail.objects.filter(kind=ACCEPTED).count() == 1


def test_two_meetings_and_a_vote_at_once_are_one_decision() -> None:
    people, application = board(2), ready()
    meet = refused_or(lambda: decide_in_meeting(application, Count(0, yes=2), people))
    refuse = refused_or(lambda: decide_in_meeting(application, Count(0, no=2), people))
    vote = refused_or(lambda: open_vote(application, opened_by=people[0], closes_on=timezone.localdate()))
    elsewhere = refused_or(lambda: decide_in_meeting(application, Count(0, yes=2), people, protocol_reference="TOP 5"))
    outcomes = together([meet, refuse, vote, elsewhere])
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert BoardDecision.objects.count() == 1


def test_one_meeting_entered_at_once_by_a_double_click_is_one_decision() -> None:
    people, application = board(2), ready()
    decisions = together([lambda: decide_in_meeting(application, Count(0, yes=2), people).pk] * 4)
    assert set(decisions) == {BoardDecision.objects.get().pk}
    assert (len(decisions), Member.objects.count(), QueuedMail.objects.filter(kind=ACCEPTED).count()) == (4, 1, 1)


def test_one_rejects_what_two_reject_at_once() -> None:
    (member,), application = board(1), ready()
    decision = BoardDecision.objects.create(
        application=application,
        reference=application.reference,
        way="meeting",
        outcome="rejected",
        opened_at=timezone.now(),
        opened_by=member,
        decided_on=timezone.localdate(),
    )
    outcomes = together([refused_or(lambda: reject_application(application, decision=decision))] * 4)
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert (BoardDecision.objects.get().state, NumberSeries.objects.get().last) == ("rejected", 1)
    assert QueuedMail.objects.filter(kind=REJECTED).count() == 1


def test_several_workers_close_every_due_vote_once() -> None:
    (member,) = board(1)
    for _number in range(3):
        decision = open_vote(ready(), opened_by=member, closes_on=timezone.localdate())
        Ballot.objects.create(decision=decision, voter=member, vote="yes", cast_at=timezone.now())
    BoardDecision.objects.update(closes_at=end_of(timezone.localdate() - dt.timedelta(days=1)))
    closed = together([close_due_votes] * 4)
    assert sum(closed) == 3
    assert list(BoardDecision.objects.values_list("state", flat=True)) == ["accepted"] * 3
    assert sorted(Member.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert QueuedMail.objects.filter(kind=ACCEPTED).count() == 3


def test_many_at_once_get_numbers_without_gaps() -> None:
    people = board(1)
    applications = [ready() for _number in range(6)]
    outcomes = together(
        [
            lambda application=application: decide_in_meeting(application, Count(0, yes=1), people).state
            for application in applications
        ]
    )
    assert outcomes == ["accepted"] * 6
    assert sorted(Member.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert sorted(BoardDecision.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_taken_back_once() -> None:
    application = accept(create_application())
    member = BoardDecision.objects.get().opened_by
    step = refused_or(lambda: reverse_decision(application, reversed_by=member))
    assert sorted(together([step] * 4)) == ["done", "refused", "refused", "refused"]
    assert NumberSeries.objects.get(name="members").last == 0


def test_several_workers_extend_once() -> None:
    _people, decision = opened(1)
    BoardDecision.objects.update(closes_at=timezone.now())
    outcomes = together([refused_or(lambda: close_vote(decision))] * 3)
    assert sorted(outcomes) == ["done", "refused", "refused"]
    assert BoardDecision.objects.get().extensions == 1
