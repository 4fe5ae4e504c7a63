"""Taking an application back before the board has decided. Nobody needs a reason."""

from django.db import transaction
from django.utils import timezone

from membership.domain.drafts import outdate_corrections
from membership.domain.locking import lock_open
from membership.domain.telling import take_back_message, tell_applicant
from membership.domain.vote import cancel_open_vote
from membership.enums import ApplicationState
from membership.mail_kinds import BOARD_NOTICE, COMPLETION_REQUEST, OFFICE_NOTICE, WITHDRAWAL_NOTICE, WITHDRAWN
from membership.models import Application
from portal.accounts.models import User
from portal.mailing.queue import queue_mail
from portal.privacy import audit

POINTLESS = (BOARD_NOTICE, COMPLETION_REQUEST, OFFICE_NOTICE)
"""What need not be sent, nor printed, any more."""


def withdraw_application(application: Application, *, withdrawn_by: User | None = None) -> Application:
    """Close the application without a decision; applicant and office are told, an open vote is broken off.

    ``withdrawn_by`` is who enters a withdrawal that came by post or phone, None for the applicant. Raises NotOpen when
    it is unconfirmed (then it is deleted by itself) or closed already.
    """
    with transaction.atomic():
        locked = lock_open(application)
        locked.state, locked.withdrawn_at = ApplicationState.WITHDRAWN, timezone.now()
        locked.save(update_fields=["state", "withdrawn_at"])
        outdate_corrections(locked)
        cancel_open_vote(locked, withdrawn_by)
        audit.record(locked, "application_withdrawn", actor=withdrawn_by)
        for kind in POINTLESS:
            take_back_message(kind, locked)
        tell_applicant(WITHDRAWN, locked)
        queue_mail(WITHDRAWAL_NOTICE, locked.pk)
        return locked
