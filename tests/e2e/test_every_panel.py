"""Every view of our own in the admin, found from the addresses, in light, dark and at 320 pixels: axe finds nothing.

All of its rules are asked in each look. A new view is looked at without being named here. What shows no page of its own
is listed with its reason; so is what Wagtail's shell brings, by rule and element.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import proofs
from tests.e2e.browser import guarded_page
from tests.e2e.every_panel import SHELL, View, leave_as_before, own_views, show_everything
from tests.e2e.running_portal import RunningPortal

pytestmark = pytest.mark.npm
WITHOUT_PAGE = {
    "download_versions:add": "Fassungen entstehen von selbst; die Ansicht gibt es nicht.",
    "dues_orders:pdf": "ein PDF",
    "mailing_text_preview": "eine E-Mail",
    "mailing_text_test": "nimmt nur entgegen",
    "membership_applications:access": "eine Arbeitsmappe",
    "membership_applications:extract": "ein PDF",
    "membership_applications:original_file": "eine Datei",
    "membership_applications:paper": "ein PDF",
    "membership_applications:signature_count": "ein Stück einer Seite",
    "membership_letters:pdf": "ein PDF",
    "missed_queries:add": "Niemand schreibt diese Liste.",
    "missed_queries:edit": "Niemand schreibt diese Liste.",
    "second_factor:ask": "steht vor der Anmeldung: test_second_factor.py",
}
# What Wagtail 8.0 brings: rule and which part of the page, with a page where it is and the reason.
SHELL_FINDINGS = {
    ("landmark-unique", "form[role=search][action='/admin/pages/search/']"): (
        "downloads:index",
        "The search of the side bar and that of a list have the same role and no names.",
    ),
    ("label-content-name-mismatch", "a.page-status-tag"): (
        "page",
        "The state of a page is read otherwise than it is written.",
    ),
    ("aria-input-field-name", "div.public-DraftEditor-content[role=textbox]"): (
        "association_legaltexts:edit",
        "The editor for rich text has no name of its own.",
    ),
    ("aria-required-parent", "a[role=tab][href='#tab-roles']"): (
        "wagtailusers_users:add",
        "A link to another tab has the role of a tab.",
    ),
    ("label", "input.ui-autocomplete-input"): ("picture", "The field for tags has no label of its own."),
}


@pytest.fixture(scope="module")
def shown(portal: RunningPortal) -> Iterator[tuple[str, dict[str, str]]]:
    yield show_everything(portal)
    leave_as_before(portal)


@pytest.fixture(scope="module")
def technician(browser: Browser, portal: RunningPortal, shown: tuple[str, dict[str, str]]) -> Iterator[Page]:
    """A page of the technician, signed in, for all views: starting over for each would cost most of the time."""
    with guarded_page(browser, portal.url, reduced_motion="reduce") as page:
        page.context.add_cookies([{"name": "sessionid", "value": shown[0], "url": portal.url}])
        yield page


def test_every_view_shows_a_page_or_says_why_not(shown: tuple[str, dict[str, str]]) -> None:
    without = {view.name for view in own_views()} - set(shown[1])
    assert without == set(WITHOUT_PAGE) - {"mailing_text_preview"}


@pytest.mark.parametrize("view", [view for view in own_views() if view.name not in WITHOUT_PAGE], ids=str)
def test_it_is_for_everybody(technician: Page, shown: tuple[str, dict[str, str]], view: View) -> None:
    technician.goto(shown[1][view.name])
    assert own_findings(technician) == []


@pytest.mark.parametrize("name", SHELL)
def test_what_we_put_into_the_shell_is_for_everybody(
    technician: Page, shown: tuple[str, dict[str, str]], name: str
) -> None:
    technician.goto(shown[1][name])
    assert own_findings(technician) == []


def own_findings(page: Page) -> list[object]:
    """Return what axe finds beside what Wagtail's shell brings."""
    return [one for one in proofs.findings_in_every_look(page) if brought_by_shell(page, one[2]) is None]


def brought_by_shell(page: Page, finding: dict[str, Any]) -> tuple[str, str] | None:
    """Return which of SHELL_FINDINGS a finding is, None where it is ours."""
    # The place as axe names it is the element itself, nothing around it.
    matches = "([at, part]) => document.querySelector(at).matches(part)"
    for rule, part in SHELL_FINDINGS:
        if finding["rule"] == rule and page.evaluate(matches, [finding["where"][0], part]):
            return rule, part
    return None


@pytest.mark.parametrize("listed", SHELL_FINDINGS, ids=str)
def test_what_is_listed_is_still_there(
    technician: Page, shown: tuple[str, dict[str, str]], listed: tuple[str, str]
) -> None:
    """What Wagtail has mended is listed no more."""
    technician.goto(shown[1][SHELL_FINDINGS[listed][0]])
    found = {
        brought_by_shell(technician, finding) for _scheme, _width, finding in proofs.findings_in_every_look(technician)
    }
    assert listed in found


def test_an_application_is_worked_on_by_keyboard_alone(technician: Page, shown: tuple[str, dict[str, str]]) -> None:
    """From the list to an application, its original entered and a note written, without a mouse."""
    page = technician
    page.goto(shown[1]["membership_applications:index"])
    detail = urlsplit(shown[1]["membership_applications:inspect"]).path
    tab_to(page, f"main a[href='{detail}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{detail}")
    tab_to(page, f"main a[href='{detail}eingang/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{detail}eingang/")
    tab_to(page, "main [name=received_on]")
    # The calendar that opens lies over nothing once it is closed.
    page.keyboard.press("Escape")
    tab_to(page, "main [name=form]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main .application form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{detail}")
    expect(page.get_by_text("Der Eingang ist eingetragen.")).to_be_visible()
    tab_to(page, f"main a[href='{detail}notiz/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{detail}notiz/")
    tab_to(page, "main textarea[name=text]")
    page.keyboard.type("Mit der Tastatur notiert.")
    tab_to(page, "main .application form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{detail}")
    expect(page.get_by_role("main")).to_contain_text("Mit der Tastatur notiert.")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; its ring is whole, in view and uncovered then."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert proofs.badly_focused(page) == []
            return
    raise AssertionError(f"the Tab key does not reach {selector}")
