"""Who did what, in words."""

import datetime as dt

import pytest
import time_machine

from membership.domain import close_due_votes, open_vote
from membership.history import history_of
from membership.models import VotingRules
from tests.factories.decisions import board, ready

pytestmark = pytest.mark.django_db


def test_what_the_worker_does_is_not_called_online() -> None:
    VotingRules.load().save()
    with time_machine.travel("2026-11-02T11:00Z", tick=False) as clock:
        (person,) = board(1)
        application = ready()
        decision = open_vote(application, opened_by=person, closes_on=dt.date(2026, 11, 9))
        for _round in range(2):
            decision.refresh_from_db()
            clock.move_to(decision.closes_at)
            close_due_votes()
    assert [(event.what, event.who) for event in history_of(application)][-3:] == [
        ("Abstimmung eröffnet – 9. November 2026", str(person)),
        ("Abstimmung verlängert – 17. November 2026", "automatisch"),
        ("Abstimmung ohne Beschluss beendet", "automatisch"),
    ]
    assert history_of(application)[0].who == "online"
