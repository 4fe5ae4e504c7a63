"""The script that keeps a count of signatures up to date: when it asks, what it shows, and when it stops."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from portal.places import BASE_DIR

ADDRESS = "http://zaehler.test/antrag/"
ROUND = 20_000
BEGIN = "2 Personen von fünf haben bestätigt."
HIDE = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s})"


class Counted:
    """A page with a count, and what it was answered each time it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked = 0
        self.answer: dict[str, object] | None = {"sentence": BEGIN, "missing": True}

    def serve(self, route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=BASE_DIR / "portal/static/js/live-count.js", content_type="text/javascript")
        elif route.request.url.endswith("/stand/"):
            self.asked += 1
            if self.answer is None:
                route.fulfill(status=404)
            else:
                route.fulfill(json=self.answer)
        else:
            count = f'<p role="status" data-live-count="{ADDRESS}stand/">{BEGIN}</p>'
            script = '<script src="/live-count.js" defer></script>'
            route.fulfill(body=f"<!DOCTYPE html>{script}{count}", content_type="text/html; charset=utf-8")

    def ask(self, *, by: str = "") -> None:
        """Let one round pass, or run the script ``by``, and wait for the answer that the page gets."""
        with self.page.expect_response("**/stand/"):
            if by:
                self.page.evaluate(by)
            else:
                self.page.clock.run_for(ROUND)

    def stays_silent(self) -> bool:
        """Whether nothing is asked for three rounds."""
        asked = self.asked
        self.page.clock.run_for(3 * ROUND)
        # Whatever the page has sent has arrived here once another request has.
        self.page.evaluate("fetch('/echo/')")
        return self.asked == asked

    def shows(self, sentence: str) -> None:
        """Fail unless the count says ``sentence``."""
        expect(self.page.get_by_role("status")).to_have_text(sentence)


@pytest.fixture
def counted(browser: Browser) -> Iterator[Counted]:
    page = browser.new_page()
    made = Counted(page)
    page.clock.install()
    page.route("**/*", made.serve)
    page.goto(ADDRESS)
    yield made
    page.close()


def test_it_shows_what_changed_and_stops_when_nobody_is_missing(counted: Counted) -> None:
    for number in (3, 4):
        counted.answer = {"sentence": f"{number} Personen von fünf haben bestätigt.", "missing": True}
        counted.ask()
        counted.shows(f"{number} Personen von fünf haben bestätigt.")
    counted.answer = {"sentence": "5 Personen haben bestätigt. Fünf sind nötig.", "missing": False}
    counted.ask()
    counted.shows("5 Personen haben bestätigt. Fünf sind nötig.")
    assert counted.stays_silent()
    assert counted.asked == 3


def test_it_asks_only_while_somebody_looks(counted: Counted) -> None:
    counted.page.evaluate(HIDE % "true")
    assert counted.stays_silent()
    counted.page.evaluate(HIDE % "false")
    counted.answer = {"sentence": "4 Personen von fünf haben bestätigt.", "missing": True}
    counted.ask(by="document.dispatchEvent(new Event('visibilitychange'))")
    counted.shows("4 Personen von fünf haben bestätigt.")
    assert counted.asked == 1


def test_a_link_that_is_void_is_asked_once(counted: Counted) -> None:
    counted.answer = None
    counted.ask()
    counted.shows(BEGIN)
    assert counted.stays_silent()
    assert counted.asked == 1
