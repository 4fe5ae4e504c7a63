"""What the crash tests let another process do."""

from membership.domain import add_attachment, submit_application
from membership.models import Application
from tests.factories.files import make_pdf
from tests.factories.membership import make_draft


def upload(pk: int) -> None:
    """Add a file as the applicant does."""
    add_attachment(Application.objects.get(pk=pk), [make_pdf()])


def submit(key: str) -> None:
    """Submit an application of a group."""
    submit_application(make_draft("unincorporated_group"), key=key)
