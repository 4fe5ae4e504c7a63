"""No page changes its looks by accident: the commit before and the commit now, rendered side by side in the same run.

No picture is stored anywhere. What differs fails, unless the commit's message explains it in a line of its own:

    Appearance: The date blocks are wider, because September did not fit.

A clone without the commit before (a shallow one) has nothing to compare with and says so.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from portal.places import BASE_DIR
from tests.e2e import proofs
from tests.e2e.every_page import KINDS, MAKE_SAMPLE_PAGE, Kind
from tests.e2e.running_portal import RunningPortal, begin_portal, wait_until_answering

EXPLANATION = re.compile(r"^Appearance: \S", re.MULTILINE)
VARIANTS = [
    ("light", proofs.WIDE),
    ("dark", proofs.WIDE),
    ("light", proofs.NARROW),
    ("light", {"width": 2560, "height": 1200}),
]
# Letters are smoothed by what lies next to them; a difference below this is none that anybody sees.
SMALLEST_DIFFERENCE = 24
REFRESH = "from library.rendering import refresh_generated; refresh_generated()"
OK = 200
# How large a file is says nothing about looks.
HIDE_SIZES = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".download-link__facts { visibility: hidden }");
  document.adoptedStyleSheets = [sheet];
}"""
FILES = (
    "templates",
    "portal/static",
    "portal/city_blocks.py",
    "pages",
    "home",
    "dues",
    "membership",
    "search",
    "library",
)


def git(*arguments: str) -> str | None:
    """Return what git says, or None when it says no."""
    executable = shutil.which("git")
    if executable is None:
        return None
    done = subprocess.run([executable, *arguments], cwd=BASE_DIR, check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningPortal, RunningPortal] | None]:
    """The portal of the commit before beside a fresh one of now: the one the journeys share has their traces.

    None where nothing visible can have changed, or where the commit explains what has.
    """
    if git("rev-parse", "--verify", "--quiet", "HEAD~1^{commit}") is None:
        pytest.skip("Es gibt keinen Commit davor (flacher Klon): nichts zu vergleichen.")
    if EXPLANATION.search(git("log", "-1", "--format=%B") or "") or not git(
        "diff", "--name-only", "HEAD~1", "--", *FILES
    ):
        yield None
        return
    tree = tmp_path_factory.mktemp("before") / "tree"
    assert git("worktree", "add", "--detach", str(tree), "HEAD~1") is not None
    started: list[RunningPortal] = []
    try:
        started.append(begin_portal(tree.parent / "var", code=tree))
        started.append(begin_portal(tmp_path_factory.mktemp("now") / "var"))
        for portal in started:
            wait_until_answering(portal)
        yield started[0], started[1]
    finally:
        for portal in started:
            portal.stop()
        git("worktree", "remove", "--force", str(tree))
        git("worktree", "prune")


def prepare(portal: RunningPortal) -> None:
    """Make what the pages show: one of every building block, and the files the worker would make in time."""
    portal.manage("shell", "-c", f"{MAKE_SAMPLE_PAGE}\n{REFRESH}")


@contextmanager
def visitor(browser: Browser, portal: RunningPortal) -> Iterator[Page]:
    """Yield a page for all kinds of page of ``portal``."""
    context = browser.new_context(base_url=portal.url, reduced_motion="reduce", locale="de-DE")
    try:
        yield context.new_page()
    finally:
        context.close()


def pictures_of(page: Page, kind: Kind) -> list[Image.Image]:
    """Return the whole page in each variant; nothing if this portal has no such page."""
    page.set_viewport_size(proofs.WIDE)
    response = page.goto(kind.address)
    if response is None or (response.status != OK and not kind.name.startswith("missing")):
        return []
    # Pictures below the fold come when they are near.
    page.evaluate("() => document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.evaluate(HIDE_SIZES)
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


def test_every_difference_is_explained(
    browser: Browser, portals: tuple[RunningPortal, RunningPortal] | None, tmp_path: Path
) -> None:
    if portals is None:
        return
    for portal in portals:
        prepare(portal)
    different = []
    with visitor(browser, portals[0]) as then, visitor(browser, portals[1]) as today:
        for kind in KINDS:
            # A kind of page that only one of the two has is new or gone, which the commit's message tells anyway.
            pictures = zip(VARIANTS, pictures_of(then, kind), pictures_of(today, kind), strict=False)
            for (scheme, size), before, now in pictures:
                if differs(before, now):
                    name = f"{kind.name.replace(' ', '-')}-{scheme}-{size['width']}"
                    before.save(tmp_path / f"{name}-before.png")
                    now.save(tmp_path / f"{name}-now.png")
                    different.append(name)
    assert different == [], (
        f"Diese Seiten sehen anders aus: {different} (Bilder in {tmp_path}). "
        "Gewollt? Dann erklärt es der Commit in einer Zeile „Appearance: …“."
    )
