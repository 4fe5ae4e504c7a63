"""What the browser journeys can ask for.

- ``portal``: a running portal with its starter content and worker, one per test process (``portal.url``,
  ``portal.mails()``, ``portal.wait_for_mail(to=…)``, ``portal.admin_email``, ``portal.admin_password``).
- ``team``: office, board (one person, so that one vote decides) and editor, signed up: their addresses.
- ``page``: a fresh visitor at a desk; ``page.goto("/")`` opens the portal's home page.
- ``open_page``: ``with open_page(viewport=PHONE, java_script_enabled=False) as page:`` for another kind of visitor.
- ``assert_accessible(page)`` and ``sign_in(page, email, password)`` are in tests/e2e/browser.py, ``text_of(mail)`` and
  ``links_in(mail)`` in tests/e2e/running_portal.py.

Each page is watched: a request to another host, a broken content security policy, a script error, a failing file or a
cookie for a reader fails the test when it ends. Journeys change the portal they share: use names of your own.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench import npm
from pages import accessibility
from tests.e2e import staff
from tests.e2e.browser import guarded_page, launch
from tests.e2e.running_portal import RunningPortal, start_portal

BROWSER_VERSION = pytest.StashKey[str]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where ``make accessibility`` asks for it, record that every kind of page was checked and nothing was found."""
    if os.environ.get("RECORD_CHECK") == "1" and exitstatus == pytest.ExitCode.OK:
        accessibility.record(
            accessibility.Check(
                checked_on=dt.datetime.now(tz=dt.UTC).date(),
                tool=f"axe-core {npm.VERSIONS['axe-core']}",
                browser=f"Chromium {session.stash[BROWSER_VERSION].partition('.')[0]}",
                kinds_of_page=session.testscollected,
                looks=accessibility.looks(),
            )
        )


@pytest.fixture(scope="session")
def portal(_folder_of_this_run: Path) -> Iterator[RunningPortal]:
    running = start_portal(_folder_of_this_run / "e2e")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        request.session.stash[BROWSER_VERSION] = chromium.version
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, portal: RunningPortal) -> Callable[..., AbstractContextManager[Page]]:
    return partial(guarded_page, browser, portal.url)


@pytest.fixture
def page(open_page: Callable[..., AbstractContextManager[Page]]) -> Iterator[Page]:
    with open_page() as opened:
        yield opened


@pytest.fixture(scope="session")
def team(browser: Browser, portal: RunningPortal) -> staff.Team:
    """Office, board (with a running term) and editor, invited by the administrator and signed up by themselves."""
    people = staff.Team("buero-probe@example.org", "vorstand-probe@example.org", "redaktion-probe@example.org")
    with guarded_page(browser, portal.url) as page:
        staff.sign_in(page, portal.admin_email, portal.admin_password)
        staff.invite(page, people.office, "Büromuster", "Geschäftsstelle")
        staff.invite(page, people.board, "Vorstandsmuster", "Vorstand")
        staff.invite(page, people.editor, "Redaktionsmuster", "Redaktion")
        staff.start_board_term(page, "Vorstandsmuster Muster")
    for email in people:
        staff.accept_invitation(browser, portal, email)
    return people
