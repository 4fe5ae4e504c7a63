"""Withdrawing: before the decision, once, without a reason."""

import pytest

from membership.domain import create_draft, request_completion, withdraw_application
from membership.domain.errors import NotOpen
from membership.models import Application, ApplicationDraft
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import reject
from tests.factories.membership import NATURAL, REGULAR, create_application, create_user
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
    assert [(draft.payload, draft.is_outdated) for draft in ApplicationDraft.objects.all()] == [("", True)]


def test_the_office_enters_a_withdrawal_that_came_by_post() -> None:
    application, office = create_application(), create_user("office@example.org")
    withdraw_application(application, withdrawn_by=office)
    assert entries_of(application).last().actor == office


def test_a_letter_that_asks_for_something_is_not_printed_any_more() -> None:
    application, office = create_application(email=""), create_user("office@example.org")
    request_completion(application, points=["Die Unterschrift fehlt."], message="", requested_by=office)
    waiting = application.letters.waiting()
    assert "application_completion" in waiting.values_list("kind", flat=True)
    withdraw_application(application, withdrawn_by=office)
    kinds = set(waiting.values_list("kind", flat=True))
    assert ("application_completion" in kinds, "application_withdrawn" in kinds) == (False, True)


def test_not_twice_not_unconfirmed_not_after_the_decision() -> None:
    rejected = reject(create_application())
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
