"""Voting without a meeting: opened on a ready application, closed when everybody has voted or the deadline has passed.

The application is locked first, then the vote, always in this order. Who is on the board when the vote closes counts:
the vote of somebody whose term has ended in between does not. A vote that runs to its end closes on its last day,
however late the worker comes to count it.
"""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from membership.domain.completeness import missing_for_acceptance
from membership.domain.decision import accept_application, reject_application
from membership.domain.errors import (
    AlreadyVoting,
    ApplicationError,
    DeadlineImplausible,
    NotOnBoard,
    NotReady,
    VoteClosed,
    VoteRunning,
)
from membership.domain.locking import lock, lock_open
from membership.mail_kinds import VOTE_CLOSED, VOTE_EXTENDED, VOTE_OPENED
from membership.models import Application, Ballot, BoardDecision
from membership.models.decision import DecisionState, DecisionWay, VotingRules
from membership.voting import Count, Outcome, Vote, lacks_votes, outcome
from portal.accounts.models import User
from portal.association.models import BoardTerm, is_board_member
from portal.mailing.queue import cancel_mails, queue_mail
from portal.outages import is_outage
from portal.privacy import audit

logger = logging.getLogger(__name__)

LONGEST = dt.timedelta(days=60)


def open_vote(application: Application, *, opened_by: User, closes_on: dt.date) -> BoardDecision:
    """Open a circular vote that lasts until the end of ``closes_on`` (German time), and tell the board.

    Raises NotOnBoard, NotOpen, NotReady, AlreadyVoting, and DeadlineImplausible for a day that has passed or is more
    than sixty days away.
    """
    refuse_others(opened_by)
    today = timezone.localdate()
    if not today <= closes_on <= today + LONGEST:
        raise DeadlineImplausible
    with transaction.atomic():
        locked = lock_ready(application)
        decision = BoardDecision.objects.create(
            application=locked,
            reference=locked.reference,
            way=DecisionWay.CIRCULAR,
            rules=VotingRules.load().as_rules(DecisionWay.CIRCULAR).as_json(),
            opened_at=timezone.now(),
            opened_by=opened_by,
            closes_at=end_of(closes_on),
        )
        audit.record(locked, "vote_opened", actor=opened_by, closes_on=closes_on.isoformat())
        queue_mail(VOTE_OPENED, locked.pk)
        return decision


def cast_ballot(decision: BoardDecision, *, voter: User, vote: Vote | str) -> BoardDecision:
    """Vote, or change one's own vote; closes the vote when everybody has voted and its rules say so.

    Raises NotOnBoard for whoever does not sit on the board today, VoteClosed when it is too late.
    """
    vote = Vote(vote)
    with transaction.atomic():
        application, locked = lock_vote(decision)
        refuse_others(voter)
        now = timezone.now()
        if locked.closes_at is None or now >= locked.closes_at:
            raise VoteClosed
        Ballot.objects.update_or_create(decision=locked, voter=voter, defaults={"vote": vote, "cast_at": now})
        audit.record(application, "ballot_cast", actor=voter)
        if locked.voting_rules.closes_early and everybody_has_voted(locked):
            _close(application, locked)
        return locked


def close_vote(decision: BoardDecision) -> BoardDecision:
    """Close a vote whose deadline has passed: accept, reject, extend once for want of votes, or decide nothing.

    Raises VoteClosed when it is closed already, VoteRunning before the deadline.
    """
    with transaction.atomic():
        application, locked = lock_vote(decision)
        if locked.closes_at is None or timezone.now() < locked.closes_at:
            raise VoteRunning
        _close(application, locked)
        return locked


def close_due_votes() -> int:
    """Close every vote whose deadline has passed; returns how many. The worker calls it; it may run twice or late."""
    closed = 0
    for decision in BoardDecision.objects.filter(state=DecisionState.OPEN, closes_at__lte=timezone.now()):
        try:
            close_vote(decision)
        except ApplicationError:
            # Another worker or the last ballot was faster.
            continue
        except Exception as error:
            # The other votes are other applicants'; what failed is tried again next time.
            if is_outage(error):
                raise
            logger.error("A vote could not be closed: %s", type(error).__name__)
            continue
        closed += 1
    return closed


def cancel_vote(decision: BoardDecision, *, cancelled_by: User) -> BoardDecision:
    """Break the vote off; nothing is decided, and a new one can be opened. Raises NotOnBoard and VoteClosed."""
    refuse_others(cancelled_by)
    with transaction.atomic():
        application, locked = lock_vote(decision)
        call_off(application, locked, cancelled_by)
        return locked


def cancel_open_vote(application: Application, actor: User | None = None) -> None:
    """Break off the open vote, if there is one, on an application the caller has locked: it was withdrawn."""
    for decision in BoardDecision.objects.select_for_update().filter(application=application, state=DecisionState.OPEN):
        call_off(application, decision, actor)


def call_off(application: Application, decision: BoardDecision, actor: User | None) -> None:
    """Break off a vote; both are locked by the caller."""
    decision.state, decision.closed_at = DecisionState.CANCELLED, timezone.now()
    decision.save(update_fields=["state", "closed_at"])
    cancel_mails(VOTE_OPENED, application.pk)
    audit.record(application, "vote_cancelled", actor=actor)


def refuse_while_voting(application: Application) -> None:
    """Raise AlreadyVoting while the board votes on the application: nothing about it may change under its eyes."""
    if BoardDecision.objects.filter(application=application, state=DecisionState.OPEN).exists():
        raise AlreadyVoting


def everybody_has_voted(decision: BoardDecision) -> bool:
    """Whether everybody on the board today has voted or said that they are biased."""
    voters = set(decision.ballots.values_list("voter_id", flat=True))
    on_board = board_on(timezone.localdate())
    return bool(on_board) and on_board <= voters


def count_of(decision: BoardDecision) -> Count:
    """Count the votes of those who sit on the board on the day the vote closes."""
    day = closing_day(decision)
    on_board = board_on(day)
    votes = {ballot.voter_id: ballot.vote for ballot in decision.ballots.all() if ballot.voter_id in on_board}
    said = list(votes.values())
    return Count(
        members=len(on_board),
        yes=said.count(Vote.YES),
        no=said.count(Vote.NO),
        abstain=said.count(Vote.ABSTAIN),
        conflict=said.count(Vote.CONFLICT),
        chair=next((votes[key] for key in chairs(decision.voting_rules.chair_function, day) if key in votes), ""),
    )


def closing_day(decision: BoardDecision) -> dt.date:
    """Return today while votes are taken, and the last day of the vote once its deadline has passed."""
    today = timezone.localdate()
    return min(today, decision.last_day or today)


def board_on(day: dt.date) -> set[int]:
    """Return the keys of those who sit on the board on the day."""
    return set(BoardTerm.objects.running(day).values_list("user_id", flat=True))


def chairs(function: str, day: dt.date) -> list[int]:
    """Return the keys of those whose term names the chair's function on the day."""
    if not function:
        return []
    return list(BoardTerm.objects.running(day).filter(function__iexact=function).values_list("user_id", flat=True))


def end_of(day: dt.date) -> dt.datetime:
    """Return the end of the day in German time."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def refuse_others(user: User) -> None:
    """Raise NotOnBoard unless the person sits on the board today."""
    if not is_board_member(user):
        raise NotOnBoard


def lock_ready(application: Application) -> Application:
    """Return the application locked; raises NotOpen, NotReady, and AlreadyVoting while a vote runs."""
    locked = lock_open(application)
    missing = missing_for_acceptance(locked)
    if missing or not locked.is_ready:
        raise NotReady(missing)
    refuse_while_voting(locked)
    return locked


def lock_vote(decision: BoardDecision) -> tuple[Application, BoardDecision]:
    """Return application and vote, locked in this order; raises VoteClosed unless the vote is open."""
    if decision.application is None:
        raise VoteClosed
    application = lock(decision.application)
    locked = BoardDecision.objects.select_for_update().get(pk=decision.pk)
    if not locked.is_open:
        raise VoteClosed
    return application, locked


def _close(application: Application, decision: BoardDecision) -> None:
    count = count_of(decision)
    result = outcome(count, decision.voting_rules)
    if lacks_votes(count, result) and decision.voting_rules.extends and not decision.extensions:
        _extend(application, decision)
        return
    write_count(decision, count, result)
    decision.decided_on = closing_day(decision)
    finish(application, decision)


def _extend(application: Application, decision: BoardDecision) -> None:
    """Let the vote go on for as many days as the rules say; never for fewer than it has anyway."""
    decision.extensions += 1
    today = timezone.localdate()
    closes_on = max(today + dt.timedelta(days=decision.voting_rules.deadline_days), decision.last_day or today)
    decision.closes_at = end_of(closes_on)
    decision.save(update_fields=["extensions", "closes_at"])
    audit.record(application, "vote_extended", closes_on=closes_on.isoformat())
    queue_mail(VOTE_EXTENDED, application.pk)


def write_count(decision: BoardDecision, count: Count, result: Outcome) -> None:
    """Keep the figures and what they mean; the caller saves."""
    decision.members, decision.yes, decision.no = count.members, count.yes, count.no
    decision.abstain, decision.conflict, decision.outcome = count.abstain, count.conflict, result


def finish(application: Application, decision: BoardDecision) -> None:
    """Do what the counted resolution says: accept, reject, or close it with nothing decided; tell board and office."""
    if decision.outcome == Outcome.ACCEPTED and missing_for_acceptance(application):
        # The association takes other forms than on the day the vote was opened.
        decision.outcome = Outcome.PAPERS_MISSING
    if decision.outcome == Outcome.ACCEPTED:
        accept_application(application, decision=decision)
    elif decision.outcome == Outcome.REJECTED:
        reject_application(application, decision=decision)
    else:
        decision.state, decision.closed_at = DecisionState.FAILED, timezone.now()
        decision.save()
        audit.record(application, "vote_failed", actor=None, outcome=str(decision.outcome))
    cancel_mails(VOTE_OPENED, application.pk)
    queue_mail(VOTE_CLOSED, application.pk)
