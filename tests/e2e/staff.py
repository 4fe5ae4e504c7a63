"""What the association's people do in the admin, step by step from the home page."""

import re
from typing import NamedTuple

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import guarded_page
from tests.e2e.running_portal import RunningPortal, links_in
from tests.e2e.second_factor import finish_sign_in

PASSWORD = "drei lange Musterwörter"


class Team(NamedTuple):
    """The addresses of those who were invited."""

    office: str
    board: str
    editor: str


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Go from the home page to the dashboard."""
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Anmelden").click()
    finish_sign_in(page, email, password)


def menu(page: Page, *names: str) -> None:
    """Open an entry of the admin's menu, given with the entries above it."""
    sidebar = page.get_by_role("navigation", name="Seitenleiste").or_(page.locator(".sidebar")).first
    for name in names[:-1]:
        sidebar.get_by_role("button", name=name, exact=True).click()
    sidebar.get_by_role("link", name=names[-1], exact=True).click()
    page.wait_for_load_state()


def invite(page: Page, email: str, first_name: str, role: str) -> None:
    """As administrator: let somebody in."""
    menu(page, "Einstellungen", "Personen mit Zugang")
    page.get_by_role("link", name="Person einladen").first.click()
    page.locator("[name=email]").fill(email)
    page.locator("[name=first_name]").fill(first_name)
    page.locator("[name=last_name]").fill("Muster")
    page.get_by_role("tab", name=re.compile("Aufgaben|Rollen|Gruppen")).first.click()
    page.get_by_label(role, exact=True).check()
    page.get_by_role("button", name=re.compile("hinzufügen|einladen|anlegen|Speichern", re.IGNORECASE)).last.click()
    expect(page.get_by_text("die Einladung geht per E-Mail hinaus")).to_be_visible()


def start_board_term(page: Page, name: str) -> None:
    """As administrator: enter that somebody sits on the board."""
    menu(page, "Verein", "Amtszeiten")
    page.get_by_role("link", name=re.compile("hinzufügen|anlegen|Neue", re.IGNORECASE)).first.click()
    page.locator("select[name=user]").select_option(label=name)
    page.locator("[name=function]").fill("Muster-Vorsitz")
    page.locator("[name=starts_on]").fill("01.01.2026")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("Erstellen|Speichern")).last.click()
    expect(page.locator(".messages .success")).to_be_visible()


def accept_invitation(browser: Browser, portal: RunningPortal, email: str) -> None:
    """As the person invited: open the mail's link and choose a password."""
    (link,) = [link for link in links_in(portal.wait_for_mail(to=email)) if "/einladung/" in link]
    with guarded_page(browser, portal.url) as page:
        page.goto(link)
        page.locator("[name=new_password1]").fill(PASSWORD)
        page.locator("[name=new_password2]").fill(PASSWORD)
        page.get_by_role("button", name="Passwort speichern").click()
        page.wait_for_load_state()


def open_application(page: Page, email: str, reference: str) -> None:
    """Sign in and open an application from the list."""
    sign_in(page, email)
    menu(page, "Aufnahmeanträge")
    page.get_by_role("link", name=reference).click()


def mark_ready(page: Page) -> None:
    """As office: say on the application's page that the board can decide."""
    page.get_by_role("link", name="Beschlussreif", exact=True).click()
    page.get_by_role("button", name="Als beschlussreif eintragen").click()
    expect(page.get_by_text("Der Antrag ist beschlussreif. Der Vorstand bekommt einen Hinweis.")).to_be_visible()


def vote_yes(page: Page) -> None:
    """As the only member of the board: open the vote on the application's page and decide it."""
    page.get_by_role("link", name="Abstimmung eröffnen").click()
    page.get_by_role("button", name="Abstimmung eröffnen").click()
    page.get_by_role("link", name="Abstimmen", exact=True).click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Stimme abgeben").click()
    expect(page.get_by_text("Der Antrag ist angenommen.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Mitglied Nummer")
