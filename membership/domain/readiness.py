"""Whether the board can decide: the office says so, and takes it back when something changes."""

from django.db import transaction

from membership.domain.completeness import completeness, missing_for_acceptance
from membership.domain.errors import AlreadyReady, NoSuchLine, NotReady
from membership.domain.locking import lock_open
from membership.domain.vote import refuse_while_voting
from membership.enums import ApplicationState, CompletenessCode
from membership.mail_kinds import BOARD_NOTICE
from membership.models import Application, CheckedLine
from portal.accounts.models import User
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit


def mark_ready(application: Application, *, marked_by: User) -> Application:
    """Say that the board can decide, and tell the board.

    Raises NotOpen, AlreadyReady, and NotReady with what is missing while a line of the completeness list is open.
    """
    with transaction.atomic():
        locked = lock_open(application)
        if locked.is_ready:
            raise AlreadyReady
        if missing := missing_for_acceptance(locked):
            raise NotReady(missing)
        locked.state = ApplicationState.READY
        locked.save(update_fields=["state"])
        audit.record(locked, "application_ready", actor=marked_by)
        queue_mail(BOARD_NOTICE, locked.pk)
        return locked


def reopen_application(application: Application, *, reopened_by: User | None = None) -> Application:
    """Take a ready application back to the office; one that is not ready stays as it is.

    Raises NotOpen, and AlreadyVoting while the board votes. ``reopened_by`` is None where the applicant changed
    something.
    """
    with transaction.atomic():
        locked = lock_open(application)
        if locked.is_ready:
            take_back(locked, reopened_by)
        return locked


def check_line(
    application: Application, *, code: CompletenessCode | str, checked_by: User, is_done: bool = True
) -> Application:
    """Note that the office has checked a line, or that it takes that back; a ready application then is not any more.

    Raises NotOpen, and NoSuchLine for a line that this application does not have or that nobody checks by hand.
    """
    with transaction.atomic():
        locked = lock_open(application)
        if code not in {line.code for line in completeness(locked) if line.by_hand}:
            raise NoSuchLine
        if is_done:
            _row, is_new = CheckedLine.objects.get_or_create(
                application=locked, code=code, defaults={"checked_by": checked_by}
            )
            changed = is_new
        else:
            changed = bool(CheckedLine.objects.filter(application=locked, code=code).delete()[0])
        if changed:
            audit.record(locked, "line_checked", actor=checked_by, line=str(code), done=is_done)
            take_back_if_incomplete(locked, checked_by)
        return locked


def take_back_if_incomplete(locked: Application, actor: User | None) -> None:
    """Return a ready application, locked by the caller, to the office if something is missing now."""
    if locked.is_ready and missing_for_acceptance(locked):
        take_back(locked, actor)


def take_back(locked: Application, actor: User | None) -> None:
    """Return a ready application, locked by the caller, to the office. Raises AlreadyVoting while the board votes."""
    refuse_while_voting(locked)
    locked.state = ApplicationState.CONFIRMED
    locked.save(update_fields=["state"])
    cancel_mails(BOARD_NOTICE, locked.pk)
    audit.record(locked, "application_reopened", actor=actor)
