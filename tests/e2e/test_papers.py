"""Journeys of papers: the blank form comes back filled in, the signed paper as photos."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e import applying
from tests.e2e.browser import assert_accessible
from tests.e2e.running_portal import RunningPortal
from tests.factories.files import make_photo
from tests.factories.filled_forms import fill_with_pdfium

TYPED = {
    "kind": "natural_person",
    "membership_type": "regular",
    "first_name": "Muster",
    "last_name": "Papierweg",
    "of_full_age": "yes",
    "street": "Beispielweg 3",
    "postcode": "01067",
    "city": "Dresden",
    "country": "Deutschland",
    "accepts_statutes": "on",
    "dues_order_read": "on",
    "payment_way": "bank_transfer",
}


def choose(page: Page, *files: FilePayload) -> None:
    page.get_by_role("main").locator("input[type=file]").set_input_files(list(files))


@pytest.mark.npm
def test_a_filled_form_is_sent_back_and_the_signed_paper_uploaded(
    page: Page, portal: RunningPortal, tmp_path: Path
) -> None:
    email = "papierweg@example.org"
    page.goto("/mitglied-werden/")
    blank = applying.download(page, re.compile("Aufnahmeantrag"), tmp_path)
    filled = fill_with_pdfium(blank, TYPED | {"email": email})

    page.get_by_role("link", name="Ausgefülltes PDF hochladen").click()
    assert_accessible(page)
    choose(page, {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": make_photo()})
    page.get_by_role("button", name="Angaben übernehmen").click()
    expect(page.get_by_role("alert").first).to_contain_text(
        "Diese Datei ist ein Scan, ein Foto oder ein Ausdruck als PDF"
    )
    choose(page, {"name": "Aufnahmeantrag.pdf", "mimeType": "application/pdf", "buffer": filled})
    page.get_by_role("button", name="Angaben übernehmen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Formular ist gelesen")
    page.get_by_role("link", name="Angaben prüfen").click()

    # The dues group was left open in the form: the draft opens where something is missing.
    page.locator("[name=dues_rate]").first.check()
    applying.go_on(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Papierweg")
    page.get_by_role("button", name=applying.SUBMIT).click()
    applying.confirm(page, portal, email)

    sheet: FilePayload = {"name": "seite.jpg", "mimeType": "image/jpeg", "buffer": make_photo(with_place=True)}
    choose(page, sheet, sheet)
    assert_accessible(page)
    page.get_by_role("button", name="Hochladen").click()
    expect(main).to_contain_text("Uhr, 2 Seiten. Die Geschäftsstelle sieht sich die Datei an.")
    notices = [mail for mail in portal.mails() if str(mail["Subject"]).startswith("Scan eingegangen")]
    assert [str(mail) for mail in notices if "Papierweg" in str(mail)] == []
