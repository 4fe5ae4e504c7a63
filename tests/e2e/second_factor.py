"""Signing in as people do: password, then the app's code; an app of one's own at the first sign-in."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

PERIOD_SECONDS = 30
STEPS = "/admin/zweiter-faktor/"
# The apps of the people of a test run: by portal and address, with the steps of time whose codes were used.
_secrets: dict[tuple[str, str], str] = {}
_used: dict[str, set[int]] = {}


def finish_sign_in(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in page that is open; ends on the dashboard."""
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    if STEPS in page.url:
        show_second_factor(page, email)
    page.wait_for_url("**/admin/")


def show_second_factor(page: Page, email: str) -> None:
    """Set up an app, or type its code, whatever the page that is open asks for."""
    key = (page.url.split("/admin/")[0], email)
    if key not in _secrets:
        _secrets[key] = set_up_app(page)
        return
    page.get_by_label("Code").fill(fresh_code(_secrets[key]))
    page.get_by_role("button", name="Bestätigen", exact=True).click()


def set_up_app(page: Page) -> str:
    """Go through the first set-up up to the dashboard; return the app's secret."""
    page.get_by_role("link", name="App einrichten").click()
    secret = page.locator("[data-secret]").inner_text().replace(" ", "")
    page.get_by_label("Code aus der App").fill(fresh_code(secret))
    page.get_by_role("button", name="App speichern").click()
    page.get_by_role("button", name="Ersatzcodes anzeigen").click()
    page.get_by_role("link", name="Ich habe die Codes aufbewahrt").click()
    return secret


def fresh_code(secret: str) -> str:
    """Return a code that was not used yet; each is taken once, one step early and one late included."""
    used = _used.setdefault(secret, set())
    while True:
        now = int(time.time()) // PERIOD_SECONDS
        for step in (now, now - 1, now + 1):
            if step not in used:
                used.add(step)
                return format_hotp_value(hotp_value(secret, step))
        time.sleep(1)
