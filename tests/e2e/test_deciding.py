"""The way of an application through office and board."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import applying, staff
from tests.e2e.browser import guarded_page
from tests.e2e.running_portal import RunningPortal

Opened = Callable[..., AbstractContextManager[Page]]


class Team(NamedTuple):
    """The addresses of those who were invited."""

    office: str
    board: str
    editor: str


@pytest.fixture(scope="module")
def team(browser: Browser, portal: RunningPortal) -> Team:
    """Office, board (with a running term) and editor, invited by the administrator and signed up by themselves."""
    people = Team("buero-probe@example.org", "vorstand-probe@example.org", "redaktion-probe@example.org")
    with guarded_page(browser, portal.url) as page:
        staff.sign_in(page, portal.admin_email, portal.admin_password)
        staff.invite(page, people.office, "Büromuster", "Geschäftsstelle")
        staff.invite(page, people.board, "Vorstandsmuster", "Vorstand")
        staff.invite(page, people.editor, "Redaktionsmuster", "Redaktion")
        staff.start_board_term(page, "Vorstandsmuster Muster")
    for email in people:
        staff.accept_invitation(browser, portal, email)
    return people


def apply(page: Page, portal: RunningPortal, email: str, *, group: bool = False) -> str:
    """Submit and confirm an application; return its reference."""
    applying.open_form(page, applying.GROUP if group else applying.NATURAL)
    if group:
        applying.fill_group(page, "Initiative Beispielplatz")
    else:
        applying.fill_natural_person(page, "Entscheidung")
    applying.declare_and_submit(page, email)
    applying.confirm(page, portal, email)
    return page.locator("strong.reference").first.inner_text()


def open_application(page: Page, email: str, reference: str) -> None:
    staff.sign_in(page, email)
    staff.menu(page, "Aufnahmeanträge")
    page.get_by_role("link", name=reference).click()


def record_original(page: Page) -> None:
    page.get_by_role("link", name="Eingang eintragen").click()
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Der Eingang ist eingetragen.")).to_be_visible()


def mark_ready(page: Page) -> None:
    page.get_by_role("link", name="Beschlussreif", exact=True).click()
    page.get_by_role("button", name="Als beschlussreif eintragen").click()
    expect(page.get_by_text("Der Antrag ist beschlussreif. Der Vorstand bekommt einen Hinweis.")).to_be_visible()


def test_office_prepares_and_board_votes(page: Page, open_page: Opened, portal: RunningPortal, team: Team) -> None:
    reference = apply(page, portal, "angenommen@example.org")
    with open_page() as office:
        open_application(office, team.office, reference)
        expect(office.get_by_role("main")).to_contain_text("Beispielweg 3")
        expect(office.get_by_role("link", name="Abstimmung eröffnen")).to_have_count(0)
        record_original(office)
        mark_ready(office)
        expect(office.get_by_role("link", name="Abstimmung eröffnen")).to_have_count(0)
    with open_page() as board:
        open_application(board, team.board, reference)
        board.get_by_role("link", name="Abstimmung eröffnen").click()
        board.get_by_role("button", name="Abstimmung eröffnen").click()
        board.get_by_role("link", name="Abstimmen", exact=True).click()
        board.get_by_label("Ja", exact=True).check()
        board.get_by_role("button", name="Stimme abgeben").click()
        expect(board.get_by_text("Der Antrag ist angenommen.")).to_be_visible()
        expect(board.get_by_role("main")).to_contain_text("Mitglied Nummer")


def test_a_group_is_ready_only_with_five_rows(page: Page, open_page: Opened, portal: RunningPortal, team: Team) -> None:
    reference = apply(page, portal, "gruppe@example.org", group=True)
    with open_page() as office:
        open_application(office, team.office, reference)
        record_original(office)
        expect(office.get_by_role("main")).to_contain_text("Es fehlen 5 der fünf Unterschriften.")
        expect(office.get_by_role("link", name="Beschlussreif", exact=True)).to_have_count(0)
        office.get_by_role("link", name="Unterschriften eintragen").click()
        day = office.evaluate(
            "new Date().toLocaleDateString('de-DE', {day: '2-digit', month: '2-digit', year: 'numeric'})"
        )
        for number in range(1, 6):
            office.locator(f"[name=row{number}-present]").check()
            office.locator(f"[name=row{number}-name]").fill(f"Muster Person {number}")
            office.locator(f"[name=row{number}-signed_on]").fill(day)
            office.keyboard.press("Escape")
        office.get_by_role("button", name="Eintragen").click()
        expect(office.get_by_text("Die Unterschriften sind eingetragen.")).to_be_visible()
        mark_ready(office)


def test_a_meeting_rejects_and_takes_it_back(page: Page, open_page: Opened, portal: RunningPortal, team: Team) -> None:
    reference = apply(page, portal, "abgelehnt@example.org")
    with open_page() as office:
        open_application(office, team.office, reference)
        record_original(office)
        mark_ready(office)
    with open_page() as board:
        open_application(board, team.board, reference)
        board.get_by_role("link", name="Beschluss einer Sitzung eintragen").click()
        board.locator("[name=present]").first.check()
        board.locator("[name=no]").fill("1")
        board.locator("[name=protocol_reference]").fill("Musterprotokoll, TOP 4")
        board.get_by_role("button", name="Beschluss eintragen").click()
        expect(board.get_by_text("Der Antrag ist abgelehnt.")).to_be_visible()
        board.get_by_role("link", name="Entscheidung rückgängig machen").click()
        board.get_by_role("button", name="Rückgängig machen").click()
        expect(board.get_by_text("Die Entscheidung ist rückgängig gemacht.")).to_be_visible()


def test_editors_see_nothing_of_membership(page: Page, portal: RunningPortal, team: Team) -> None:
    staff.sign_in(page, team.editor)
    expect(page.get_by_role("link", name="Aufnahmeanträge")).to_have_count(0)
    response = page.goto("/admin/antraege/")
    assert response is not None
    assert response.status == 403


def test_an_editor_changes_a_sentence_and_sees_it_at_once(
    page: Page, open_page: Opened, portal: RunningPortal, team: Team
) -> None:
    sentence = "Dieser Satz ist ein Beispiel aus einer Probe."
    with open_page() as editor:
        staff.sign_in(editor, team.editor)
        editor.locator("main input[name=q]").fill("Über uns")
        editor.keyboard.press("Enter")
        editor.get_by_role("link", name=re.compile("Über uns")).first.click()
        editor.locator("[name=intro]").fill(sentence)
        editor.get_by_role("button", name="Vorschau ein-/ausblenden").or_(
            editor.locator("[data-side-panel-toggle=preview]")
        ).first.click()
        frame = editor.frame_locator("iframe.w-preview__iframe, #w-preview-iframe, iframe[title*=Vorschau]").first
        expect(frame.get_by_text(sentence).first).to_be_visible(timeout=15_000)
        editor.get_by_role("button", name="Weitere Aktionen").or_(
            editor.locator("footer [data-w-dropdown-target=toggle], .footer [data-w-dropdown-target=toggle]")
        ).first.click()
        editor.get_by_role("button", name="Veröffentlichen").first.click()
        editor.wait_for_load_state()
    page.goto("/")
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Über uns").click()
    expect(page.get_by_role("main")).to_contain_text(sentence)
