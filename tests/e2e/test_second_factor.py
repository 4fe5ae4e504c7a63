"""A passkey in Chromium, set up at the first sign-in and shown at the next; Chromium's own stand-in is the device."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import staff
from tests.e2e.browser import assert_accessible, guarded_page
from tests.e2e.running_portal import RunningPortal

OFFICE = "passkey-probe@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
Opened = Callable[..., AbstractContextManager[Page]]


def type_password(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("input[name=username]").fill(OFFICE)
    page.locator("input[name=password]").fill(staff.PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


@pytest.mark.npm
def test_a_passkey_opens_the_applications(browser: Browser, open_page: Opened, portal: RunningPortal) -> None:
    with open_page() as page:
        staff.sign_in(page, portal.admin_email, portal.admin_password)
        staff.invite(page, OFFICE, "Passkeymuster", "Geschäftsstelle")
    staff.accept_invitation(browser, portal, OFFICE)
    # Browsers know passkeys by name: at 127.0.0.1 there are none.
    with guarded_page(browser, portal.url.replace("127.0.0.1", "localhost")) as page:
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        type_password(page, "/admin/antraege/")
        assert_accessible(page)
        page.get_by_role("link", name="Passkey einrichten").click()
        page.get_by_label("Name").fill("Beispieltelefon")
        page.get_by_role("button", name="Passkey einrichten").click()
        page.get_by_role("button", name="Ersatzcodes anzeigen").click()
        expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(10)
        page.get_by_role("link", name="Ich habe die Codes aufbewahrt").click()
        expect(page).to_have_url(f"{portal.url.replace('127.0.0.1', 'localhost')}/admin/antraege/")
        page.context.clear_cookies()
        type_password(page, "/admin/antraege/")
        assert_accessible(page)
        page.get_by_role("button", name="Mit Passkey bestätigen").click()
        expect(page.get_by_role("heading", name="Aufnahmeanträge").first).to_be_visible()
        page.goto("/admin/account/zweiter-faktor/")
        expect(page.get_by_role("cell", name="Beispieltelefon", exact=True)).to_be_visible()
