"""Bank data in clear, and erasing."""

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
from tests.factories.membership import IBAN, create_application, create_board_member, create_staff

pytestmark = pytest.mark.django_db
PASSWORD = "ein langes Kennwort"
IN_CLEAR = IBAN


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


def looks(application: Application) -> list[tuple[str, str]]:
    entries = audit.entries_of(application).filter(action="bank_data_unmasked")
    return [(entry.action, entry.actor.email) for entry in entries]


def test_the_iban_shows_after_the_password_once_and_is_logged(treasurer: Client) -> None:
    application = create_application(iban=IBAN)
    page = treasurer.post(address("unmask", application), {"password": PASSWORD})
    assert IN_CLEAR in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert IN_CLEAR not in treasurer.get(address("unmask", application)).content.decode()
    assert IN_CLEAR not in treasurer.get(address("inspect", application)).content.decode()
    assert looks(application) == [("bank_data_unmasked", "kasse@example.org")]


@pytest.mark.parametrize("password", ["", "falsch"])
def test_a_wrong_password_shows_nothing_and_is_not_logged(treasurer: Client, password: str) -> None:
    application = create_application(iban=IBAN)
    page = treasurer.post(address("unmask", application), {"password": password})
    assert list(page.context["form"].errors) == ["password"]
    assert IN_CLEAR not in page.content.decode()
    assert looks(application) == []


def test_guessing_the_password_is_stopped(treasurer: Client) -> None:
    application = create_application(iban=IBAN)
    for _ in range(10):
        treasurer.post(address("unmask", application), {"password": "falsch"})
    assert IN_CLEAR not in treasurer.post(address("unmask", application), {"password": PASSWORD}).content.decode()


def test_nobody_else_gets_there(office: Client) -> None:
    application = create_application(iban=IBAN)
    board = Client()
    board.force_login(create_staff("board@example.org", "decide", board_term=True))
    for client in (office, board):
        assert client.get(address("unmask", application)).status_code == 403
        assert client.post(address("unmask", application), {"password": PASSWORD}).status_code == 403
        assert "Bankdaten unverdeckt ansehen" not in client.get(address("inspect", application)).content.decode()


def test_without_a_mandate_there_is_nothing_to_show(treasurer: Client) -> None:
    application = create_application()
    page = treasurer.post(address("unmask", application), {"password": PASSWORD})
    assert (page.status_code, page.context["mandate"]) == (200, None)
    assert looks(application) == []


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
    application = create_application(iban=IBAN)
    office.get(address("inspect", application))
    treasurer.post(address("unmask", application), {"password": PASSWORD})
    response = office.get(address("access", application))
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[1:] for row in rows] == [
        ("Person", "Vorgang"),
        ("office@example.org", "Antrag angesehen"),
        ("kasse@example.org", "Bankdaten unverdeckt angesehen"),
    ]
    assert treasurer.get(address("access", application)).status_code == 403
    assert audit.entries_of(application).last().action == "access_exported"
