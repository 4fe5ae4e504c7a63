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
from tests.e2e.browser import assert_accessible
from tests.e2e.every_page import KINDS, Kind, make_sample_page
from tests.e2e.running_portal import RunningPortal

pytestmark = pytest.mark.npm
Opened = Callable[..., AbstractContextManager[Page]]
OURS = [kind for kind in KINDS if kind.name != "sign-in"]
MOST_BYTES, MOST_BYTES_AGAIN, MOST_REQUESTS, MOST_SCRIPT = 100 * 1024, 15 * 1024, 8, 6 * 1024
# Parts of the frame that nobody needs on paper.
FRAME = (".main-menu", ".breadcrumbs", ".site-search", ".page-header__quarter", ".site-footer__menu")
PRINTED_ADDRESS = re.compile(r"\((?:https?://|/)[^)]*\)")


@pytest.fixture(scope="module", autouse=True)
def sample_page(portal: RunningPortal) -> None:
    make_sample_page(portal)


@pytest.mark.parametrize("kind", OURS, ids=str)
def test_it_is_for_everybody(open_page: Opened, kind: Kind) -> None:
    """One visitor looks at a page in every way: loaded three times in all, because starting over costs most."""
    found: dict[str, object] = {}
    with open_page(reduced_motion="reduce", viewport=proofs.WIDE) as page:
        traffic = proofs.Traffic(page)
        page.goto(kind.address, wait_until="networkidle")
        found["weight"] = traffic.beyond(most_bytes=MOST_BYTES, most_requests=MOST_REQUESTS, most_script=MOST_SCRIPT)
        found["jumps"] = proofs.layout_shift(page)
        heading, text = page.locator("h1").inner_text(), page.locator("main").inner_text()
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

        traffic.count_anew()
        page.goto(kind.address)
        found["weight again"] = traffic.beyond(
            most_bytes=MOST_BYTES_AGAIN, most_requests=MOST_REQUESTS, most_script=MOST_SCRIPT
        )
        found["jumps on a phone"] = proofs.layout_shift(page)
        found["keys on a phone"] = proofs.tab_through(page)

        proofs.show_as(page, size=proofs.WIDE)
        proofs.without_script(page)
        found["text without script"] = [] if page.locator("main").inner_text() == text else ["differs"]
        found["keys without script"] = proofs.tab_through(page)
    wrong = {name: what for name, what in found.items() if what}
    assert wrong == {}, proofs.told(wrong)


def wrong_on_paper(page: Page, heading: str) -> list[str]:
    """Return which parts of the frame are printed, and what is missing in the PDF."""
    page.emulate_media(media="print")
    offences = [part for part in FRAME if page.locator(part).locator("visible=true").count()]
    offences += [f"pale: {what}" for what in page.evaluate(proofs.PALE)]
    has_links = page.locator("main a[href^='/'], main a[href^=http]").locator("visible=true").count() > 0
    text = read_text(page.pdf(format="A4"))
    page.emulate_media(media="screen")
    if "".join(heading.split()) not in "".join(text.split()):
        offences.append(f"no heading: {text[:200]}")
    if has_links and not PRINTED_ADDRESS.search(" ".join(text.split())):
        offences.append("no address of a link")
    printed = "".join(text.split())
    answers = ["".join(answer.split()) for answer in page.locator("main details").all_text_contents()]
    offences += [f"not printed: {answer[:60]}" for answer in answers if answer[-20:] not in printed]
    return offences


def test_the_phone_menu_works_by_keyboard(open_page: Opened) -> None:
    with open_page(viewport=proofs.NARROW) as page:
        page.goto("/")
        button = page.get_by_role("button", name="Menü", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        menu = page.get_by_role("navigation", name="Hauptmenü")
        expect(menu.get_by_role("link", name="Über uns")).to_be_visible()
        assert_accessible(page)
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
        if message["type"] != "info"
    ]
    assert errors == [], proofs.told(errors)
