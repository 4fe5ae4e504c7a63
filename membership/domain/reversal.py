"""Taking a decision back while the message about it still waits."""

from django.db import transaction

from membership.domain.errors import NotDecided, TooLateToReverse
from membership.domain.locking import lock
from membership.domain.numbers import MEMBERS, give_back
from membership.domain.telling import take_back_message
from membership.domain.vote import refuse_others
from membership.domain.waiting import is_reversible
from membership.enums import ApplicationState
from membership.mail_kinds import ACCEPTED, DECISION_REVERSED, REJECTED, VOTE_CLOSED
from membership.models import Application, BoardDecision, Member
from membership.models.decision import DecisionState
from portal.accounts.models import User
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit


def reverse_decision(application: Application, *, reversed_by: User) -> Application:
    """Make the application ready again: no member, no message, its member number free for the next.

    The resolution keeps its number and says that it was reversed. Possible for ten minutes, while the message waits.
    Raises NotOnBoard, NotDecided, and TooLateToReverse.
    """
    refuse_others(reversed_by)
    with transaction.atomic():
        locked = lock(application)
        if not locked.is_decided:
            raise NotDecided
        if not is_reversible(locked):
            raise TooLateToReverse
        kind = ACCEPTED if locked.state == ApplicationState.ACCEPTED else REJECTED
        if not take_back_message(kind, locked):
            raise TooLateToReverse
        if not cancel_mails(VOTE_CLOSED, locked.pk):
            # Board and office have read that the vote is over.
            queue_mail(DECISION_REVERSED, locked.pk)
        _undo(locked, reversed_by)
        return locked


def _undo(locked: Application, reversed_by: User) -> None:
    decided = (DecisionState.ACCEPTED, DecisionState.REJECTED)
    decision = BoardDecision.objects.select_for_update().get(application=locked, state__in=decided)
    decision.state = DecisionState.REVERSED
    decision.save(update_fields=["state"])
    number = None
    if member := Member.objects.filter(application=locked).first():
        number = member.number
        member.delete()
        give_back(MEMBERS, number)
    locked.state = ApplicationState.READY
    locked.decided_by = locked.decided_on = locked.decision_recorded_at = None
    locked.save(update_fields=["state", "decided_by", "decided_on", "decision_recorded_at"])
    audit.record(locked, "decision_reversed", actor=reversed_by, resolution=decision.label, number=number)
