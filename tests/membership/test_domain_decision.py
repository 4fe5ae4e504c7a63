"""Accepting and rejecting: by a resolution alone, once, with number, member and message, or not at all."""

import pytest
from django.utils import timezone

from membership.domain import accept_application, cancel_vote, open_vote, record_original, reject_application
from membership.domain.errors import NoResolution, NotOpen, NotReady, PapersMissing
from membership.mail_kinds import ACCEPTED, REJECTED
from membership.models import Application, BoardDecision, Letter, Member
from membership.voting import Count, Outcome
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import accept, board, decide_in_meeting, office, ready, reject
from tests.factories.membership import GROUP, LEGAL, NATURAL, create_application, create_association

pytestmark = pytest.mark.django_db


def resolution(application: Application, result: str = Outcome.ACCEPTED, **fields) -> BoardDecision:
    """Return an open resolution that says ``result``, as vote and meeting hand it over."""
    values = {
        "application": application,
        "reference": application.reference,
        "way": "meeting",
        "outcome": result,
        "opened_at": timezone.now(),
        "opened_by": board(1)[0],
        "decided_on": timezone.localdate(),
    }
    return BoardDecision.objects.create(**{**values, **fields})


@pytest.mark.parametrize("kind", [NATURAL, LEGAL, GROUP])
def test_accepting_makes_a_member(kind: str) -> None:
    application, today = ready(kind), timezone.localdate()
    accepted = accept_application(application, decision=resolution(application))
    stored, decision, member = Application.objects.get(), BoardDecision.objects.get(), Member.objects.get()
    assert stored == accepted
    assert (stored.state, stored.decided_by, stored.decided_on) == ("accepted", decision.opened_by, today)
    assert (decision.state, decision.label) == ("accepted", f"VB {today.year}/1")
    assert (member.number, member.application, member.kind, member.membership_type, member.since) == (
        1,
        stored,
        kind,
        "regular",
        today,
    )
    noted = [(entry.action, entry.actor, entry.details) for entry in entries_of(stored)][-2:]
    assert noted == [
        (
            "application_accepted",
            decision.opened_by,
            {"decided_on": today.isoformat(), "resolution": decision.label},
        ),
        ("member_admitted", decision.opened_by, {"number": 1}),
    ]


def test_rejecting_makes_none() -> None:
    application = ready()
    rejected = reject_application(application, decision=resolution(application, Outcome.REJECTED))
    assert (rejected.state, BoardDecision.objects.get().state) == ("rejected", "rejected")
    assert Member.objects.count() == 0
    assert entries_of(rejected).last().action == "application_rejected"


@pytest.mark.parametrize(("decide", "kind"), [(accept, ACCEPTED), (reject, REJECTED)])
def test_the_message_waits_ten_minutes(decide, kind: str) -> None:
    application = decide(create_application())
    mail = QueuedMail.objects.get(kind=kind, object_id=application.pk)
    assert (mail.next_attempt_at - application.decision_recorded_at).total_seconds() == 600
    assert Letter.objects.count() == 0


def test_without_address_the_message_is_a_letter() -> None:
    application = accept(create_application(email=""))
    letter = Letter.objects.get()
    assert (letter.kind, (letter.not_before - application.decision_recorded_at).total_seconds()) == (ACCEPTED, 600)
    assert QueuedMail.objects.filter(kind=ACCEPTED).count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"result": Outcome.REJECTED},
        {"result": Outcome.UNDECIDED},
        {"state": "cancelled"},
        {"decided_on": None},
    ],
)
def test_not_without_a_resolution_that_says_so(fields) -> None:
    application = ready()
    with pytest.raises(NoResolution):
        accept_application(application, decision=resolution(application, **fields))
    assert (Application.objects.get().state, Member.objects.count()) == ("ready", 0)


def test_not_by_a_resolution_on_somebody_else() -> None:
    application, other = ready(), ready()
    with pytest.raises(NoResolution):
        accept_application(application, decision=resolution(other))


def test_not_before_it_is_ready() -> None:
    application = create_application()
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office())
    for decide, result in ((accept_application, "accepted"), (reject_application, "rejected")):
        with pytest.raises(NotReady):
            decide(application, decision=resolution(application, result))
        BoardDecision.objects.all().delete()
    assert Application.objects.get().state == "confirmed"


def test_not_when_what_was_sent_does_not_count_any_more() -> None:
    application = ready()
    create_association(accepted_forms=["scan"])
    with pytest.raises(PapersMissing):
        accept_application(application, decision=resolution(application))


def test_not_twice() -> None:
    application = accept(create_application())
    for decide in (accept_application, reject_application):
        with pytest.raises(NotOpen):
            decide(application, decision=resolution(application))
        BoardDecision.objects.filter(state="open").delete()
    assert (Application.objects.get().state, Member.objects.count()) == ("accepted", 1)


def test_numbers_have_no_gaps_and_failed_votes_none() -> None:
    people = board(2)
    applications = [ready() for _number in range(3)]
    decide_in_meeting(applications[0], Count(0, yes=2), people)
    cancel_vote(open_vote(applications[1], opened_by=people[0], closes_on=timezone.localdate()), cancelled_by=people[0])
    decide_in_meeting(applications[1], Count(0, no=2), people)
    decide_in_meeting(applications[2], Count(0, yes=2), people)
    numbers = BoardDecision.objects.order_by("pk").values_list("state", "number")
    assert list(numbers) == [("accepted", 1), ("cancelled", None), ("rejected", 2), ("accepted", 3)]
    assert list(Member.objects.values_list("number", flat=True)) == [1, 2]


def test_the_register_of_resolutions_outlives_the_application() -> None:
    application = reject(create_application())
    reference = application.reference
    application.delete()
    decision = BoardDecision.objects.get()
    assert (decision.application, decision.reference, decision.number) == (None, reference, 1)
