"""A decision that is cut off at any step has happened whole or not at all."""

import pytest
from django.utils import timezone

from membership.domain import open_vote
from membership.mail_kinds import ACCEPTED, REJECTED, VOTE_CLOSED
from membership.models import Application, Ballot, BoardDecision, Member, NumberSeries
from portal.mailing.models import QueuedMail
from portal.privacy.models import AuditEntry
from tests.crashing import Crashes
from tests.factories.decisions import accept, board, ready
from tests.factories.membership import create_application

pytestmark = pytest.mark.django_db(transaction=True)


def last_numbers() -> dict[str, int]:
    return dict(NumberSeries.objects.values_list("name", "last"))


def test_the_last_vote_decides_whole_or_not_at_all(crashes: Crashes) -> None:
    (member,) = board(1)
    decision = open_vote(ready(), opened_by=member, closes_on=timezone.localdate())
    before = AuditEntry.objects.count()
    steps = []
    for step in crashes("tests.membership.crash_actions:decide", decision.pk, member.pk):
        steps.append(step)
        found = (
            Application.objects.get().state,
            BoardDecision.objects.get().state,
            Ballot.objects.count(),
            list(Member.objects.values_list("number", flat=True)),
            sorted(last_numbers().values()),
            AuditEntry.objects.count() - before,
            QueuedMail.objects.filter(kind__in=[ACCEPTED, VOTE_CLOSED], state="queued").count(),
        )
        if "after the commit" in steps:
            assert found == ("accepted", "accepted", 1, [1], [1, 1], 3, 2), step
            break
        assert found == ("ready", "open", 0, [], [], 0, 0), step
    assert steps[-2:] == ["before the commit", "after the commit"]
    assert len(steps) > 10


def test_a_meetings_resolution_is_recorded_whole_or_not_at_all(crashes: Crashes) -> None:
    (member,), application = board(1), ready()
    steps = []
    for step in crashes("tests.membership.crash_actions:meet", application.pk, member.pk):
        steps.append(step)
        found = (
            Application.objects.get().state,
            list(BoardDecision.objects.values_list("state", "number")),
            list(Member.objects.values_list("number", flat=True)),
            sorted(last_numbers().values()),
            QueuedMail.objects.filter(kind=ACCEPTED, state="queued").count(),
        )
        if "after the commit" in steps:
            assert found == ("accepted", [("accepted", 1)], [1], [1, 1], 1), step
            break
        assert found == ("ready", [], [], [], 0), step
    assert steps[-2:] == ["before the commit", "after the commit"]


def test_a_rejection_is_recorded_whole_or_not_at_all(crashes: Crashes) -> None:
    (member,), application = board(1), ready()
    steps = []
    for step in crashes("tests.membership.crash_actions:turn_down", application.pk, member.pk):
        steps.append(step)
        found = (
            Application.objects.get().state,
            list(BoardDecision.objects.values_list("state", "number")),
            Member.objects.count(),
            sorted(last_numbers().values()),
            QueuedMail.objects.filter(kind__in=[REJECTED, VOTE_CLOSED], state="queued").count(),
        )
        if "after the commit" in steps:
            assert found == ("rejected", [("rejected", 1)], 0, [1], 2), step
            break
        assert found == ("ready", [], 0, [], 0), step
    assert steps[-2:] == ["before the commit", "after the commit"]


def test_taking_back_happens_whole_or_not_at_all(crashes: Crashes) -> None:
    application = accept(create_application())
    member = BoardDecision.objects.get().opened_by
    steps = []
    for step in crashes("tests.membership.crash_actions:take_back", application.pk, member.pk):
        steps.append(step)
        found = (
            Application.objects.get().state,
            BoardDecision.objects.get().state,
            Member.objects.count(),
            last_numbers()["members"],
            QueuedMail.objects.get(kind=ACCEPTED).state,
        )
        if "after the commit" in steps:
            assert found == ("ready", "reversed", 0, 0, "cancelled"), step
            break
        assert found == ("accepted", "accepted", 1, 1, "queued"), step
    assert steps[-2:] == ["before the commit", "after the commit"]
