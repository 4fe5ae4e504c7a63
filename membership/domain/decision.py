"""The board's decision. There is no duty to admit and none to give reasons."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from membership.domain.completeness import missing_for_acceptance
from membership.domain.errors import NotOnBoard, PapersMissing
from membership.domain.locking import lock_open, refuse_implausible
from membership.enums import ApplicationState
from membership.mail_kinds import ACCEPTED, REJECTED
from membership.models import Application
from portal.accounts.models import User
from portal.association.models import is_board_member
from portal.mailing.queue import queue_mail
from portal.privacy import audit


def accept_application(application: Application, *, decided_by: User, decided_on: date) -> Application:
    """Admit the applicant as of ``decided_on`` and queue the mail that says so.

    Raises NotOnBoard unless a term of ``decided_by`` runs today, NotOpen when it is unconfirmed or decided already (of
    two who decide at once, the second), PapersMissing with what has not come, ImplausibleDate.
    """
    with transaction.atomic():
        locked = _lock_for_decision(application, decided_by, decided_on)
        if missing := missing_for_acceptance(locked):
            raise PapersMissing(missing)
        return _decide(locked, ApplicationState.ACCEPTED, decided_by, decided_on)


def reject_application(application: Application, *, decided_by: User, decided_on: date) -> Application:
    """Reject the application and queue the mail that says so; papers need not have come.

    Raises NotOnBoard, NotOpen and ImplausibleDate as :func:`accept_application` does.
    """
    with transaction.atomic():
        locked = _lock_for_decision(application, decided_by, decided_on)
        return _decide(locked, ApplicationState.REJECTED, decided_by, decided_on)


def _lock_for_decision(application: Application, decided_by: User, decided_on: date) -> Application:
    if not is_board_member(decided_by):
        raise NotOnBoard
    locked = lock_open(application)
    refuse_implausible(decided_on, locked)
    return locked


def _decide(locked: Application, state: ApplicationState, decided_by: User, decided_on: date) -> Application:
    locked.state, locked.decided_by, locked.decided_on = state, decided_by, decided_on
    locked.decision_recorded_at = timezone.now()
    locked.save(update_fields=["state", "decided_by", "decided_on", "decision_recorded_at"])
    audit.record(locked, f"application_{state.value}", actor=decided_by, decided_on=decided_on.isoformat())
    queue_mail(ACCEPTED if state is ApplicationState.ACCEPTED else REJECTED, locked.pk)
    return locked
