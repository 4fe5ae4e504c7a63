"""What the crash tests let another process do."""

from django.utils import timezone

from membership.domain import add_attachment, cast_ballot, enter_application, reverse_decision, submit_application
from membership.models import Application, BoardDecision
from membership.uploads import document_from
from portal.accounts.models import User
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


def decide(decision: int, voter: int) -> None:
    """Cast the last vote, which accepts."""
    cast_ballot(BoardDecision.objects.get(pk=decision), voter=User.objects.get(pk=voter), vote="yes")


def take_back(application: int, member: int) -> None:
    """Take a decision back."""
    reverse_decision(Application.objects.get(pk=application), reversed_by=User.objects.get(pk=member))
