"""Erasing, and who looked at what."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from membership.domain import erase_application
from membership.domain.errors import BecameMember, DecisionWaits, ErasureWaits
from membership.enums import ApplicationState
from membership.models import Application
from portal.mailing.models import QueuedMail
from portal.privacy import audit
from tests.factories.decisions import accept, reject, told
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
        state=ApplicationState.ACCEPTED, decided_on=timezone.localdate(application.submitted_at), decided_by=member
    )
    with pytest.raises(BecameMember):
        erase_application(application, erased_by=member)
    assert Application.objects.count() == 1


def test_a_decision_that_can_be_taken_back_is_not_erased(office: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), tick=False) as clock:
        application = reject(create_application())
        typed = {"reference": application.reference}
        clock.shift(dt.timedelta(minutes=9, seconds=59))
        page = office.post(address("erase", application), typed)
        assert (page.status_code, page.context["error"]) == (200, str(ErasureWaits().for_staff))
        assert page.context["error"].startswith("Über diesen Antrag wurde gerade entschieden.")
        with pytest.raises(DecisionWaits):
            erase_application(application, erased_by=create_board_member())
        stored = Application.objects.get()
        assert (stored.state, stored.decisions.get().state) == ("rejected", "rejected")
        assert QueuedMail.objects.filter(kind="application_rejected", state="queued").count() == 1
        assert "application_erased" not in {entry.action for entry in audit.entries_of(application)}
        clock.shift(dt.timedelta(seconds=1))
        assert office.post(address("erase", application), typed).status_code == 302
    assert Application.objects.count() == 0


def test_an_admission_is_not_erased_within_the_ten_minutes_either(office: Client) -> None:
    application = accept(create_application())
    page = office.post(address("erase", application), {"reference": application.reference})
    assert page.context["error"] == str(BecameMember())
    assert Application.objects.get().state == "accepted"


def test_who_looked_comes_as_a_workbook(office: Client, treasurer: Client) -> None:
    application = told(accept(create_application(iban=IBAN)))
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
