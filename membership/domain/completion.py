"""Asking the applicant for what is missing. Until the answer the application's clock stands still."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from membership.domain.errors import AlreadyAsked, AnswerMissing, NothingAsked, RequestEmpty
from membership.domain.locking import lock_open
from membership.domain.readiness import take_back_if_incomplete
from membership.domain.telling import take_back_message, tell_applicant
from membership.mail_kinds import ANSWER_NOTICE, COMPLETION_REQUEST
from membership.models import Application, CompletionRequest
from portal.accounts.models import User
from portal.mailing.queue import queue_mail
from portal.privacy import audit


def request_completion(
    application: Application, *, points: Sequence[str], message: str, requested_by: User
) -> CompletionRequest:
    """Ask for what is missing, stop the clock and tell the applicant; a ready application is not ready any more.

    ``points`` are sentences, one for each thing. Raises NotOpen, RequestEmpty when there is neither a point nor a
    message, AlreadyAsked while an earlier request waits for its answer, AlreadyVoting while the board votes.
    """
    kept = [point.strip() for point in points if point.strip()]
    if not kept and not message.strip():
        raise RequestEmpty
    with transaction.atomic():
        locked = lock_open(application)
        if locked.completion_requests.open().exists():
            raise AlreadyAsked
        now = timezone.now()
        request = CompletionRequest.objects.create(
            application=locked, points=kept, message=message.strip(), asked_at=now, asked_by=requested_by
        )
        locked.clock_paused_at = now
        locked.save(update_fields=["clock_paused_at"])
        audit.record(locked, "completion_requested", actor=requested_by, points=len(kept))
        take_back_if_incomplete(locked, requested_by)
        tell_applicant(COMPLETION_REQUEST, locked)
        return request


def answer_completion(application: Application, *, answer: str, answered_by: User | None = None) -> CompletionRequest:
    """Note the answer and let the clock go on; the office is told of an answer that the applicant gave online.

    ``answered_by`` is who enters an answer that came by post or phone, None for the applicant. Raises NotOpen,
    NothingAsked when no request waits, AnswerMissing for an empty answer.
    """
    if not answer.strip():
        raise AnswerMissing
    with transaction.atomic():
        locked = lock_open(application)
        request = locked.completion_requests.open().first()
        if request is None:
            raise NothingAsked
        now = timezone.now()
        request.answer, request.answered_by, request.answered_at = answer.strip(), answered_by, now
        request.save(update_fields=["answer", "answered_by", "answered_at"])
        _go_on(locked, now - request.asked_at)
        take_back_message(COMPLETION_REQUEST, locked)
        audit.record(locked, "completion_answered", actor=answered_by)
        if answered_by is None:
            queue_mail(ANSWER_NOTICE, locked.pk)
        return request


def open_request(application: Application) -> CompletionRequest | None:
    """Return what the applicant is asked at present, or None."""
    return application.completion_requests.open().first()


def _go_on(locked: Application, waited: timedelta) -> None:
    """Let the clock run on: it started later by the time in which the applicant had to answer."""
    if locked.clock_started_at is not None:
        locked.clock_started_at += waited
    locked.clock_paused_at = None
    locked.save(update_fields=["clock_started_at", "clock_paused_at"])
