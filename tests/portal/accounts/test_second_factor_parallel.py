"""One code typed twice at the same moment, on PostgreSQL: one sign-in is complete."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.second_factor import changes
from portal.accounts.second_factor.requirement import devices_of, unused_recovery_codes
from portal.mailing.models import QueuedMail
from portal.privacy.models import AuditEntry
from tests.factories.accounts import create_app
from tests.factories.membership import create_staff
from tests.portal.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ASK, APPLICATIONS = reverse("second_factor:ask"), reverse("membership_applications:index")
TIMES = 5


@pytest.fixture
def person() -> User:
    """Somebody of the office with an app."""
    office = create_staff("office@example.org", "record")
    create_app(office, SECRET)
    return office


@pytest.fixture
def half(person: User) -> list[Client]:
    """The same person in several browsers, after the password."""
    clients = [Client() for _ in range(TIMES)]
    for client in clients:
        client.half_sign_in(person)  # type: ignore[attr-defined]
    return clients


def complete(clients: list[Client], code: str) -> list[Any]:
    """Type the code in all browsers at once; return the sorted states of a page that needs the second factor."""
    at_once(TIMES, lambda number: clients[number].post(ASK, {"code": code}).status_code)
    return sorted(client.get(APPLICATIONS).status_code for client in clients)


def test_a_recovery_code_counts_once(half: list[Client], person: User) -> None:
    spare = changes.make_recovery_codes(person)[3]
    assert complete(half, spare) == [200, *[302] * (TIMES - 1)]
    assert unused_recovery_codes(person) == 9
    assert AuditEntry.objects.filter(action="recovery_code_used").count() == 1
    assert QueuedMail.objects.filter(kind=changes.MAIL_CHANGED).count() == 1


def test_a_code_of_the_app_counts_once(half: list[Client], person: User) -> None:
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + 1))
    assert complete(half, code) == [200, *[302] * (TIMES - 1)]
    assert devices_of(person).get().last_used_at is not None


def test_two_recovery_codes_at_once_are_both_used_up(half: list[Client], person: User) -> None:
    spare = changes.make_recovery_codes(person)
    at_once(TIMES, lambda number: half[number].post(ASK, {"code": spare[number]}).status_code)
    assert unused_recovery_codes(person) == 10 - TIMES
    assert [client.get(APPLICATIONS).status_code for client in half] == [200] * TIMES
