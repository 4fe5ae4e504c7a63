"""What an applicant does, step by step, from the home page."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.running_portal import RunningPortal, links_in

NATURAL, LEGAL, GROUP = "natürliche Person", "juristische Person", "nichtrechtsfähiger Zusammenschluss"
SUBMIT = "Aufnahmeantrag verbindlich stellen"


def open_form(page: Page, kind: str, membership: str = "ordentliche Mitgliedschaft") -> None:
    """Go from the home page to the form of one kind of applicant."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Mitglied werden").first.click()
    page.get_by_role("link", name="Antrag online ausfüllen").first.click()
    page.get_by_label(re.compile(f"^{kind}")).check()
    page.get_by_label(membership).check()
    page.get_by_role("button", name="Weiter zum Antrag").click()


def go_on(page: Page) -> None:
    """Press the button that leads to the next page of the form."""
    page.get_by_role("button", name=re.compile("^Weiter zu")).click()


def fill_address(page: Page) -> None:
    page.locator("[name=street]").fill("Beispielweg 3")
    page.locator("[name=postcode]").fill("01067")
    page.locator("[name=city]").fill("Dresden")


def fill_natural_person(page: Page, name: str) -> None:
    page.get_by_label("Vorname", exact=True).fill("Muster")
    page.get_by_label("Nachname", exact=True).fill(name)
    page.get_by_role("group", name="Sind Sie volljährig?").get_by_label("Ja").check()
    go_on(page)
    fill_address(page)


def fill_legal_person(page: Page, name: str) -> None:
    page.get_by_label("Vollständiger Name").fill(name)
    page.get_by_label("Rechtsform").fill("gGmbH")
    page.get_by_label("in ein Register eingetragen", exact=True).check()
    page.get_by_label("Registergericht").fill("Amtsgericht Musterstadt")
    page.get_by_label("Registernummer").fill("HRB 1")
    go_on(page)
    fill_address(page)
    for number, person in enumerate(("Muster Eins", "Muster Zwei"), start=1):
        page.locator(f"[name=signatories_{number}_name]").fill(person)
        page.locator(f"[name=signatories_{number}_function]").fill("Geschäftsführung")
    page.get_by_label("Die genannten Personen unterschreiben gemeinsam.").check()


def fill_group(page: Page, name: str) -> None:
    page.get_by_label("Name des Zusammenschlusses").fill(name)
    page.get_by_label("Zweck und Arbeitsfeld").fill("Nachbarschaft im Musterviertel")
    go_on(page)
    page.get_by_label("Vor- und Nachname der Kontaktperson").fill("Muster Kontakt")
    fill_address(page)


def declare(page: Page, email: str, *, own_amount: str = "") -> None:
    """Fill in what all kinds are asked, to the last page's button."""
    page.locator("[name=email]").fill(email)
    go_on(page)
    page.locator("[name=dues_order_read]").check()
    if own_amount:
        page.locator("[name=own_amount]").fill(own_amount)
    go_on(page)
    page.locator("[name=accepts_statutes]").check()


def declare_and_submit(page: Page, email: str, *, own_amount: str = "") -> None:
    """Fill in what all kinds are asked, and submit; ends on the receipt."""
    declare(page, email, own_amount=own_amount)
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Antrag ist gespeichert")


def confirm(page: Page, portal: RunningPortal, email: str, number: int = 1) -> None:
    """Open the link of the confirmation mail and press its button; ends on the page with the paper."""
    page.goto(confirmation_link(portal, email, number))
    page.get_by_role("button", name="E-Mail-Adresse bestätigen").click()


def confirmation_link(portal: RunningPortal, email: str, number: int = 1) -> str:
    """Return the link of the confirmation mail."""
    (link,) = [link for link in links_in(portal.wait_for_mail(to=email, number=number)) if "/bestaetigen/" in link]
    return link


def download(page: Page, link: str | re.Pattern[str], folder: Path) -> bytes:
    """Click a download link in the main part and return the file."""
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("link", name=link).first.click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target.read_bytes()
