"""Chromium as the browser tests use it, and what no page may do in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from tests.e2e import proofs
from tests.e2e.second_factor import finish_sign_in

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# Where a cookie has a purpose: forms and the admin. Everywhere else readers get none.
COOKIE_PATHS = ("/admin/", "/mitglied-werden/antrag/", "/en/mitglied-werden/antrag/", "/kontakt/", "/einladung/")
FIRST_ERROR, FIRST_SERVER_ERROR = 400, 500


@dataclass
class Guard:
    """Collects what a page must not do: ask other hosts, break its own policy, set cookies for readers, fail."""

    base_url: str
    # How a page answers that is to fail.
    failure: int | None = None
    offences: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.offences.append(f"script error: {error.error}"))

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(self.base_url).netloc:
            self.offences.append(f"request to another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        is_page = response.request.resource_type == "document"
        is_meant = is_page and response.status == self.failure
        if response.status >= (FIRST_SERVER_ERROR if is_page else FIRST_ERROR) and not is_meant:
            self.offences.append(f"status {response.status}: {path}")
        if "set-cookie" in response.headers and not path.startswith(COOKIE_PATHS):
            self.offences.append(f"cookie for readers: {path} sets {response.headers['set-cookie'].split('=')[0]}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # Missing files are reported by their status above; a 404 page that a test asks for is no offence.
        if message.type == "error" and not message.text.startswith(("Failed to load resource", *tolerated(message))):
            self.offences.append(f"console: {message.text}")


def tolerated(message: ConsoleMessage) -> tuple[str, ...]:
    """Return what Wagtail's own admin brings: style attributes that the policy stops without harm."""
    path = urlsplit(message.page.url if message.page else "").path
    return ("Applying inline style violates",) if path.startswith("/admin/") else ()


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium."""
    executable = shutil.which("chromium")
    assert executable is not None, "Chromium fehlt: apt-get install chromium"
    return playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)


@contextmanager
def guarded_page(browser: Browser, base_url: str, *, failure: int | None = None, **options: Any) -> Iterator[Page]:
    """Yield a page of a fresh visitor; afterwards AssertionError names everything the pages did wrong.

    ``failure`` is the status of pages that are looked at because they fail.
    """
    settings = {"viewport": DESKTOP, "locale": "de-DE", "timezone_id": "Europe/Berlin"} | options
    context = browser.new_context(base_url=base_url, **settings)
    guard = Guard(base_url, failure)
    guard.watch(context)
    page = context.new_page()
    page.set_default_timeout(15_000)
    try:
        yield page
    finally:
        context.close()
    assert guard.offences == [], "\n".join(guard.offences)


def assert_accessible(page: Page) -> None:
    """Look at ``page`` in light, in dark and at 320 pixels: axe finds nothing. Needs ``pytest.mark.npm``."""
    findings = proofs.findings_in_every_look(page)
    assert findings == [], f"{page.url}\n{proofs.told(findings)}"


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in to the admin as a person does, with the second factor where it is asked for; ends on the dashboard."""
    page.goto("/admin/")
    finish_sign_in(page, email, password)
