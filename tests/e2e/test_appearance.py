"""No page changes its looks by accident: the commit before and the commit now, rendered side by side in the same run.

No picture is stored anywhere. What differs fails, unless the commit's message explains it in a line of its own, for the
kinds of page it names (tests/e2e/every_page.py) or, without names, for all of them:

    Appearance: meetings, archive: The date blocks are wider, because September did not fit.
    Appearance: The new font.

Both run with the packages that are installed now. A clone without the commit before (a shallow one) has nothing to
compare with and says so.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from portal.places import BASE_DIR
from tests.e2e import proofs
from tests.e2e.every_page import KINDS, Kind, addresses_in, visit
from tests.e2e.running_portal import RunningPortal, begin_portal, wait_until_answering

EXPLANATION = re.compile(r"^Appearance: (\S.*)$", re.MULTILINE)
NAMES = frozenset(kind.name for kind in KINDS)
VARIANTS = [
    ("light", proofs.WIDE),
    ("dark", proofs.WIDE),
    ("light", proofs.NARROW),
    ("light", {"width": 2560, "height": 1200}),
]
# Letters are smoothed by what lies next to them; a difference below this is none that anybody sees.
SMALLEST_DIFFERENCE = 24
REFRESH = "from library.rendering import refresh_generated; refresh_generated()"
# How large a file is says nothing about looks; numbers, minutes and secrets are new in every run.
STEADY = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".download-link__facts { visibility: hidden }");
  document.adoptedStyleSheets = [sheet];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    text.data = text.data.replace(/\\b[0-9a-f]{12}\\b/g, "0".repeat(12))
      .replace(/\\bA-\\w{5}-\\w{5}\\b/g, "A-00000-00000").replace(/\\b\\d\\d:\\d\\d\\b/g, "00:00");
  }
}"""
# A page declares the font, and shows letters of it: where it came too late the page does without.
LACKS_FONT = """() => {
  const name = "Atkinson Hyperlegible Next";
  const width = family => {
    const text = document.body.appendChild(document.createElement("span"));
    text.style.cssText = `position: absolute; font: 100px ${family}`;
    text.textContent = "Quartiersmanagement";
    const found = text.getBoundingClientRect().width;
    text.remove();
    return found;
  };
  const declared = [...document.fonts].some(face => face.family.includes(name));
  return declared && width(`"${name}", monospace`) === width("monospace");
}"""
# What no page is made by; anything else may change how pages look.
ELSEWHERE = ("tests", "docs", "bench", "deploy", ".ci", "README.md", "Makefile", ".gitignore", ".dockerignore")


def git(*arguments: str) -> str | None:
    """Return what git says, or None when it says no."""
    executable = shutil.which("git")
    if executable is None:
        return None
    done = subprocess.run([executable, *arguments], cwd=BASE_DIR, check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def excused(message: str) -> frozenset[str]:
    """Return the kinds of page that a commit's message says look different; all, where a line names none.

    Raises ValueError where a line names some that there are, and others that there are not.
    """
    found: frozenset[str] = frozenset()
    for explanation in EXPLANATION.findall(message):
        listed, _colon, why = explanation.partition(":")
        given = frozenset(name.strip() for name in listed.split(","))
        if not why.strip() or not given & NAMES:
            return NAMES
        if given - NAMES:
            raise ValueError(f"no kind of page: {sorted(given - NAMES)}")
        found |= given
    return found


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningPortal, RunningPortal]]:
    """The portal of the commit before beside a fresh one of now: the one the journeys share has their traces."""
    if git("rev-parse", "--verify", "--quiet", "HEAD~1^{commit}") is None:
        pytest.skip("Es gibt keinen Commit davor (flacher Klon): nichts zu vergleichen.")
    if not git("diff", "--name-only", "HEAD~1", "--", ".", *(f":!{path}" for path in ELSEWHERE)):
        pytest.skip("Der Commit ändert nichts, woraus Seiten entstehen.")
    if excused(git("log", "-1", "--format=%B") or "") == NAMES:
        pytest.skip("Der Commit erklärt, warum alle Seiten anders aussehen.")
    tree = tmp_path_factory.mktemp("before") / "tree"
    assert git("worktree", "add", "--detach", str(tree), "HEAD~1") is not None
    started: list[RunningPortal] = []
    try:
        started.append(begin_portal(tree.parent / "var", code=tree))
        started.append(begin_portal(tmp_path_factory.mktemp("now") / "var"))
        for portal in started:
            wait_until_answering(portal)
            # What the worker would make in time.
            portal.manage("shell", "-c", REFRESH)
        yield started[0], started[1]
    finally:
        for portal in started:
            portal.stop()
        git("worktree", "remove", "--force", str(tree))
        git("worktree", "prune")


@contextmanager
def visitor(browser: Browser, portal: RunningPortal) -> Iterator[Page]:
    """Yield a page for all kinds of page of ``portal``."""
    context = browser.new_context(base_url=portal.url, reduced_motion="reduce", locale="de-DE")
    try:
        yield context.new_page()
    finally:
        context.close()


def pictures_of(page: Page, kind: Kind, address: str) -> list[Image.Image]:
    """Return the whole page in each variant; none where the answer has another status than this kind of page."""
    page.set_viewport_size(proofs.WIDE)
    for _attempt in range(5):
        if visit(page, kind, address).status != kind.status:
            return []
        if not page.evaluate(LACKS_FONT):
            break
    # Pictures below the fold come when they are near.
    page.evaluate("() => document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.evaluate(STEADY)
    page.wait_for_load_state("networkidle")
    pictures = []
    for scheme, size in VARIANTS:
        proofs.show_as(page, scheme=scheme, size=size)
        pictures.append(Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB"))
    return pictures


def differs(before: Image.Image, now: Image.Image) -> bool:
    """Whether a person would see that the two pictures are not the same."""
    if before.size != now.size:
        return True
    strongest = max(high for _low, high in ImageChops.difference(before, now).getextrema())
    return strongest >= SMALLEST_DIFFERENCE


def test_what_a_person_would_see() -> None:
    paper = Image.new("RGB", (40, 40), "#fbf8f1")
    inked = paper.copy()
    inked.putpixel((3, 3), (29, 39, 33))
    assert [differs(paper, paper.copy()), differs(paper, inked), differs(paper, paper.resize((40, 41)))] == [
        False,
        True,
        True,
    ]


def test_whom_a_message_excuses() -> None:
    excuses = [
        excused("Move the news\n\nAppearance: news, news list: why"),
        excused("Appearance: news: why\nAppearance: home: why, too"),
        excused("Appearance: Everything is wider."),
        excused("Appearance: news: why\nAppearance: a new font: the old one had no ě"),
        excused("Appearance:\nSays: Appearance: news: why"),
    ]
    assert excuses == [{"news", "news list"}, {"news", "home"}, NAMES, NAMES, frozenset()]
    with pytest.raises(ValueError, match="nwes"):
        excused("Appearance: news list, nwes: why")


def test_every_difference_is_explained(
    browser: Browser, portals: tuple[RunningPortal, RunningPortal], tmp_path: Path
) -> None:
    explained = excused(git("log", "-1", "--format=%B") or "")
    different = []
    with (
        addresses_in(portals[0]) as before,
        addresses_in(portals[1]) as now,
        visitor(browser, portals[0]) as then,
        visitor(browser, portals[1]) as today,
    ):
        for kind in KINDS:
            shown = pictures_of(today, kind, now[kind.name])
            if not shown:
                different.append(f"{kind}: fails")
            elif kind.name not in explained:
                # A kind of page that was not there before is new, which the commit's message tells anyway.
                pairs = zip(pictures_of(then, kind, before[kind.name]), shown, strict=False)
                different += keep_different(kind, pairs, tmp_path)
    assert different == [], (
        f"Diese Seiten sehen anders aus: {different} (Bilder in {tmp_path}). "
        "Gewollt? Dann erklärt es der Commit in einer Zeile „Appearance: Seite, Seite: warum“."
    )


def keep_different(kind: Kind, pairs: Iterable[tuple[Image.Image, Image.Image]], folder: Path) -> list[str]:
    """Return the names of the variants that differ, and put their pictures into ``folder``."""
    different = []
    for (scheme, size), (before, now) in zip(VARIANTS, pairs, strict=False):
        if differs(before, now):
            name = f"{kind.name.replace(' ', '-')}-{scheme}-{size['width']}"
            before.save(folder / f"{name}-before.png")
            now.save(folder / f"{name}-now.png")
            different.append(name)
    return different
