"""Every view of our own in the admin, found from the addresses, in light, dark and at 320 pixels: axe finds nothing.

A new view is looked at without being named here. What shows no page of its own is listed with its reason.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

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
# What Wagtail 8.0 brings: rule and part of the page, with the reason.
SHELL_FINDINGS = {
    ("landmark-unique", '<form role="search"'): "The search of a list and that of the side bar have the same role.",
    ("label-content-name-mismatch", "page-status-tag"): "The state of a page is read otherwise than it is written.",
    ("aria-input-field-name", "public-DraftEditor-content"): "The editor for rich text has no name of its own.",
    ("aria-required-parent", "#tab-"): "A link to another tab has the role of a tab.",
    ("label", "ui-autocomplete-input"): "The field for tags has no label of its own.",
    ("skip-link", "skiplink"): "Wagtail's page for a deletion has no place to skip to.",
    ("region", "skiplink"): "Its link to the content lies outside of all landmarks.",
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
    return [
        (scheme, width, found)
        for scheme, width, found in proofs.findings_in_every_look(page, *proofs.LAYOUT_RULES)
        if not any(found["rule"] == rule and part in found["html"] for rule, part in SHELL_FINDINGS)
    ]
