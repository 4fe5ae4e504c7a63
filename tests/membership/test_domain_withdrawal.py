"""Withdrawing: before the decision, once, without a reason."""

import pytest
from django.utils import timezone

from membership.domain import create_draft, reject_application, withdraw_application
from membership.domain.errors import NotOpen
from membership.models import Application, ApplicationDraft
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.membership import NATURAL, REGULAR, create_application, create_board_member, create_user
from tests.portal.parallel import at_once

pytestmark = pytest.mark.django_db


def test_closes_the_application_and_tells_both() -> None:
    application = create_application()
    create_draft(kind=NATURAL, membership_type=REGULAR, application=application)
    withdrawn = withdraw_application(application)
    assert (withdrawn.state, withdrawn.withdrawn_at is None, withdrawn.is_open) == ("withdrawn", False, False)
    assert list(QueuedMail.objects.filter(state="queued").order_by("pk").values_list("kind", flat=True)) == [
        "application_received",
        "application_withdrawn",
        "withdrawal_notice",
    ]
    assert entries_of(application).last().action == "application_withdrawn"
    assert ApplicationDraft.objects.count() == 0


def test_the_office_enters_a_withdrawal_that_came_by_post() -> None:
    application, office = create_application(), create_user("office@example.org")
    withdraw_application(application, withdrawn_by=office)
    assert entries_of(application).last().actor == office


def test_not_twice_not_unconfirmed_not_after_the_decision() -> None:
    rejected = create_application()
    reject_application(rejected, decided_by=create_board_member(), decided_on=timezone.localdate())
    withdrawn = withdraw_application(create_application())
    for application in (rejected, withdrawn, create_application(confirmed=False)):
        with pytest.raises(NotOpen):
            withdraw_application(application)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused() -> None:
    application = create_application()
    results = at_once(2, lambda _: withdraw_application(Application.objects.get(pk=application.pk)))
    assert sorted(type(result).__name__ for result in results) == ["Application", "NotOpen"]
    assert QueuedMail.objects.filter(kind="application_withdrawn").count() == 1
