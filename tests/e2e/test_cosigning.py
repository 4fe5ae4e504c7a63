"""Groups whose five people confirm: online, each in a browser of their own, and on paper beside it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import applying, staff
from tests.e2e.browser import PHONE, assert_accessible, guarded_page
from tests.e2e.running_portal import RunningPortal, links_in

pytestmark = pytest.mark.npm
Opened = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def digital_team(browser: Browser, portal: RunningPortal, team: staff.Team) -> Iterator[staff.Team]:
    """The association's people, while it takes digital confirmations."""
    with guarded_page(browser, portal.url) as page:
        staff.sign_in(page, portal.admin_email, portal.admin_password)
        take_digital_confirmations(page, True)
    yield team
    with guarded_page(browser, portal.url) as page:
        staff.sign_in(page, portal.admin_email, portal.admin_password)
        take_digital_confirmations(page, False)


def admit(open_page: Opened, team: staff.Team, reference: str, name: str) -> None:
    """As office: say that it is ready; as board: vote, and find the new member."""
    with open_page() as desk:
        staff.open_application(desk, team.office, reference)
        staff.mark_ready(desk)
    with open_page() as board:
        staff.open_application(board, team.board, reference)
        staff.vote_yes(board)
        staff.menu(board, "Mitglieder")
        expect(board.get_by_role("row", name=re.compile(name))).to_have_count(1)


def take_digital_confirmations(page: Page, taken: bool) -> None:
    """As administrator: switch digital confirmation on, with the resolution, or off."""
    staff.menu(page, "Einstellungen", "Angaben zum Verein")
    page.locator("[name=accepted_forms][value=digital]").set_checked(taken)
    if taken:
        page.locator("[name=digital_resolution_date]").fill("01.03.2026")
        page.keyboard.press("Escape")
        page.locator("[name=digital_resolution_reference]").fill("VB 2026/14")
    page.get_by_role("button", name="Speichern").last.click()
    expect(page.locator(".messages .success")).to_be_visible()


def address(group: str, number: int) -> str:
    return f"{group}-person{number}@example.org"


def apply(page: Page, portal: RunningPortal, group: str) -> str:
    """Submit a group's application that names five people, confirm it, and return the reference."""
    applying.open_form(page, applying.GROUP)
    applying.fill_group(page, f"Initiative {group}")
    for number in range(1, 6):
        page.locator(f"[name=cosigners_{number}_name]").fill(f"Muster Person {number}")
        page.locator(f"[name=cosigners_{number}_email]").fill(address(group, number))
    contact = f"{group}@example.org"
    applying.declare_and_submit(page, contact)
    applying.confirm(page, portal, contact)
    return page.locator("strong.reference").first.inner_text()


def open_link(page: Page, portal: RunningPortal, group: str, number: int) -> None:
    mail = portal.wait_for_mail(to=address(group, number))
    (link,) = {link for link in links_in(mail) if "/mitunterzeichnen/" in link}
    page.goto(link)


def confirm(page: Page, name: str) -> None:
    page.get_by_label("Ihr Vor- und Nachname").fill(name)
    page.get_by_label("Ich gebe die Erklärung ab").check()
    page.get_by_label("Ich bin volljährig.").check()
    page.get_by_role("button", name="Antrag bestätigen").click()
    expect(page.get_by_role("main")).to_contain_text("Sie haben den Antrag bestätigt.")


def count(page: Page) -> str:
    page.reload()
    return page.locator(".cosigners__count").inner_text()


def test_five_people_confirm_in_five_browsers(
    page: Page, open_page: Opened, portal: RunningPortal, digital_team: staff.Team
) -> None:
    reference = apply(page, portal, "fuenfmal")
    counts = [count(page)]
    for number in range(1, 6):
        with open_page(viewport=PHONE, java_script_enabled=number != 2) as person:
            open_link(person, portal, "fuenfmal", number)
            if number == 1:
                assert_accessible(person)
            confirm(person, f"muster PERSON {number}")
        counts.append(count(page))
    assert counts == [
        "0 Personen von fünf haben bestätigt.",
        "1 Person von fünf hat bestätigt.",
        *(f"{number} Personen von fünf haben bestätigt." for number in (2, 3, 4)),
        "5 Personen haben bestätigt. Fünf sind nötig.",
    ]
    with open_page() as desk:
        staff.open_application(desk, digital_team.office, reference)
        expect(desk.get_by_role("main")).to_contain_text("5 Personen haben bestätigt. Fünf sind nötig.")
        expect(desk.get_by_role("main").get_by_text("digital bestätigt am")).to_have_count(5)
    admit(open_page, digital_team, reference, "Initiative fuenfmal")


def test_paper_and_digital_together(
    page: Page, open_page: Opened, portal: RunningPortal, digital_team: staff.Team
) -> None:
    reference = apply(page, portal, "gemischt")
    with open_page() as person:
        open_link(person, portal, "gemischt", 1)
        confirm(person, "Muster Person 1")
    with open_page() as person:
        open_link(person, portal, "gemischt", 2)
        person.get_by_role("button", name="Ich bestätige nicht").click()
        expect(person.get_by_role("main")).to_contain_text("Sie haben die Bestätigung abgelehnt.")
    with open_page() as desk:
        staff.open_application(desk, digital_team.office, reference)
        desk.get_by_role("link", name="Unterschriften eintragen").click()
        day = desk.evaluate(
            "new Date().toLocaleDateString('de-DE', {day: '2-digit', month: '2-digit', year: 'numeric'})"
        )
        for number in (3, 4, 5, 6):
            desk.locator(f"[name=row{number}-present]").check()
            desk.locator(f"[name=row{number}-name]").fill(f"Muster Person {number}")
            desk.locator(f"[name=row{number}-signed_on]").fill(day)
            desk.keyboard.press("Escape")
        desk.get_by_role("button", name="Eintragen").click()
        expect(desk.get_by_text("Die Unterschriften sind eingetragen.")).to_be_visible()
    assert count(page) == "5 Personen haben bestätigt. Fünf sind nötig."
    page.get_by_role("link", name="Personen einladen, erinnern oder ersetzen").click()
    assert_accessible(page)
    with open_page() as person:
        open_link(person, portal, "gemischt", 3)
        expect(person.get_by_role("main")).to_contain_text("Ihre Unterschrift liegt schon auf Papier vor.")
    admit(open_page, digital_team, reference, "Initiative gemischt")
