"""Erasing, and who looked at what."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from membership.domain import erase_application
from membership.domain.errors import BecameMember
from membership.enums import ApplicationState
from membership.models import Application
from portal.privacy import audit
from tests.factories.decisions import accept
from tests.factories.membership import IBAN, create_application, create_board_member, create_staff

pytestmark = pytest.mark.django_db


def address(step: str, application: Application) -> str:
    return reverse(f"membership_applications:{step}", args=[application.pk])


@pytest.fixture
def treasurer(client: Client) -> Client:
    client.force_login(create_staff("kasse@example.org", "unmask"))
    return client


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(create_staff("office@example.org", "record"))
    return client


def test_the_office_erases_by_typing_the_reference(office: Client) -> None:
    application = create_application(iban=IBAN)
    wrong = office.post(address("erase", application), {"reference": "LAG-0000"})
    assert list(wrong.context["forms"][0].errors) == ["reference"]
    assert Application.objects.count() == 1
    right = office.post(address("erase", application), {"reference": f" {application.reference.lower()} "})
    assert right.url == reverse("membership_applications:index")
    assert Application.objects.count() == 0
    assert [entry.action for entry in audit.entries_of(application)] == ["application_erased"]


def test_the_treasurer_does_not_erase(treasurer: Client) -> None:
    application = create_application()
    assert treasurer.post(address("erase", application), {"reference": application.reference}).status_code == 403
    assert Application.objects.count() == 1


def test_what_a_membership_rests_on_is_not_erased() -> None:
    application = create_application()
    member = create_board_member()
    Application.objects.filter(pk=application.pk).update(
        state=ApplicationState.ACCEPTED, decided_on=application.submitted_at.date(), decided_by=member
    )
    with pytest.raises(BecameMember):
        erase_application(application, erased_by=member)
    assert Application.objects.count() == 1


def test_who_looked_comes_as_a_workbook(office: Client, treasurer: Client) -> None:
    application = accept(create_application(iban=IBAN))
    office.get(address("inspect", application))
    treasurer.get(reverse("membership_dues:inspect", args=[application.pk]))
    treasurer.post(reverse("membership_dues:unmask", args=[application.pk]), {"password": "ein langes Kennwort"})
    response = office.get(address("access", application))
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[1:] for row in rows] == [
        ("Person", "Vorgang"),
        ("office@example.org", "Antrag angesehen"),
        ("kasse@example.org", "Beitrag und Zahlungsweise angesehen"),
        ("kasse@example.org", "Bankdaten unverdeckt angesehen"),
    ]
    assert treasurer.get(address("access", application)).status_code == 403
    assert audit.entries_of(application).last().action == "access_exported"
