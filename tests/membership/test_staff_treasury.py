"""The treasurer's pages: what members pay and how, bank data masked, in clear for one look."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from membership.models import Application
from portal.privacy import audit
from tests.factories.decisions import accept, ready, reject, told
from tests.factories.membership import GROUP, IBAN, LEGAL, SUPPORTING, create_application, create_staff

pytestmark = pytest.mark.django_db
LISTING = reverse("membership_dues:index")
PASSWORD = "ein langes Kennwort"
WAY_TO_BANK_DATA = "Bankdaten unverdeckt ansehen"


def address(step: str, application: Application) -> str:
    return reverse(f"membership_dues:{step}", args=[application.pk])


@pytest.fixture
def treasurer(client: Client) -> Client:
    client.force_login(create_staff("kasse@example.org", "unmask"))
    return client


def admitted(kind: str = LEGAL, **fields: Any) -> Application:
    return told(accept(create_application(kind, **fields)))


def shows_iban(page: Any) -> bool:
    """Whether the whole IBAN is there, in groups or not."""
    return IBAN in page.content.decode().replace(" ", "")


def looks(application: Application) -> list[tuple[str, str]]:
    entries = audit.entries_of(application).filter(action__in=("member_dues_opened", "bank_data_unmasked"))
    return [(entry.action, entry.actor.email) for entry in entries]


def test_the_list_holds_whoever_was_admitted_and_nobody_else(treasurer: Client) -> None:
    member = admitted(iban=IBAN)
    create_application(confirmed=False)
    create_application()
    ready()
    reject(create_application(GROUP))
    page = treasurer.get(LISTING)
    assert list(page.context["object_list"]) == [member]
    table = page.context["table"]
    (row,) = table.rows
    cells = [column.get_value(row.instance) for column in table.columns.values()]
    assert cells == [member.reference, "Beispiel gGmbH", "Regelbeitrag", "60,00 €", "SEPA-Lastschrift"]
    assert not shows_iban(page)
    assert page.context["page_title"] == "Mitgliedsbeiträge"
    html = page.content.decode()
    assert ("1 Mitglied" in html, "Aufnahmeantr" in html) == (True, False)
    admitted(GROUP)
    assert "2 Mitglieder" in treasurer.get(LISTING).content.decode()
    assert "Mitglieder" in treasurer.get(LISTING, {"q": "Unbekannt"}).context["no_results_message"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"payment_way": "direct_debit"}, [LEGAL]),
        ({"payment_way": "bank_transfer"}, [GROUP]),
        ({"q": "Beispielhof"}, [GROUP]),
        ({"q": "Muster"}, []),
    ],
)
def test_filter_and_search(treasurer: Client, query: dict[str, str], expected: list[str]) -> None:
    admitted(iban=IBAN)
    admitted(GROUP)
    create_application()
    assert [item.kind for item in treasurer.get(LISTING, query).context["object_list"]] == expected


def test_one_and_three_cost_the_same(treasurer: Client) -> None:
    admitted()
    treasurer.get(LISTING)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            admitted(iban=IBAN)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(treasurer.get(LISTING).context["object_list"]) == 1 + more
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_page_tells_what_the_dues_rest_on_and_masks_the_account(treasurer: Client) -> None:
    application = admitted(membership_type=SUPPORTING, iban=IBAN)
    page = treasurer.get(address("inspect", application))
    told = {answer.field.name: answer.text for answer in page.context["answers"]}
    assert told == {
        "dues_rate": "Förderbeitrag: mindestens 30,00 € im Jahr",
        "own_amount": "50,00 € im Jahr",
        "payment_way": "SEPA-Lastschrift",
        "account_holder": "M••• M•••",
        "iban": "DE02 •••• •••• •••• ••20 51",
    }
    assert page.context["yearly_dues"] == "50,00 €"
    html = page.content.decode()
    kept = [application.email, "Musterweg", "0371", "Vera Vorstand", "Mara Muster"]
    assert not shows_iban(page)
    assert [each for each in kept if each in html] == []
    assert [each in html for each in ("Beispiel gGmbH", application.reference, WAY_TO_BANK_DATA)] == [True] * 3
    assert "no-store" in page.headers["Cache-Control"]
    assert looks(application) == [("member_dues_opened", "kasse@example.org")]


def test_without_direct_debit_there_is_no_mandate(treasurer: Client) -> None:
    application = admitted()
    page = treasurer.get(address("inspect", application))
    assert [answer.field.name for answer in page.context["answers"]] == ["dues_rate", "payment_way"]
    assert WAY_TO_BANK_DATA not in page.content.decode()
    asked = treasurer.post(address("unmask", application), {"password": PASSWORD})
    assert (asked.status_code, asked.context["mandate"]) == (200, None)
    assert looks(application) == [("member_dues_opened", "kasse@example.org")]


def test_an_admission_that_can_be_taken_back_is_not_the_treasurers_yet(treasurer: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), tick=False) as clock:
        application = accept(create_application(iban=IBAN))
        clock.shift(dt.timedelta(minutes=9, seconds=59))
        assert list(treasurer.get(LISTING).context["object_list"]) == []
        assert list(treasurer.get(LISTING, {"q": application.reference}).context["object_list"]) == []
        assert treasurer.get(address("inspect", application)).status_code == 404
        assert treasurer.get(address("unmask", application)).status_code == 404
        assert treasurer.post(address("unmask", application), {"password": PASSWORD}).status_code == 404
        assert looks(application) == []
        clock.shift(dt.timedelta(seconds=1))
        assert list(treasurer.get(LISTING).context["object_list"]) == [application]
        assert treasurer.get(address("inspect", application)).status_code == 200
        assert shows_iban(treasurer.post(address("unmask", application), {"password": PASSWORD}))
    assert [action for action, _email in looks(application)] == ["member_dues_opened", "bank_data_unmasked"]


@pytest.mark.parametrize("step", ["inspect", "unmask"])
def test_what_led_to_no_membership_is_not_the_treasurers(treasurer: Client, step: str) -> None:
    applications = [create_application(iban=IBAN), create_application(confirmed=False), reject(create_application())]
    for application in applications:
        assert treasurer.get(address(step, application)).status_code == 404
        assert treasurer.post(address(step, application), {"password": PASSWORD}).status_code in (404, 405)
        assert looks(application) == []


def test_the_treasurer_sees_no_application_no_member_and_no_letter(treasurer: Client) -> None:
    application = admitted(iban=IBAN)
    rooms = [reverse(f"membership_{name}:index") for name in ("applications", "members", "letters")]
    pages = [reverse(f"membership_applications:{step}", args=[application.pk]) for step in ("inspect", "paper")]
    for closed in (*rooms, *pages):
        assert treasurer.get(closed).status_code == 403
        assert treasurer.get(closed, {"export": "xlsx"}).status_code == 403
    menu = treasurer.get(reverse("wagtailadmin_home")).content.decode()
    words = ("antraege", "mitglieder", "briefe", "beitraege")
    assert [word for word in words if f"/admin/{word}/" in menu] == ["beitraege"]


@pytest.mark.parametrize(
    ("permission", "board_term"), [("record", False), ("decide", True), ("decide", False), ("", False)]
)
def test_nobody_else_gets_there(client: Client, permission: str, board_term: bool) -> None:
    application = admitted(iban=IBAN)
    client.force_login(create_staff("someone@example.org", permission, board_term=board_term))
    for closed in (LISTING, address("inspect", application), address("unmask", application)):
        assert client.get(closed).status_code == 403
    assert client.post(address("unmask", application), {"password": PASSWORD}).status_code == 403
    assert "/admin/beitraege/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert looks(application) == []


def test_the_iban_shows_after_the_password_once_and_is_logged(treasurer: Client) -> None:
    application = admitted(iban=IBAN)
    page = treasurer.post(address("unmask", application), {"password": PASSWORD})
    assert shows_iban(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert not shows_iban(treasurer.get(address("unmask", application)))
    assert looks(application) == [("bank_data_unmasked", "kasse@example.org")]


@pytest.mark.parametrize("password", ["", "falsch"])
def test_a_wrong_password_shows_nothing_and_is_not_logged(treasurer: Client, password: str) -> None:
    application = admitted(iban=IBAN)
    page = treasurer.post(address("unmask", application), {"password": password})
    assert list(page.context["form"].errors) == ["password"]
    assert not shows_iban(page)
    assert looks(application) == []


def test_guessing_the_password_is_stopped(treasurer: Client) -> None:
    application = admitted(iban=IBAN)
    for _ in range(10):
        treasurer.post(address("unmask", application), {"password": "falsch"})
    assert not shows_iban(treasurer.post(address("unmask", application), {"password": PASSWORD}))
