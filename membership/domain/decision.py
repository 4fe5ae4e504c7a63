"""The board's decision. There is no duty to admit and none to give reasons.

A decision rests on a resolution: :mod:`membership.domain.vote` and :mod:`membership.domain.meeting` come to one, and
call these two functions inside their own transaction. What it says to the applicant waits ten minutes, in which
:func:`membership.domain.reversal.reverse_decision` can take it back.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from membership.domain.completeness import missing_for_acceptance
from membership.domain.errors import NoResolution, NotReady, PapersMissing
from membership.domain.locking import lock_open
from membership.domain.numbers import MEMBERS, next_number, resolutions_of
from membership.domain.telling import tell_applicant
from membership.enums import REVERSIBLE, ApplicationState
from membership.mail_kinds import ACCEPTED, REJECTED
from membership.models import Application, BoardDecision, Member
from membership.models.decision import DecisionState
from membership.voting import Outcome
from portal.privacy import audit


def accept_application(application: Application, *, decision: BoardDecision) -> Application:
    """Admit the applicant by a resolution that says so: number it, make the member, queue the message.

    Raises NotOpen when it is unconfirmed, withdrawn or decided already (of two who decide at once, the second),
    NotReady when the office has not said that it is ready, PapersMissing with what has not come, NoResolution when the
    resolution is another's, says something else or is closed already.
    """
    with transaction.atomic():
        locked = lock_open(application)
        if missing := missing_for_acceptance(locked):
            raise PapersMissing(missing)
        recorded_at, admitted_on = _decide(locked, decision, ApplicationState.ACCEPTED, Outcome.ACCEPTED)
        member = Member.objects.create(
            number=next_number(MEMBERS),
            application=locked,
            kind=locked.kind,
            membership_type=locked.membership_type,
            since=admitted_on,
        )
        audit.record(locked, "member_admitted", actor=decision.recorded_by, number=member.number)
        tell_applicant(ACCEPTED, locked, not_before=recorded_at + REVERSIBLE)
        return locked


def reject_application(application: Application, *, decision: BoardDecision) -> Application:
    """Reject the application by a resolution that says so, number it and queue the message, which gives no reason.

    Raises NotOpen, NotReady and NoResolution as :func:`accept_application` does.
    """
    with transaction.atomic():
        locked = lock_open(application)
        recorded_at, _day = _decide(locked, decision, ApplicationState.REJECTED, Outcome.REJECTED)
        tell_applicant(REJECTED, locked, not_before=recorded_at + REVERSIBLE)
        return locked


def _decide(
    locked: Application, decision: BoardDecision, state: ApplicationState, expected: Outcome
) -> tuple[datetime, date]:
    """Close the resolution and write what it says into the application; returns the moment and the resolution's day."""
    if not locked.is_ready:
        raise NotReady(missing_for_acceptance(locked))
    fits = decision.application_id == locked.pk and decision.is_open and decision.outcome == expected
    if not fits or decision.decided_on is None:
        raise NoResolution
    now = timezone.now()
    decision.state, decision.closed_at = DecisionState(state.value), now
    decision.year = decision.decided_on.year
    decision.number = next_number(resolutions_of(decision.year))
    decision.save()
    locked.state, locked.decided_by, locked.decided_on = state, decision.recorded_by, decision.decided_on
    locked.decision_recorded_at = now
    locked.save(update_fields=["state", "decided_by", "decided_on", "decision_recorded_at"])
    audit.record(
        locked,
        f"application_{state.value}",
        actor=decision.recorded_by,
        decided_on=decision.decided_on.isoformat(),
        resolution=decision.label,
    )
    return now, decision.decided_on
