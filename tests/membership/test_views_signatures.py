"""The contact person's page: the live count, and the steps with each of the five."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from membership import links
from membership.domain import decline_cosignature, record_signature, withdraw_application
from membership.models import Application
from tests.factories.decisions import reject, told
from tests.factories.membership import GROUP, create_application, create_user
from tests.factories.signatures import (
    confirm,
    create_digital_group,
    move,
    ready_on_paper,
    reject_waiting,
    row_of,
    switch_digital,
)

pytestmark = pytest.mark.django_db


def path_of(application: Application) -> str:
    return f"{links.path(application, links.STATUS)}mitunterzeichnende/"


def flat(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def count_of(response) -> str:
    (found,) = re.findall(r'<p class="cosigners__count[^>]*>(.*?)</p>', response.content.decode())
    return found


def buttons_of(response) -> list[str]:
    return re.findall(r'name="aktion"\s+value="(\w+)"', response.content.decode())


def test_the_status_page_counts_and_names_who_has_confirmed(client: Client, time_machine) -> None:
    application = create_digital_group()
    confirm(application, 1)
    decline_cosignature(row_of(application, 2), generation=1)
    today = timezone.localdate()
    record_signature(application, position=3, present=True, name="Cem Drei", signed_on=today, recorded_by=create_user())
    move(row_of(application, 4), days=15)
    response = client.get(links.path(application, links.STATUS))
    assert count_of(response) == "2 Personen von fünf haben bestätigt."
    standings = re.findall(r"cosigner__standing--(\w+)", response.content.decode())
    assert standings == ["confirmed", "declined", "signed", "expired", "invited"]
    assert path_of(application) in response.content.decode()
    assert "anna@example.org" not in response.content.decode()


def test_who_applies_alone_has_no_such_part(client: Client) -> None:
    application = create_application()
    assert "cosigners" not in client.get(links.path(application, links.STATUS)).content.decode()
    assert client.get(path_of(application)).status_code == 404


def test_on_paper_alone_there_is_a_count_and_nothing_to_invite(client: Client) -> None:
    application = create_application(GROUP)
    response = client.get(links.path(application, links.STATUS))
    assert count_of(response) == "0 Personen von fünf haben bestätigt."
    assert f'href="{path_of(application)}"' not in response.content.decode()
    assert buttons_of(client.get(path_of(application))) == []


def test_the_page_offers_what_is_possible(client: Client) -> None:
    application = create_digital_group()
    confirm(application, 1)
    decline_cosignature(row_of(application, 2), generation=1)
    offered = buttons_of(client.get(path_of(application)))
    open_row = ["erneut", "zuruecknehmen", "ersetzen"]
    assert offered == ["erneut", "ersetzen", *open_row, *open_row, *open_row, "ergaenzen"]
    told(reject_waiting(application))
    assert buttons_of(client.get(path_of(application))) == []


@pytest.mark.parametrize(
    ("data", "standing", "sentence"),
    [
        ({"aktion": "erneut"}, "invited", "Wir schicken dieser Person eine E-Mail mit einem neuen Link."),
        ({"aktion": "zuruecknehmen"}, "revoked", "Die Einladung ist zurückgenommen."),
        (
            {"aktion": "ersetzen", "zeile1-name": "Ina Neu", "zeile1-email": "ina@example.org"},
            "invited",
            "Der Eintrag ist geändert.",
        ),
    ],
)
def test_steps_with_one_person(client: Client, data, standing: str, sentence: str) -> None:
    application = create_digital_group()
    response = client.post(path_of(application), {"zeile": "1", **data}, follow=True)
    assert response.redirect_chain == [(f"{path_of(application)}?{data['aktion']}=1", 302)]
    row = row_of(application, 1)
    assert (str(row.standing), row.name) == (standing, data.get("zeile1-name", "Anna Eins"))
    assert sentence in flat(response)


def test_a_sixth_person_is_added(client: Client) -> None:
    application = create_digital_group()
    data = {"aktion": "ergaenzen", "ergaenzen-name": "Ina Neu", "ergaenzen-email": "ina@example.org"}
    assert client.post(path_of(application), data).status_code == 302
    row = row_of(application, 6)
    assert (row.name, row.email, str(row.standing)) == ("Ina Neu", "ina@example.org", "invited")


@pytest.mark.parametrize(
    ("name", "email", "sentence"),
    [
        ("", "ina@example.org", "Bitte füllen Sie dieses Feld aus."),
        ("Ina Neu", "ina@", "Bitte geben Sie eine vollständige E-Mail-Adresse ein"),
        ("ANNA  EINS", "ina@example.org", "Diese Person steht schon in Zeile 1."),
        ("Ina Neu", "ANNA@example.org", "Diese E-Mail-Adresse steht schon in Zeile 1."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: Client, name: str, email: str, sentence: str) -> None:
    application = create_digital_group()
    data = {"aktion": "ergaenzen", "ergaenzen-name": name, "ergaenzen-email": email, "ergaenzen-function": "Kasse"}
    response = client.post(path_of(application), data)
    assert (response.status_code, application.cosignatures.count()) == (200, 5)
    assert sentence in flat(response)
    assert [f'value="{typed}"' in response.content.decode() for typed in (email, "Kasse")] == [True, True]


def test_a_wrong_replacement_stays_open_and_filled_in(client: Client) -> None:
    application = create_digital_group()
    data = {"aktion": "ersetzen", "zeile": "2", "zeile2-name": "Anna Eins", "zeile2-email": "neu@example.org"}
    page = client.post(path_of(application), data).content.decode()
    assert re.findall(r'<details class="cosigner__replace"( open)?', page) == ["", " open", "", "", ""]
    assert 'value="neu@example.org"' in page
    assert row_of(application, 2).name == "Ben Zwei"


@pytest.mark.parametrize(
    "data",
    [{"aktion": "erneut"}, {"aktion": "erneut", "zeile": "9"}, {"aktion": "löschen", "zeile": "1"}, {"zeile": "x"}],
)
def test_steps_that_do_not_exist(client: Client, data) -> None:
    assert client.post(path_of(create_digital_group()), data).status_code == 404


def test_a_refused_step_says_why(client: Client) -> None:
    application = create_digital_group()
    switch_digital(on=False)
    response = client.post(path_of(application), {"aktion": "erneut", "zeile": "1"})
    assert "Der Verein nimmt Bestätigungen zurzeit nur auf Papier an." in flat(response)


def test_a_form_of_another_site_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    application = create_digital_group()
    response = client.post(path_of(application), {"aktion": "zuruecknehmen", "zeile": "1"})
    assert "Bitte schicken Sie es noch einmal ab." in flat(response)
    assert str(row_of(application, 1).standing) == "invited"


def test_the_list_costs_the_same_with_one_and_with_seven(client: Client) -> None:
    few, many = create_digital_group(1), create_digital_group(7)
    counts = []
    client.get(links.path(few, links.STATUS))  # what every page shows is read once
    for application in (few, many):
        with CaptureQueriesContext(connection) as seen:
            client.get(links.path(application, links.STATUS))
        counts.append(len(seen))
    assert counts[0] == counts[1]


# -- the live count


def live_of(response) -> tuple[list[str], bool]:
    """Where the page asks for the count, and whether it brings the script that does."""
    html = response.content.decode()
    return re.findall(r'role="status" data-live-count="([^"]+)"', html), "js/live-count.js" in html


def test_the_status_page_asks_for_the_count_while_somebody_is_missing(client: Client) -> None:
    application = create_digital_group()
    status, count = links.path(application, links.STATUS), f"{path_of(application)}stand/"
    confirm(application, 1, 2, 3, 4)
    assert live_of(client.get(status)) == ([count], True)
    assert client.get(count).json() == {"sentence": "4 Personen von fünf haben bestätigt.", "missing": True}
    confirm(application, 5)
    expected = {"sentence": "5 Personen haben bestätigt. Fünf sind nötig.", "missing": False}
    assert client.get(count).json() == expected
    assert live_of(client.get(status)) == ([], False)


def test_a_closed_application_has_a_count_that_stays(client: Client) -> None:
    application = create_digital_group()
    withdraw_application(application)
    assert client.get(f"{path_of(application)}stand/").json()["missing"] is False
    assert live_of(client.get(links.path(application, links.STATUS))) == ([], False)


def test_the_count_is_private_tells_no_name_and_sets_no_cookie(client: Client) -> None:
    application = create_digital_group()
    confirm(application, 1)
    response = client.get(f"{path_of(application)}stand/")
    headers = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag", "Content-Type")
    assert [response[name] for name in headers] == [
        "no-store, private",
        "no-referrer",
        "noindex, nofollow, noarchive",
        "application/json",
    ]
    assert (sorted(response.json()), list(response.cookies)) == (["missing", "sentence"], [])
    assert client.post(f"{path_of(application)}stand/").status_code == 405


def test_the_count_is_at_the_groups_own_link_alone(client: Client) -> None:
    application = create_digital_group()
    path = path_of(application)
    altered = path.replace("/mitunterzeichnende/", "x/mitunterzeichnende/")
    unconfirmed = path_of(create_digital_group(confirmed=False))
    alone = path_of(create_application())
    assert [client.get(f"{each}stand/").status_code for each in (altered, unconfirmed, alone)] == [404] * 3


def test_the_count_tells_nothing_of_a_fresh_decision(client: Client) -> None:
    application = create_digital_group()
    confirm(application, 1)
    ready_on_paper(application)
    count = f"{path_of(application)}stand/"
    before = client.get(count).json()
    reject(application)
    assert client.get(count).json() == before


def test_the_script_is_small() -> None:
    assert (settings.BASE_DIR / "portal/static/js/live-count.js").stat().st_size <= 1024
