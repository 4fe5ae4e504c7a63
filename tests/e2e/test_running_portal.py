"""The portal as ``make run`` serves it, before any journey begins."""

from playwright.sync_api import Page

from tests.e2e.browser import assert_accessible, sign_in
from tests.e2e.running_portal import RunningPortal


def test_home_page_is_german_and_accessible(page: Page) -> None:
    response = page.goto("/")
    assert response is not None
    assert response.status == 200
    assert page.locator("html").get_attribute("lang") == "de"
    assert_accessible(page)


def test_admin_signs_in_with_the_password_given(page: Page, portal: RunningPortal) -> None:
    sign_in(page, portal.admin_email, portal.admin_password)
    assert page.title() == "Übersicht - LAG Sachsen"


def test_terminal_names_address_and_account(portal: RunningPortal) -> None:
    assert f"Das Portal läuft: {portal.url}/" in portal.log
    assert portal.admin_email in portal.log
    assert portal.admin_password not in portal.log
