"""Every kind of page in the browser: for all eyes, hands and windows, on paper, and light.

A page is loaded once and shown in several ways; what is wrong is named all at once.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from bench import npm
from portal.pdf.reading import read_text
from tests.e2e import proofs
from tests.e2e.browser import PHONE, assert_accessible, guarded_page
from tests.e2e.every_page import KINDS, Kind, addresses_in, visit
from tests.e2e.running_portal import RunningPortal

pytestmark = pytest.mark.npm
Opened = Callable[..., AbstractContextManager[Page]]
OURS = [kind for kind in KINDS if kind.name != "sign-in"]
MOST_BYTES, MOST_BYTES_AGAIN, MOST_REQUESTS, MOST_SCRIPT = 100 * 1024, 15 * 1024, 8, 6 * 1024
SECONDS_A_FONT_IS_LATE = 1
# All weights of text in the style sheets, and how far a line of the fallback may be off.
WEIGHTS, MOST_OFF = (400, 560, 680, 720, 760), 0.025
# Parts of the frame that nobody needs on paper.
FRAME = (".main-menu", ".breadcrumbs", ".site-search", ".page-header__quarter", ".site-footer__menu")
# Links whose address says more than their words; below the form the address is a secret.
LINKS_ON_PAPER = "main a[href^='/'], main a[href^=http]"
NUMBER_OF_REQUEST = re.compile(r"\b[0-9a-f]{12}\b")
SECRET = re.compile(r"/antrag/.+")


@pytest.fixture(scope="module")
def addresses(portal: RunningPortal) -> Iterator[dict[str, str]]:
    with addresses_in(portal) as found:
        yield found


@pytest.fixture
def open_kind(browser: Browser, addresses: dict[str, str]) -> Callable[..., AbstractContextManager[Page]]:
    """``with open_kind(kind) as page:`` for a fresh visitor of the server that has such a page."""

    def opened(kind: Kind, **options: Any) -> AbstractContextManager[Page]:
        parts = urlsplit(addresses[kind.name])
        return guarded_page(browser, f"{parts.scheme}://{parts.netloc}", failure=kind.status, **options)

    return opened


@pytest.mark.parametrize("kind", OURS, ids=str)
def test_it_is_for_everybody(open_kind: Opened, addresses: dict[str, str], kind: Kind) -> None:
    """One visitor looks at a page in every way: loaded three times in all, because starting over costs most."""
    found: dict[str, object] = {}
    address = addresses[kind.name]
    with open_kind(kind, reduced_motion="reduce", viewport=proofs.WIDE) as page:
        traffic = proofs.Traffic(page)
        status = visit(page, kind, address, before_then=traffic.count_anew).status
        found["status"] = [] if status == kind.status else [status]
        found["weight"] = traffic.beyond(most_bytes=MOST_BYTES, most_requests=MOST_REQUESTS, most_script=MOST_SCRIPT)
        heading, text = page.locator("h1").inner_text(), words(page)
        found["axe"] = proofs.findings_in_every_look(page)
        proofs.show_as(page, size=proofs.NARROW)
        found["small targets"] = proofs.small_targets(page)
        found["wider than the window"] = proofs.sideways(page)
        proofs.space_text(page)
        found["wider when spaced"] = proofs.sideways(page)
        found["lost when spaced"] = proofs.lost_text(page)
        proofs.space_text_as_before(page)
        found["forced colors"] = proofs.bare_with_forced_colors(page)
        found["paper"] = wrong_on_paper(page, heading)
        proofs.show_as(page, size=proofs.WIDE)
        found["faint"] = proofs.faint(page)

        traffic.count_anew()
        visit(page, kind, address, before_then=traffic.count_anew)
        found["weight again"] = traffic.beyond(
            most_bytes=MOST_BYTES_AGAIN, most_requests=MOST_REQUESTS, most_script=MOST_SCRIPT
        )
        found["keys on a phone"] = proofs.tab_through(page)

        proofs.show_as(page, size=proofs.WIDE)
        proofs.without_script(page)
        visit(page, kind, address)
        found["text without script"] = [] if words(page) == text else ["differs"]
        found["keys without script"] = proofs.tab_through(page)
    wrong = {name: what for name, what in found.items() if what}
    assert wrong == {}, proofs.told(wrong)


def words(page: Page) -> str:
    """Return what the page says, without the number that every failure has of its own."""
    return NUMBER_OF_REQUEST.sub("", page.locator("main").inner_text())


def squeezed(text: str) -> str:
    """Return ``text`` without what lines are broken at: nobody can tell a hyphen there from one that was written."""
    return "".join(text.split()).replace("-", "")


def wrong_on_paper(page: Page, heading: str) -> list[str]:
    """Return which parts of the frame are printed, and what is missing in the PDF."""
    page.emulate_media(media="print")
    offences = [part for part in FRAME if page.locator(part).locator("visible=true").count()]
    offences += [f"pale: {what}" for what in page.evaluate(proofs.PALE)]
    links = page.locator(LINKS_ON_PAPER).locator("visible=true")
    addresses = {str(link) for link in links.evaluate_all("all => all.map(one => one.getAttribute('href'))")}
    printed = squeezed(read_text(page.pdf(format="A4")))
    page.emulate_media(media="screen")
    if squeezed(heading) not in printed:
        offences.append(f"no heading: {printed[:200]}")
    offences += [
        f"{'a secret is' if SECRET.search(address) else 'not'} printed: {address}"
        for address in sorted(addresses)
        if (squeezed(f"({address})") in printed) == bool(SECRET.search(address))
    ]
    answers = [squeezed(answer) for answer in page.locator("main details").all_text_contents()]
    offences += [f"not printed: {answer[:60]}" for answer in answers if answer[-20:] not in printed]
    return offences


@pytest.mark.parametrize("kind", OURS, ids=str)
def test_nothing_jumps_however_late_the_font_comes(open_kind: Opened, addresses: dict[str, str], kind: Kind) -> None:
    jumps = {}
    with open_kind(kind, viewport=proofs.WIDE) as page:
        proofs.keep_fonts_back(page, SECONDS_A_FONT_IS_LATE)
        for size in (proofs.WIDE, PHONE):
            page.set_viewport_size(size)
            visit(page, kind, addresses[kind.name])
            jumps[size["width"]] = proofs.layout_shift(page)
    assert jumps == {proofs.WIDE["width"]: 0, PHONE["width"]: 0}


def test_who_does_not_get_the_font_sees_lines_as_long(page: Page) -> None:
    page.goto("/")
    own = proofs.widths(page, "Atkinson Hyperlegible Next", *WEIGHTS)
    fallback = proofs.widths(page, "Portal Fallback", *WEIGHTS)
    off = [abs(found / wanted - 1) for found, wanted in zip(fallback, own, strict=True)]
    assert [(weight, round(by, 3)) for weight, by in zip(WEIGHTS, off, strict=True) if by > MOST_OFF] == []


def test_the_phone_menu_works_by_keyboard(open_page: Opened) -> None:
    with open_page(viewport=proofs.NARROW) as page:
        page.goto("/")
        button = page.get_by_role("button", name="Menü", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        menu = page.get_by_role("navigation", name="Hauptmenü")
        expect(menu.get_by_role("link", name="Über uns")).to_be_visible()
        assert_accessible(page)
        assert proofs.faint(page) == []
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Menü schließen")).to_be_focused()
        assert proofs.badly_focused(page) == []
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()


def test_the_calculator_works_by_keyboard(open_page: Opened) -> None:
    with open_page() as page:
        page.goto("/mitglied-werden/beitragsordnung/")
        page.get_by_label("Wer tritt bei?").focus()
        page.keyboard.type("nat")
        page.keyboard.press("Tab")
        page.keyboard.type("ord")
        assert proofs.badly_focused(page) == []
        page.get_by_label("Tag der Aufnahme").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("15.07.2027")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"natuerliche-person|natural_person"))
        assert_accessible(page)


def test_every_page_is_valid_html(open_kind: Opened, addresses: dict[str, str], tmp_path: Path) -> None:
    for number, kind in enumerate(OURS):
        with open_kind(kind) as page:
            content = visit(page, kind, addresses[kind.name]).body()
        (tmp_path / f"{number:02}-{kind.name.replace(' ', '-')}.html").write_bytes(content)
    checker = npm.package("vnu-jar") / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    assert java is not None, "Java fehlt: apt-get install default-jdk-headless"
    done = subprocess.run(
        [java, "-jar", str(checker), "--format", "json", "--exit-zero-always", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    errors = [
        f"{Path(message['url']).name}:{message.get('lastLine')} {message['message']}"
        for message in messages
        if message["type"] != "info"
    ]
    assert errors == [], proofs.told(errors)
