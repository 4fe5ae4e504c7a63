"""Ready and decided applications for tests, on the ways that office and board take."""

import datetime as dt
import itertools

from django.utils import timezone

from membership.domain import (
    check_line,
    completeness,
    mark_ready,
    record_meeting_decision,
    record_original,
    record_signature,
)
from membership.mail_kinds import ACCEPTED, REJECTED
from membership.models import Application, BoardDecision, Letter
from membership.voting import Count
from portal.accounts.models import User
from portal.association.models import BoardTerm
from portal.mailing.models import QueuedMail
from tests.factories.membership import NATURAL, create_application, create_board_member, create_user

_numbers = itertools.count(1)


def office() -> User:
    """Return somebody who records papers."""
    email = "papier@example.org"
    return User.objects.filter(email=email).first() or create_user(email)


def board(size: int, **term) -> list[User]:
    """Return so many people with running terms, the first of them in the chair."""
    functions = itertools.chain(["Vorsitz"], itertools.repeat("Beisitz"))
    return [
        create_board_member(f"vorstand-{next(_numbers)}@example.org", **{"function": next(functions), **term})
        for _number in range(size)
    ]


def complete(application: Application) -> Application:
    """Record everything the board needs."""
    today = timezone.localdate()
    record_original(application, received_on=today, form="paper", recorded_by=office())
    for position in range(1, 6 if application.is_group else 1):
        record_signature(
            application,
            position=position,
            present=True,
            name=f"Person {position}",
            signed_on=today,
            recorded_by=office(),
        )
    for line in completeness(application):
        if line.by_hand:
            check_line(application, code=line.code, checked_by=office())
    application.refresh_from_db()
    return application


def ready(kind: str = NATURAL, **fields) -> Application:
    """Return a new application on which the board can decide."""
    return mark_ready(complete(create_application(kind, **fields)), marked_by=office())


def accept(application: Application) -> Application:
    """Let a meeting of the board accept it."""
    return _decide(application, Count(members=0, yes=1))


def reject(application: Application) -> Application:
    """Let a meeting of the board reject it."""
    return _decide(application, Count(members=0, no=1))


def told(application: Application) -> Application:
    """Let the ten minutes pass in which a decision can be taken back and nobody is told of it."""
    application.refresh_from_db()
    recorded_at, now = application.decision_recorded_at - dt.timedelta(minutes=10), timezone.now()
    Application.objects.filter(pk=application.pk).update(decision_recorded_at=recorded_at)
    messages = {"kind__in": [ACCEPTED, REJECTED]}
    QueuedMail.objects.filter(object_id=application.pk, state="queued", **messages).update(next_attempt_at=now)
    Letter.objects.filter(application=application, **messages).update(not_before=now)
    application.refresh_from_db()
    return application


def decide_in_meeting(application: Application, count: Count, people: list[User], **fields) -> BoardDecision:
    """Record the result of a meeting of today."""
    return record_meeting_decision(
        application,
        **{
            "count": count,
            "held_on": timezone.localdate(),
            "present": people,
            "protocol_reference": "Protokoll, TOP 4",
            "recorded_by": people[0],
            **fields,
        },
    )


def _decide(application: Application, count: Count) -> Application:
    application.refresh_from_db()
    if not application.is_ready:
        application = mark_ready(complete(application), marked_by=office())
    terms = list(BoardTerm.objects.running().select_related("user"))
    people = [term.user for term in terms] or board(1)
    everybody = Count(members=0, yes=len(people) if count.yes else 0, no=len(people) if count.no else 0)
    decide_in_meeting(application, everybody, people)
    application.refresh_from_db()
    return application


def yesterday() -> dt.date:
    """Return the day on which a former member's term ended."""
    return timezone.localdate() - dt.timedelta(days=1)
