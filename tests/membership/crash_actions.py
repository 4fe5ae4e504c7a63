"""What the crash tests let another process do."""

from django.utils import timezone

from membership.domain import (
    add_attachment,
    cast_ballot,
    correct_application,
    enter_application,
    erase_application,
    reverse_decision,
    submit_application,
    withdraw_application,
)
from membership.models import Application, BoardDecision
from membership.uploads import document_from
from membership.voting import Count
from portal.accounts.models import User
from tests.factories.decisions import decide_in_meeting
from tests.factories.files import make_pdf
from tests.factories.membership import make_draft


def upload(pk: int) -> None:
    """Add a file as the applicant does."""
    add_attachment(Application.objects.get(pk=pk), [make_pdf()])


def submit(key: str) -> None:
    """Submit an application of a group."""
    submit_application(make_draft("unincorporated_group"), key=key)


def enter(key: str, office: int) -> None:
    """Enter a signed paper with its scan."""
    enter_application(
        make_draft(channel="paper"),
        key=key,
        received_on=timezone.localdate(),
        is_signed=True,
        entered_by=User.objects.get(pk=office),
        scan=document_from([make_pdf()]),
    )


def erase(application: int, office: int) -> None:
    """Erase an application with its files."""
    erase_application(Application.objects.get(pk=application), erased_by=User.objects.get(pk=office))


def meet(application: int, member: int) -> None:
    """Record that a meeting of one member accepted the application."""
    person = User.objects.get(pk=member)
    decide_in_meeting(Application.objects.get(pk=application), Count(0, yes=1), [person])


def turn_down(application: int, member: int) -> None:
    """Record that a meeting of one member rejected the application."""
    person = User.objects.get(pk=member)
    decide_in_meeting(Application.objects.get(pk=application), Count(0, no=1), [person])


def correct(application: int) -> None:
    """Give a group another name, which voids what was confirmed."""
    correct_application(
        Application.objects.get(pk=application), make_draft("unincorporated_group", answers={"name": "Anderer Name"})
    )


def withdraw(application: int) -> None:
    """Withdraw an application as its applicant does."""
    withdraw_application(Application.objects.get(pk=application))


def decide(decision: int, voter: int) -> None:
    """Cast the last vote, which accepts."""
    cast_ballot(BoardDecision.objects.get(pk=decision), voter=User.objects.get(pk=voter), vote="yes")


def take_back(application: int, member: int) -> None:
    """Take a decision back."""
    reverse_decision(Application.objects.get(pk=application), reversed_by=User.objects.get(pk=member))
