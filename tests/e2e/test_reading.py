"""Journeys of visitors: reading and downloading."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.pdf.reading import read_text
from tests.e2e import applying
from tests.e2e.browser import PHONE, assert_accessible

Opened = Callable[..., AbstractContextManager[Page]]
MENU = ["Über uns", "Aktivitäten", "BAG", "Mitglied werden", "Arbeitstreffen", "Aktuelles", "Kontakt"]
FOOTER = ["Kontakt", "Impressum", "Datenschutz", "Barrierefreiheit"]


def open_from_menu(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name=name, exact=True).click()


def test_the_menu_leads_everywhere(page: Page) -> None:
    for name in MENU:
        open_from_menu(page, name)
        expect(page.get_by_role("navigation", name="Hauptmenü").locator("[aria-current=page]")).to_have_text(name)


def test_the_footer_leads_to_what_the_law_asks_for(page: Page) -> None:
    for name in FOOTER:
        page.goto("/")
        footer = page.get_by_role("contentinfo").get_by_role("navigation", name="Rechtliches und Kontakt")
        footer.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_have_text(name)


@pytest.mark.parametrize(
    ("menu", "link", "heading"),
    [
        ("Arbeitstreffen", "Beispiel: Arbeitstreffen im Frühjahr", "Beispiel: Arbeitstreffen im Frühjahr"),
        ("Aktuelles", "Beispiel: Die LAG hat neue Seiten", "Beispiel: Die LAG hat neue Seiten"),
        ("Mitglied werden", "Antrag online ausfüllen", "Aufnahmeantrag"),
        ("Mitglied werden", "Beitrags- und Finanzordnung", "Beitrags- und Finanzordnung"),
    ],
)
def test_pages_lead_to_those_below(page: Page, menu: str, link: str, heading: str) -> None:
    open_from_menu(page, menu)
    page.get_by_role("main").get_by_role("link", name=link).first.click()
    expect(page.locator("h1")).to_have_text(heading)


@pytest.mark.npm
@pytest.mark.parametrize("query", ["Quatiersmanagement", ""])
def test_the_search_is_accessible_when_it_asks_back(page: Page, query: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").first.fill(query)
    page.get_by_role("button", name="Suchen").first.click()
    assert_accessible(page)


def test_a_missing_page_leads_home(page: Page) -> None:
    page.goto("/gibt-es-nicht/")
    page.get_by_role("link", name="Zur Startseite").click()
    expect(page.locator("h1")).to_have_text("Gemeinsam für Stadtteile in Sachsen")


@pytest.mark.parametrize(
    ("menu", "link", "first_words"),
    [
        ("Mitglied werden", "Aufnahmeantrag", "Aufnahmeantrag"),
        ("Mitglied werden", "Beitrags- und Finanzordnung PDF", "Beitrags- und Finanzordnung"),
        ("Mitglied werden", "Satzung", "Satzung (Muster)"),
        ("BAG", "Empfehlungen_BAG_Verstetigung.pdf", "Platzhalter"),
    ],
)
def test_downloads(page: Page, tmp_path: Path, menu: str, link: str, first_words: str) -> None:
    open_from_menu(page, menu)
    if link == "Aufnahmeantrag":
        name: str | re.Pattern[str] = re.compile("^Aufnahmeantrag.*PDF", re.DOTALL)
    else:
        name = re.compile(re.escape(link).replace(r"\ ", r"\s+"))
    text = " ".join(read_text(applying.download(page, name, tmp_path)).split())
    assert first_words in text


def test_the_whole_menu_works_on_a_phone(open_page: Opened) -> None:
    with open_page(viewport=PHONE) as page:
        page.goto("/")
        page.get_by_role("button", name="Menü", exact=True).click()
        page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Über uns").click()
        expect(page.locator("h1")).to_have_text("Über uns")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.npm
def test_the_calculator_works_by_address_alone(page: Page) -> None:
    open_from_menu(page, "Mitglied werden")
    page.get_by_role("main").get_by_role("link", name="Beitrags- und Finanzordnung").first.click()
    page.get_by_label("Wer tritt bei?").select_option(label="natürliche Person")
    page.get_by_label("Art der Mitgliedschaft").select_option(label="ordentliche Mitgliedschaft")
    page.get_by_label("Tag der Aufnahme").fill("15.07.2027")
    page.get_by_role("button", name="Beitrag berechnen").click()
    address = page.url
    page.goto(address)
    assert_accessible(page)
