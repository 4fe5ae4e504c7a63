"""Journeys of applicants: from the home page to the paper to sign."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.pdf.reading import read_pages, read_text
from tests.e2e import applying, proofs
from tests.e2e.browser import PHONE, assert_accessible
from tests.e2e.running_portal import RunningPortal, links_in, text_of

Opened = Callable[..., AbstractContextManager[Page]]
FILLINGS = {
    applying.NATURAL: (applying.fill_natural_person, "Beispielperson"),
    applying.LEGAL: (applying.fill_legal_person, "Beispiel gGmbH"),
    applying.GROUP: (applying.fill_group, "Initiative Musterviertel"),
}


@pytest.mark.parametrize("membership", ["ordentliche Mitgliedschaft", "Fördermitgliedschaft"])
@pytest.mark.parametrize("kind", list(FILLINGS))
def test_from_the_home_page_to_the_paper(
    page: Page, portal: RunningPortal, tmp_path: Path, kind: str, membership: str
) -> None:
    fill, name = FILLINGS[kind]
    email = f"muster-{list(FILLINGS).index(kind)}-{membership[0].lower()}@example.org"
    applying.open_form(page, kind, membership)
    fill(page, name)
    amount = "60,00" if membership == "Fördermitgliedschaft" else ""
    applying.declare_and_submit(page, email, own_amount=amount)
    applying.confirm(page, portal, email)
    paper = applying.download(page, re.compile("Aufnahmeantrag"), tmp_path)
    text = " ".join(read_text(paper).split())
    assert f"({kind}) beantragt die {membership}" in text
    assert name in text
    assert ("Fünf Unterschriften" in text) == (kind == applying.GROUP)
    lines = re.findall(r"Vertretungsberechtigt: (Muster \w+), Geschäftsführung", text)
    assert lines == (["Muster Eins", "Muster Zwei"] if kind == applying.LEGAL else [])
    assert ("60,00 € im Jahr" in text) or membership != "Fördermitgliedschaft"


def test_a_group_gets_five_numbered_rows_on_page_two(page: Page, portal: RunningPortal, tmp_path: Path) -> None:
    applying.open_form(page, applying.GROUP)
    applying.fill_group(page, "Netzwerk Beispielhof")
    applying.declare(page, "fuenf@example.org")
    expect(page.get_by_role("main")).to_contain_text("§ 54")
    page.get_by_role("button", name=applying.SUBMIT).click()
    applying.confirm(page, portal, "fuenf@example.org")
    second = " ".join(read_pages(applying.download(page, re.compile("Aufnahmeantrag"), tmp_path))[1].split())
    table = second[second.index("Nr. ") : second.index("Jede Person unterschreibt einmal")]
    assert re.findall(r"\b\d\b", table) == ["1", "2", "3", "4", "5"]


def test_on_a_phone_without_javascript(open_page: Opened, portal: RunningPortal, tmp_path: Path) -> None:
    with open_page(viewport=PHONE, java_script_enabled=False) as page:
        applying.open_form(page, applying.LEGAL)
        applying.fill_legal_person(page, "Muster Stiftung")
        page.get_by_role("button", name="Weitere Zeile").click()
        expect(page.locator("[name=street]")).to_have_value("Beispielweg 3")
        page.locator("[name=signatories_3_name]").fill("Muster Drei")
        page.locator("[name=signatories_3_function]").fill("Kuratorium")
        applying.declare_and_submit(page, "ohne-skript@example.org")
        applying.confirm(page, portal, "ohne-skript@example.org")
        text = " ".join(read_text(applying.download(page, re.compile("Aufnahmeantrag"), tmp_path)).split())
    assert "Vertretungsberechtigt: Muster Drei, Kuratorium" in text


@pytest.mark.npm
def test_mistakes_are_named_and_nothing_is_lost(page: Page) -> None:
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Fehler")
    page.locator("[name=postcode]").fill("1067")
    page.locator("[name=email]").fill("a@b")
    applying.go_on(page)
    summary = page.get_by_role("alert").first
    expect(summary).to_be_focused()
    assert_accessible(page)
    summary.get_by_role("link", name=re.compile("Postleitzahl")).click()
    expect(page.locator("[name=postcode]")).to_be_focused()
    expect(page.locator("[name=postcode]")).to_have_value("1067")
    expect(page.locator("[name=email]")).to_have_value("a@b")


@pytest.mark.npm
@pytest.mark.parametrize("kind", list(FILLINGS))
def test_every_step_is_for_everybody_with_and_without_mistakes(page: Page, kind: str) -> None:
    found: dict[str, object] = {}

    def look_then_go_on_too_early() -> None:
        """Look at the step as it stands; leave something out, and look at what it says then."""
        step = page.locator("[aria-current=step]").inner_text()
        found[step] = proofs.findings_in_every_look(page)
        page.locator("#antrag .form-actions .button:not(.button--secondary)").click()
        expect(page).to_have_title(re.compile("^Fehler:"))
        found[f"{step} with mistakes"] = proofs.findings_in_every_look(page)

    fill, name = FILLINGS[kind]
    applying.open_form(page, kind)
    look_then_go_on_too_early()
    fill(page, name)
    look_then_go_on_too_early()
    page.locator("[name=email]").fill("schritte@example.org")
    applying.go_on(page)
    look_then_go_on_too_early()
    page.locator("[name=dues_order_read]").check()
    applying.go_on(page)
    look_then_go_on_too_early()
    steps = ("Wer", "Angaben", "Beitrag", "Prüfen")
    assert found == {f"{step}{state}": [] for step in steps for state in ("", " with mistakes")}


def test_a_mistyped_address_is_corrected_once(page: Page, portal: RunningPortal) -> None:
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Tippfehler")
    applying.declare_and_submit(page, "falsch@example.org")
    # Corrected before it is sent, the mail to the wrong address would never go out.
    first = portal.wait_for_mail(to="falsch@example.org")
    page.get_by_label("E-Mail-Adresse").fill("richtig@example.org")
    page.get_by_role("button", name="Berichtigen und neu senden").click()
    applying.confirm(page, portal, "richtig@example.org")
    assert "Tippfehler" not in str(first["Subject"])


def test_the_second_click_leads_to_the_same_application(page: Page, portal: RunningPortal) -> None:
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Doppelt")
    applying.declare(page, "doppelt@example.org")
    page.get_by_role("button", name=applying.SUBMIT).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Antrag ist gespeichert")
    applying.confirm(page, portal, "doppelt@example.org")
    subjects = [str(mail["Subject"]) for mail in portal.mails(to="doppelt@example.org")]
    assert len([subject for subject in subjects if "bestätigen" in subject.lower()]) == 1


def test_the_mail_names_nothing_but_what_is_needed(page: Page, portal: RunningPortal) -> None:
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Sparsam")
    applying.declare_and_submit(page, "sparsam@example.org")
    applying.confirm(page, portal, "sparsam@example.org")
    notices = [text_of(mail) for mail in portal.mails() if "example.org" not in str(mail["To"])]
    assert [text for text in notices if "Sparsam" in text] == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
        assert not proofs.badly_focused(page)
    raise AssertionError(f"the Tab key does not reach {selector}")


def test_with_the_keyboard_alone(page: Page, portal: RunningPortal, tmp_path: Path) -> None:
    def write(name: str, text: str) -> None:
        tab_to(page, f"[name={name}]")
        page.keyboard.type(text)

    def choose(name: str) -> None:
        tab_to(page, f"[name={name}]")
        page.keyboard.press("Space")

    def press_button() -> None:
        tab_to(page, "#antrag .form-actions .button:not(.button--secondary)")
        page.keyboard.press("Enter")

    def arrives_at(step: str) -> None:
        expect(page.get_by_role("navigation", name="Schritte").locator("[aria-current]")).to_have_text(step)

    page.goto("/mitglied-werden/antrag/")
    choose("art")
    choose("mitgliedschaft")
    page.keyboard.press("Enter")
    arrives_at("Wer")
    write("first_name", "Muster")
    write("last_name", "Tastatur")
    choose("of_full_age")
    press_button()
    arrives_at("Angaben")
    write("street", "Beispielweg 3")
    write("postcode", "01067")
    write("city", "Dresden")
    write("email", "tastatur@example.org")
    # The Enter key leads on, too.
    page.keyboard.press("Enter")
    arrives_at("Beitrag")
    choose("dues_order_read")
    press_button()
    arrives_at("Prüfen")
    expect(page.get_by_role("main")).to_contain_text("Tastatur")
    choose("accepts_statutes")
    press_button()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Antrag ist gespeichert")
    page.goto(applying.confirmation_link(portal, "tastatur@example.org"))
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Aufnahmeantrag")
    tab_to(page, "main a[href$='/aufnahmeantrag.pdf']")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "antrag.pdf")
    assert "Muster Tastatur" in " ".join(read_text((tmp_path / "antrag.pdf").read_bytes()).split())


def test_a_draft_is_resumed_from_its_mail_in_another_browser(
    page: Page, open_page: Opened, portal: RunningPortal
) -> None:
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Später")
    page.get_by_role("button", name="Später weitermachen").click()
    page.get_by_label("Ihre E-Mail-Adresse").fill("spaeter@example.org")
    page.get_by_role("button", name="Link schicken").click()
    (link,) = [each for each in links_in(portal.wait_for_mail(to="spaeter@example.org")) if "/entwurf/" in each]
    with open_page(viewport=PHONE) as other:
        other.goto(link)
        expect(other.locator("[name=street]")).to_have_value("Beispielweg 3")
        other.get_by_role("button", name="Wer", exact=True).click()
        expect(other.get_by_label("Nachname", exact=True)).to_have_value("Später")
        applying.go_on(other)
        applying.declare_and_submit(other, "spaeter@example.org")
    response = page.goto(link)
    assert response is not None
    assert response.status == 410
    expect(page.get_by_role("main")).to_contain_text("Dieser Antrag ist schon abgeschickt")


@pytest.mark.npm
def test_corrected_and_then_withdrawn(page: Page, portal: RunningPortal) -> None:
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Rückzug")
    applying.declare_and_submit(page, "rueckzug@example.org")
    applying.confirm(page, portal, "rueckzug@example.org")
    page.get_by_role("link", name="Angaben berichtigen").click()
    page.get_by_role("button", name="Formular öffnen").click()
    applying.go_on(page)
    page.locator("[name=city]").fill("Leipzig")
    applying.go_on(page)
    applying.go_on(page)
    page.get_by_role("button", name="Berichtigung speichern").click()
    expect(page.get_by_role("status").first).to_have_text("Die neuen Angaben sind gespeichert.")
    assert_accessible(page)
    page.get_by_role("link", name="Antrag zurückziehen").click()
    page.get_by_role("button", name="Antrag zurückziehen").click()
    expect(page.get_by_role("main")).to_contain_text("Sie haben den Antrag zurückgezogen.")
    subjects = [str(portal.wait_for_mail(to="rueckzug@example.org", number=n)["Subject"]) for n in (2, 3, 4)]
    assert [word for word in ("ist bei uns", "berichtigt", "zurückgezogen") if word not in " ".join(subjects)] == []
