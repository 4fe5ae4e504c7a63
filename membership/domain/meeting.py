"""A resolution of a meeting: what was counted there is recorded, with who was present and where the minutes say so."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from membership.domain.completeness import complete_since
from membership.domain.errors import CountImplausible, PapersCameLater, ProtocolMissing
from membership.domain.locking import PRESSED_TWICE, lock, refuse_before_receipt
from membership.domain.vote import finish, lock_ready, refuse_others, write_count
from membership.models import Application, BoardDecision
from membership.models.decision import DecisionState, DecisionWay, VotingRules
from membership.voting import Count, Outcome, outcome
from portal.accounts.models import User
from portal.association.models import BoardTerm
from portal.privacy import audit


def record_meeting_decision(
    application: Application,
    *,
    count: Count,
    held_on: dt.date,
    present: Collection[User],
    protocol_reference: str,
    recorded_by: User,
) -> BoardDecision:
    """Record what the board decided in a meeting on ``held_on``; the rules say what the count means.

    ``count.members`` is put in here: everybody who sat on the board on that day. Raises NotOnBoard, NotOpen, NotReady,
    AlreadyVoting, ImplausibleDate, ProtocolMissing, and CountImplausible unless the votes are as many as the members of
    the board who were present. Nobody is admitted on a day on which what is signed had not come: PapersCameLater.
    """
    refuse_others(recorded_by)
    if not protocol_reference.strip():
        raise ProtocolMissing
    on_board = set(BoardTerm.objects.running(held_on).values_list("user_id", flat=True))
    there = {person.pk for person in present}
    if not there or not there <= on_board or count.cast != len(there):
        raise CountImplausible
    with transaction.atomic():
        if same := _entered_just_now(application, count, held_on, protocol_reference.strip(), recorded_by):
            return same
        locked = lock_ready(application)
        refuse_before_receipt(held_on, locked)
        rules = VotingRules.load().as_rules(DecisionWay.MEETING)
        counted = replace(count, members=len(on_board))
        decision = BoardDecision(
            application=locked,
            reference=locked.reference,
            way=DecisionWay.MEETING,
            rules=rules.as_json(),
            opened_at=timezone.now(),
            opened_by=recorded_by,
            decided_on=held_on,
            protocol_reference=protocol_reference.strip(),
        )
        result = outcome(counted, rules)
        if result is Outcome.ACCEPTED:
            _refuse_before_papers(held_on, locked)
        write_count(decision, counted, result)
        decision.save()
        decision.present.set(present)
        audit.record(locked, "meeting_recorded", actor=recorded_by, held_on=held_on.isoformat())
        finish(locked, decision)
        return decision


def _entered_just_now(
    application: Application, count: Count, held_on: dt.date, protocol_reference: str, recorded_by: User
) -> BoardDecision | None:
    """Return what the same person entered a moment ago with the same words: the button was pressed twice."""
    return (
        BoardDecision.objects.filter(
            application=lock(application),
            way=DecisionWay.MEETING,
            opened_by=recorded_by,
            opened_at__gt=timezone.now() - PRESSED_TWICE,
            decided_on=held_on,
            protocol_reference=protocol_reference,
            yes=count.yes,
            no=count.no,
            abstain=count.abstain,
            conflict=count.conflict,
        )
        .exclude(state=DecisionState.REVERSED)
        .first()
    )


def _refuse_before_papers(held_on: dt.date, application: Application) -> None:
    came_on = complete_since(application)
    if came_on is not None and held_on < came_on:
        raise PapersCameLater(came_on)
