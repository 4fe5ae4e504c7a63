"""What the status page tells of a decision, and what the office's page hints at."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from membership import links
from membership.domain import reverse_decision
from membership.models import Application, BoardDecision, Letter
from tests.factories.decisions import accept, ready, reject
from tests.factories.membership import LEGAL, create_application, create_staff

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def status(client: Client, application: Application) -> str:
    page = client.get(links.path(application, links.STATUS)).content.decode()
    # The form's token differs each time.
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


@pytest.mark.parametrize("decide", [accept, reject])
def test_nothing_is_told_while_it_can_be_taken_back(client: Client, decide) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = ready()
        before = status(client, application)
        decide(application)
        assert status(client, application) == before
        clock.shift(dt.timedelta(minutes=10))
        assert "Der Vorstand hat" in status(client, application)


@pytest.mark.parametrize("email", ["mara@example.org", ""])
def test_a_rejection_is_announced_in_words_that_hold_for_mail_and_letter(client: Client, email: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = reject(create_application(email=email))
        clock.shift(dt.timedelta(minutes=10))
        page = status(client, application)
    assert "Sie bekommen die Entscheidung von uns schriftlich." in page
    assert "E-Mail geschickt" not in page


def test_what_was_taken_back_is_not_told_later(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = accept(create_application())
        reverse_decision(application, reversed_by=BoardDecision.objects.get().opened_by)
        clock.shift(dt.timedelta(minutes=1))
        reject(application)
        clock.shift(dt.timedelta(minutes=10))
        page = status(client, application)
    assert "Antrag angenommen" not in page
    assert "Antrag abgelehnt" in page


def test_the_office_sees_earlier_applications_of_the_same_person(client: Client) -> None:
    client.force_login(create_staff("office@example.org", "record"))
    first = create_application()
    create_application(confirmed=False)
    create_application(LEGAL, email="andere@example.org")
    second = create_application()
    page = client.get(reverse("membership_applications:inspect", args=[second.pk])).content.decode()
    assert page.count("Vielleicht dieselbe Person") == 1
    assert page.count(f">{first.reference}</a>") == 1


def test_the_office_records_a_withdrawal(client: Client) -> None:
    client.force_login(create_staff("office@example.org", "record"))
    application = create_application(email="")
    client.post(reverse("membership_applications:withdraw", args=[application.pk]))
    assert (Application.objects.get().state, Letter.objects.get().kind) == ("withdrawn", "application_withdrawn")
