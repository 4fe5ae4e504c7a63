"""Voting without a meeting: who, how long, how often, and what follows."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from membership.domain import (
    add_attachment,
    add_cosigner,
    cancel_vote,
    cast_ballot,
    change_email,
    check_line,
    close_due_votes,
    close_vote,
    correct_application,
    open_vote,
    record_original,
    record_signature,
    reopen_application,
    replace_cosigner,
    request_completion,
    resend_invitation,
    revoke_invitation,
)
from membership.domain import vote as vote_module
from membership.domain.errors import (
    AlreadyVoting,
    DeadlineImplausible,
    NotOnBoard,
    NotOpen,
    NotReady,
    VoteClosed,
    VoteRunning,
)
from membership.mail_kinds import ACCEPTED, REJECTED, VOTE_CLOSED, VOTE_EXTENDED, VOTE_OPENED
from membership.models import Application, Ballot, BoardDecision, Member, VotingRules
from portal.association.models import BoardTerm
from portal.mailing.models import QueuedMail
from portal.privacy import store
from portal.privacy.audit import entries_of
from tests.factories.decisions import accept, board, office, ready, yesterday
from tests.factories.files import make_pdf
from tests.factories.membership import (
    GROUP,
    create_application,
    create_association,
    create_board_member,
    create_user,
    make_draft,
    make_mandate,
)
from tests.factories.signatures import create_digital_group, ready_on_paper, row_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 2, 11, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def set_rules(**rules) -> None:
    settings = VotingRules.load()
    for name, value in rules.items():
        setattr(settings, name, value)
    settings.full_clean()
    settings.save()


def opened(size: int = 3, **rules):
    """Return people and their open vote, which ends in a week; the statutes let the majority decide."""
    set_rules(**{"circular_majority": "simple", **rules})
    people = board(size)
    decision = open_vote(ready(), opened_by=people[0], closes_on=timezone.localdate() + WEEK)
    return people, decision


def state() -> tuple[str, str]:
    return Application.objects.get().state, BoardDecision.objects.get().state


def waiting(kind: str) -> int:
    return QueuedMail.objects.filter(kind=kind, state="queued").count()


def test_opening() -> None:
    with time_machine.travel(NOON, tick=False):
        people, decision = opened()
    assert (decision.state, decision.way, decision.opened_by) == ("open", "circular", people[0])
    # Until midnight of the ninth in Germany, an hour ahead.
    assert decision.closes_at == dt.datetime(2026, 11, 9, 23, tzinfo=dt.UTC)
    assert waiting(VOTE_OPENED) == 1
    entry = entries_of(Application.objects.get()).last()
    assert (entry.action, entry.details) == ("vote_opened", {"closes_on": "2026-11-09"})


def test_opening_what_is_not_ready() -> None:
    member = create_board_member()
    with pytest.raises(NotReady):
        open_vote(create_application(), opened_by=member, closes_on=timezone.localdate())


@pytest.mark.parametrize("days", [-1, 61])
def test_a_last_day_that_cannot_be(days: int) -> None:
    application, member = ready(), create_board_member()
    with pytest.raises(DeadlineImplausible):
        open_vote(application, opened_by=member, closes_on=timezone.localdate() + dt.timedelta(days=days))


def test_one_vote_at_a_time() -> None:
    people, decision = opened()
    with pytest.raises(AlreadyVoting):
        open_vote(decision.application, opened_by=people[1], closes_on=timezone.localdate())


def everything_about(application: Application) -> list[dict[str, Any]]:
    """Return every row that says something about the application, the log and the queue left out."""
    parts = (application.receipts, application.cosignatures, application.checked_lines, application.attachments)
    rows = [application.completion_requests, *parts, Application.objects.filter(pk=application.pk)]
    return [row for part in rows for row in part.order_by("pk").values()]


PAPER = {"received_on": NOON.date(), "form": "scan"}
ROW = {"position": 6, "present": True, "name": "Hana Neu", "signed_on": NOON.date()}
NEW_PERSON = {"name": "Hana Neu", "email": "hana@example.org"}
OFFICE_STEPS: dict[str, Callable[[Application], Any]] = {
    "reopen": lambda group: reopen_application(group, reopened_by=office()),
    "ask": lambda group: request_completion(group, points=["Eins."], message="", requested_by=office()),
    "uncheck": lambda group: check_line(group, code="mandate", checked_by=office(), is_done=False),
    "original": lambda group: record_original(group, recorded_by=office(), **PAPER),
    "signature": lambda group: record_signature(group, recorded_by=office(), **ROW),
    "file": lambda group: add_attachment(group, [make_pdf()], uploaded_by=office()),
    "applicant's file": lambda group: add_attachment(group, [make_pdf()]),
    "correct": lambda group: correct_application(group, make_draft(GROUP, answers={"street": "Neuer Weg 5"})),
    "add a person": lambda group: add_cosigner(group, done_by=office(), **NEW_PERSON),
    "replace a person": lambda group: replace_cosigner(row_of(group, 1), done_by=office(), **NEW_PERSON),
    "invite again": lambda group: resend_invitation(row_of(group, 1), done_by=office()),
    "revoke": lambda group: revoke_invitation(row_of(group, 1), done_by=office()),
}


@pytest.mark.parametrize("step", OFFICE_STEPS.values(), ids=OFFICE_STEPS.keys())
def test_nothing_changes_while_the_board_votes(step: Callable[[Application], Any]) -> None:
    with time_machine.travel(NOON, tick=False):
        group = create_digital_group(payment_way="direct_debit", mandate=make_mandate())
        check_line(group, code="mandate", checked_by=office())
        ready_on_paper(group)
        open_vote(group, opened_by=create_board_member(), closes_on=timezone.localdate())
        before, files = everything_about(group), set(store.file_names())
        with pytest.raises(AlreadyVoting):
            step(group)
        assert (everything_about(group), set(store.file_names())) == (before, files)


def test_the_mail_address_alone_is_changed_while_the_board_votes() -> None:
    application = ready()
    open_vote(application, opened_by=create_board_member(), closes_on=timezone.localdate())
    assert change_email(application, email="neu@example.org", changed_by=office()).email == "neu@example.org"
    assert state() == ("ready", "open")


def test_everybody_has_voted_and_the_application_is_accepted() -> None:
    people, decision = opened()
    for person, vote in zip(people, ("yes", "no", "yes"), strict=True):
        assert state() == ("ready", "open")
        cast_ballot(decision, voter=person, vote=vote)
    stored = BoardDecision.objects.get()
    assert state() == ("accepted", "accepted")
    assert (stored.members, stored.yes, stored.no, stored.abstain, stored.conflict) == (3, 2, 1, 0, 0)
    assert (stored.decided_on, Member.objects.get().since) == (timezone.localdate(), timezone.localdate())
    assert (waiting(VOTE_OPENED), waiting(VOTE_CLOSED)) == (0, 1)


def test_voting_again_changes_ones_vote() -> None:
    people, decision = opened()
    for vote in ("yes", "yes", "no"):
        cast_ballot(decision, voter=people[0], vote=vote)
    assert list(Ballot.objects.values_list("voter", "vote")) == [(people[0].pk, "no")]
    assert state() == ("ready", "open")


def test_the_log_says_who_voted_and_not_how() -> None:
    people, decision = opened()
    cast_ballot(decision, voter=people[0], vote="no")
    entry = entries_of(decision.application).last()
    assert (entry.action, entry.actor, entry.details) == ("ballot_cast", people[0], {})


def test_until_the_last_day_where_the_rules_say_so() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people, decision = opened(2, closes_early=False)
        for person in people:
            cast_ballot(decision, voter=person, vote="yes")
        cast_ballot(decision, voter=people[1], vote="no")
        assert (close_due_votes(), state()) == (0, ("ready", "open"))
        with pytest.raises(VoteRunning):
            close_vote(decision)
        clock.move_to(decision.closes_at)
        with pytest.raises(VoteClosed):
            cast_ballot(decision, voter=people[1], vote="yes")
        assert (close_due_votes(), close_due_votes(), state()) == (1, 0, ("rejected", "rejected"))


def test_a_vote_that_runs_to_its_end_is_counted_and_dated_by_its_last_day() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people, decision = opened(2, closes_early=False, tie="chair")
        last_day = dt.date(2026, 11, 9)
        BoardTerm.objects.filter(user=people[0]).update(ends_on=last_day)
        create_board_member("neu@example.org", starts_on=last_day + dt.timedelta(days=1))
        cast_ballot(decision, voter=people[0], vote="yes")
        cast_ballot(decision, voter=people[1], vote="no")
        clock.move_to(decision.closes_at + dt.timedelta(days=1))
        close_due_votes()
    stored = BoardDecision.objects.get()
    assert (stored.state, stored.members, stored.yes, stored.no) == ("accepted", 2, 1, 1)
    assert (stored.decided_on, Application.objects.get().decided_on) == (last_day, last_day)


@pytest.mark.parametrize(
    "outsider",
    [
        lambda: create_board_member("frueher@example.org", ends_on=yesterday()),
        lambda: create_board_member("spaeter@example.org", starts_on=timezone.localdate() + WEEK),
        lambda: create_user("technik@example.org", is_superuser=True),
    ],
    ids=["former", "coming", "technician"],
)
def test_only_the_board_of_today_votes(outsider) -> None:
    _people, decision = opened()
    person = outsider()
    for step in (
        lambda: cast_ballot(decision, voter=person, vote="yes"),
        lambda: cancel_vote(decision, cancelled_by=person),
        lambda: open_vote(decision.application, opened_by=person, closes_on=timezone.localdate()),
    ):
        with pytest.raises(NotOnBoard):
            step()
    assert Ballot.objects.count() == 0


def test_who_leaves_the_board_does_not_count() -> None:
    people, decision = opened(3)
    cast_ballot(decision, voter=people[0], vote="no")
    cast_ballot(decision, voter=people[1], vote="yes")
    BoardTerm.objects.filter(user=people[0]).update(ends_on=yesterday())
    with pytest.raises(NotOnBoard):
        cast_ballot(decision, voter=people[0], vote="no")
    cast_ballot(decision, voter=people[2], vote="yes")
    stored = BoardDecision.objects.get()
    assert (stored.state, stored.members, stored.yes, stored.no) == ("accepted", 2, 2, 0)


def test_who_is_biased_is_left_out() -> None:
    people, decision = opened(3)
    cast_ballot(decision, voter=people[0], vote="conflict")
    cast_ballot(decision, voter=people[1], vote="yes")
    cast_ballot(decision, voter=people[2], vote="abstain")
    stored = BoardDecision.objects.get()
    assert (stored.state, stored.yes, stored.abstain, stored.conflict) == ("accepted", 1, 1, 1)


@pytest.mark.parametrize(
    ("tie", "expected"), [("rejected", ("rejected", "rejected")), ("undecided", ("ready", "failed"))]
)
def test_a_tie(tie: str, expected: tuple[str, str]) -> None:
    people, decision = opened(2, tie=tie)
    cast_ballot(decision, voter=people[0], vote="yes")
    cast_ballot(decision, voter=people[1], vote="no")
    assert state() == expected


@pytest.mark.parametrize(("chair", "expected"), [("yes", "accepted"), ("no", "rejected")])
def test_the_chair_breaks_a_tie(chair: str, expected: str) -> None:
    people, decision = opened(2, tie="chair")
    cast_ballot(decision, voter=people[0], vote=chair)
    cast_ballot(decision, voter=people[1], vote="no" if chair == "yes" else "yes")
    assert state() == (expected, expected)


def test_below_quorum_is_extended_once_then_nothing_is_decided() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people, decision = opened(3)
        cast_ballot(decision, voter=people[0], vote="yes")
        clock.move_to(decision.closes_at)
        close_due_votes()
        stored = BoardDecision.objects.get()
        assert (stored.state, stored.extensions, waiting(VOTE_EXTENDED)) == ("open", 1, 1)
        assert stored.closes_at == dt.datetime(2026, 11, 17, 23, tzinfo=dt.UTC)
        clock.move_to(stored.closes_at)
        close_due_votes()
    stored = BoardDecision.objects.get()
    assert (state(), stored.outcome, stored.number) == (("ready", "failed"), "below_quorum", None)
    assert waiting(VOTE_CLOSED) == 1


def test_below_quorum_fails_at_once_where_the_rules_say_so() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _people, decision = opened(3, extends=False)
        clock.move_to(decision.closes_at)
        close_due_votes()
    assert state() == ("ready", "failed")
    open_vote(Application.objects.get(), opened_by=board(1)[0], closes_on=timezone.localdate())
    assert BoardDecision.objects.count() == 2


def unanimous(*votes: str, **rules) -> BoardDecision:
    """Return a vote of five in which all have to agree, and some have voted."""
    people, decision = opened(5, circular_majority="unanimous", **rules)
    for person, vote in zip(people, votes, strict=False):
        cast_ballot(decision, voter=person, vote=vote)
    return decision


def test_without_a_word_in_the_rules_all_have_to_agree() -> None:
    people = board(2)
    decision = open_vote(ready(), opened_by=people[0], closes_on=timezone.localdate())
    assert decision.voting_rules.majority == "unanimous"
    for person in people:
        cast_ballot(decision, voter=person, vote="yes")
    assert state() == ("accepted", "accepted")


def test_silence_where_all_have_to_agree_is_no_rejection() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        decision = unanimous("yes", "yes", "yes", "yes")
        clock.move_to(decision.closes_at)
        close_due_votes()
        stored = BoardDecision.objects.get()
        assert (stored.state, stored.extensions, waiting(VOTE_EXTENDED)) == ("open", 1, 1)
        clock.move_to(stored.closes_at)
        close_due_votes()
    stored = BoardDecision.objects.get()
    assert (state(), stored.outcome, stored.number) == (("ready", "failed"), "consent_missing", None)
    assert (stored.members, stored.yes, stored.no) == (5, 4, 0)
    assert (waiting(VOTE_CLOSED), waiting(ACCEPTED), waiting(REJECTED)) == (1, 0, 0)


def test_the_last_yes_in_the_extension_admits() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        decision = unanimous("yes", "yes", "yes", "yes")
        clock.move_to(decision.closes_at)
        close_due_votes()
        silent = BoardTerm.objects.exclude(user__in=decision.ballots.values("voter")).get().user
        cast_ballot(decision, voter=silent, vote="yes")
    assert state() == ("accepted", "accepted")


@pytest.mark.parametrize(
    ("votes", "abstentions", "expected"),
    [
        (("yes", "yes", "yes", "no"), "not_counted", ("rejected", "rejected")),
        (("yes", "yes", "yes", "abstain"), "as_no", ("rejected", "rejected")),
        (("yes", "yes", "yes", "abstain"), "not_counted", ("ready", "failed")),
        (("yes", "yes", "yes", "conflict"), "not_counted", ("ready", "failed")),
    ],
)
def test_the_deadline_where_all_have_to_agree(votes, abstentions: str, expected: tuple[str, str]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        decision = unanimous(*votes, abstentions=abstentions, extends=False)
        clock.move_to(decision.closes_at)
        close_due_votes()
    assert state() == expected
    assert waiting(REJECTED) == (expected[0] == "rejected")


def test_nobody_waits_for_votes_when_all_have_spoken() -> None:
    unanimous("yes", "yes", "yes", "yes", "abstain")
    stored = BoardDecision.objects.get()
    assert (state(), stored.outcome, stored.extensions) == (("ready", "failed"), "consent_missing", 0)


@pytest.mark.parametrize("majority", ["simple", "two_thirds"])
def test_abstentions_alone_decide_nothing(majority: str) -> None:
    people, _decision = opened(3, circular_majority=majority)
    for person in people:
        cast_ballot(BoardDecision.objects.get(), voter=person, vote="abstain")
    stored = BoardDecision.objects.get()
    assert (state(), stored.outcome, stored.extensions) == (("ready", "failed"), "no_votes", 0)
    assert (waiting(VOTE_CLOSED), waiting(ACCEPTED), waiting(REJECTED)) == (1, 0, 0)
    open_vote(Application.objects.get(), opened_by=people[0], closes_on=timezone.localdate())
    assert BoardDecision.objects.filter(state="open").count() == 1


def test_while_somebody_may_still_speak_abstentions_extend_the_vote_once() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people, decision = opened(3)
        for person in people[:2]:
            cast_ballot(decision, voter=person, vote="abstain")
        clock.move_to(decision.closes_at)
        close_due_votes()
        assert (BoardDecision.objects.get().extensions, waiting(VOTE_EXTENDED)) == (1, 1)
        cast_ballot(BoardDecision.objects.get(), voter=people[2], vote="yes")
    assert state() == ("accepted", "accepted")


def test_no_quorum_is_final_when_everybody_has_spoken() -> None:
    people, _decision = opened(3, conflicts="present")
    for person in people:
        cast_ballot(BoardDecision.objects.get(), voter=person, vote="conflict")
    stored = BoardDecision.objects.get()
    assert (state(), stored.outcome) == (("ready", "failed"), "below_quorum")
    assert (stored.extensions, waiting(VOTE_EXTENDED), waiting(VOTE_CLOSED)) == (0, 0, 1)


def test_an_extension_never_shortens_a_vote() -> None:
    people, decision = opened(3, deadline_days=1)
    promised = decision.closes_at
    cast_ballot(decision, voter=people[0], vote="yes")
    vote_module._extend(decision.application, BoardDecision.objects.get())
    assert BoardDecision.objects.get().closes_at == promised


def test_one_vote_that_cannot_be_closed_does_not_hold_up_the_others(caplog: pytest.LogCaptureFixture) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        people, broken = opened(1)
        other = open_vote(ready(), opened_by=people[0], closes_on=timezone.localdate() + WEEK)
        BoardDecision.objects.filter(pk=broken.pk).update(rules={"quorum": "unbekannt", "extends": False})
        for each in (broken, other):
            cast_ballot_without_count(each, people[0])
        clock.move_to(other.closes_at)
        with caplog.at_level(logging.ERROR, logger="membership.domain.vote"):
            assert close_due_votes() == 1
    assert dict(BoardDecision.objects.values_list("pk", "state")) == {broken.pk: "open", other.pk: "accepted"}
    assert caplog.messages == ["A vote could not be closed: ValueError"]


def cast_ballot_without_count(decision: BoardDecision, voter: Any) -> None:
    Ballot.objects.create(decision=decision, voter=voter, vote="yes", cast_at=timezone.now())


def test_the_majority_of_the_first_day_counts() -> None:
    people, decision = opened(3, circular_majority="two_thirds", majority="unanimous")
    set_rules(circular_majority="unanimous", majority="simple")
    assert BoardDecision.objects.get().rules["majority"] == "two_thirds"
    for person, vote in zip(people, ("yes", "yes", "no"), strict=True):
        cast_ballot(decision, voter=person, vote=vote)
    assert state() == ("accepted", "accepted")


def test_the_rules_of_the_first_day_count() -> None:
    people, decision = opened(2, tie="undecided")
    set_rules(tie="rejected")
    cast_ballot(decision, voter=people[0], vote="yes")
    cast_ballot(decision, voter=people[1], vote="no")
    assert state() == ("ready", "failed")


def test_what_stopped_counting_meanwhile_decides_nothing() -> None:
    people, decision = opened(1)
    create_association(accepted_forms=["scan"])
    cast_ballot(decision, voter=people[0], vote="yes")
    assert (state(), BoardDecision.objects.get().outcome) == (("ready", "failed"), "papers_missing")


def test_breaking_off() -> None:
    people, decision = opened(2)
    cast_ballot(decision, voter=people[0], vote="yes")
    cancel_vote(decision, cancelled_by=people[1])
    assert (state(), waiting(VOTE_OPENED)) == (("ready", "cancelled"), 0)
    with pytest.raises(VoteClosed):
        cancel_vote(decision, cancelled_by=people[1])
    with pytest.raises(VoteClosed):
        cast_ballot(decision, voter=people[1], vote="yes")


def test_a_decided_application_is_not_voted_on() -> None:
    application = accept(create_application())
    with pytest.raises(NotOpen):
        open_vote(application, opened_by=board(1)[0], closes_on=timezone.localdate())
