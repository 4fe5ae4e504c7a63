"""Every kind of page in the browser: for all eyes, hands and windows, on paper, and light.

A page is loaded once and shown in several ways; what is wrong is named all at once.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench import npm
from portal.pdf.reading import read_text
from tests.e2e import proofs
from tests.e2e.every_page import KINDS, SAMPLE_PAGE, Kind, make_sample_page
from tests.e2e.running_portal import RunningPortal

pytestmark = pytest.mark.npm
Opened = Callable[..., AbstractContextManager[Page]]
OURS = [kind for kind in KINDS if kind.name != "sign-in"]
MOST_BYTES, MOST_BYTES_AGAIN, MOST_REQUESTS, MOST_SCRIPT = 100 * 1024, 15 * 1024, 8, 6 * 1024
PRINTED_ADDRESS = re.compile(r"\((?:https?://|/)[^)]*\)")


@pytest.fixture(scope="module", autouse=True)
def sample_page(portal: RunningPortal) -> None:
    make_sample_page(portal)


@pytest.mark.parametrize("kind", OURS, ids=str)
def test_it_is_for_everybody(open_page: Opened, kind: Kind) -> None:
    """Light, dark, 320 pixels (what 1,280 pixels are at 400 %), text spaced wide: no finding, nothing lost."""
    offences: list[object] = []
    with open_page(reduced_motion="reduce", viewport=proofs.WIDE) as page:
        page.goto(kind.address)
        shown = (("light", proofs.WIDE), ("dark", proofs.WIDE), ("light", proofs.NARROW))
        for scheme, size in shown:
            proofs.show_as(page, scheme=scheme, size=size)
            offences += [(scheme, size["width"], found) for found in proofs.axe_findings(page)]
        offences += [f"wider than the window: {proofs.sideways(page)}"] if proofs.sideways(page) else []
        proofs.space_text(page)
        offences += [f"wider when spaced: {proofs.sideways(page)}"] if proofs.sideways(page) else []
        offences += proofs.lost_text(page)
    assert offences == [], proofs.told(offences)


@pytest.mark.parametrize("kind", OURS, ids=str)
def test_it_is_light_and_keeps_still(open_page: Opened, kind: Kind) -> None:
    with open_page() as page:
        traffic = proofs.Traffic(page)
        page.goto(kind.address, wait_until="networkidle")
        assert proofs.layout_shift(page) == 0
        assert traffic.bytes <= MOST_BYTES, traffic.requests
        assert len(traffic.requests) <= MOST_REQUESTS, traffic.requests
        assert traffic.scripts <= MOST_SCRIPT


@pytest.mark.parametrize("address", ["/", "/mitglied-werden/", "/mitglied-werden/beitragsordnung/", SAMPLE_PAGE])
def test_the_keyboard_reaches_everything_in_order_and_in_sight(open_page: Opened, address: str) -> None:
    with open_page() as page:
        page.goto(address)
        reached, offences = proofs.tab_through(page)
        controls = page.locator(
            "a[href]:visible, button:visible, input:visible:not([type=hidden]), select:visible, summary:visible"
        ).count()
    assert offences == []
    # Scrolling regions are reached beside the controls; a skip link is reached although it is out of view at first.
    assert len(reached) >= controls


def test_the_phone_menu_works_by_keyboard(open_page: Opened) -> None:
    with open_page(viewport=proofs.NARROW) as page:
        page.goto("/")
        button = page.get_by_role("button", name="Menü", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        menu = page.get_by_role("navigation", name="Hauptmenü")
        expect(menu.get_by_role("link", name="Über uns")).to_be_visible()
        assert proofs.axe_findings(page) == []
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Menü schließen")).to_be_focused()
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
        page.get_by_label("Tag der Aufnahme").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("15.07.2027")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"natuerliche-person|natural_person"))
        assert proofs.axe_findings(page) == []


@pytest.mark.parametrize("address", ["/", "/mitglied-werden/antrag/", SAMPLE_PAGE])
def test_forced_colors_keep_every_shape(open_page: Opened, address: str) -> None:
    """Where the system paints, what can be pressed and what is set apart keeps a border."""
    with open_page(forced_colors="active") as page:
        page.goto(address)
        bare = page.evaluate(
            """() => [...document.querySelectorAll(".button, .card, .notice, .download-link, .date-block, input")]
              .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) === 0
                && !["hidden", "checkbox", "radio"].includes(e.type))
              .map(e => e.className)"""
        )
        assert bare == []
        assert [found for found in proofs.axe_findings(page) if found["rule"] != "color-contrast"] == []


@pytest.mark.parametrize("kind", OURS, ids=str)
def test_without_script_it_says_the_same(open_page: Opened, kind: Kind) -> None:
    with open_page(java_script_enabled=False) as page:
        page.goto(kind.address)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("address", ["/mitglied-werden/", "/bag/", SAMPLE_PAGE, "/arbeitstreffen/"])
def test_on_paper_the_text_stays_and_the_navigation_goes(open_page: Opened, tmp_path: Path, address: str) -> None:
    with open_page() as page:
        page.goto(address)
        heading = page.locator("h1").inner_text()
        page.emulate_media(media="print")
        for gone in (".main-menu", ".breadcrumbs", ".site-search", ".page-header__quarter", ".site-footer__menu"):
            assert page.locator(gone).locator("visible=true").count() == 0, gone
        text = " ".join(read_text(page.pdf(format="A4")).split())
    assert "".join(heading.split()) in "".join(text.split())
    assert PRINTED_ADDRESS.search(text), text


def test_every_page_is_valid_html(open_page: Opened, tmp_path: Path) -> None:
    with open_page() as page:
        for number, kind in enumerate(OURS):
            (tmp_path / f"{number:02}-{kind.name.replace(' ', '-')}.html").write_bytes(
                page.request.get(kind.address).body()
            )
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
        if message["type"] == "error"
    ]
    assert errors == [], proofs.told(errors)
