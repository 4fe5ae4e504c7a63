"""Lighthouse's scores of four pages as a phone sees them: the median of three runs each.

Goals: 100 in accessibility, best practices and SEO, at least 98 in performance. The search tells search engines to stay
away (``noindex``), so it has no SEO score to reach; neither has any page while sample content is there, which is why
that one audit is left out everywhere.
"""

import json
import os
import shutil
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench import npm

PAGES = {"home": "/", "content": "/ueber-uns/", "joining": "/mitglied-werden/", "search": "/suche/?q=quartier"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
TRIES = 3
SECONDS = 180


@dataclass(frozen=True)
class Scores:
    """One page's scores, 0 to 100, and the audits that cost points in any run."""

    page: str
    performance: int
    accessibility: int
    best_practices: int
    seo: int
    costly: tuple[str, ...]


def can_run() -> bool:
    """Whether Chromium is there, and npm to bring Lighthouse."""
    return shutil.which("chromium") is not None and npm.can_install()


def measure(base_url: str, folder: Path, *, runs: int = RUNS) -> list[Scores]:
    """Return the scores of all pages of the portal at ``base_url``; ``folder`` keeps the reports."""
    return [median_of(name, [report(base_url + path, folder) for _run in range(runs)]) for name, path in PAGES.items()]


def report(url: str, folder: Path) -> dict[str, object]:
    """Run Lighthouse once on ``url`` and return its report. Raises CalledProcessError when it fails ``TRIES`` times.

    Chromium now and then loses the beginning of a trace; Lighthouse then asks to be run again.
    """
    target = folder / "lighthouse.json"
    command = [
        *("node", str(npm.package("lighthouse") / "cli" / "index.js"), url),
        *("--quiet", "--output=json", f"--output-path={target}", f"--only-categories={','.join(CATEGORIES)}"),
        *("--skip-audits=is-crawlable", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"),
    ]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for last in (*[False] * (TRIES - 1), True):
        done = subprocess.run(command, check=last, env=environment, timeout=SECONDS, stdout=subprocess.DEVNULL)  # noqa: S603
        if not done.returncode:
            break
    return dict(json.loads(target.read_text()))


def median_of(name: str, reports: list[dict]) -> Scores:
    """Return the median of each score of one page's runs."""
    scores = {
        category: round(statistics.median(one["categories"][category]["score"] or 0 for one in reports) * 100)
        for category in CATEGORIES
    }
    costly = {
        audit
        for one in reports
        for category in CATEGORIES
        for reference in one["categories"][category]["auditRefs"]
        if reference["weight"] and (found := one["audits"][audit := reference["id"]])["score"] not in (1, None)
        if found["scoreDisplayMode"] != "notApplicable"
    }
    return Scores(
        name,
        scores["performance"],
        scores["accessibility"],
        scores["best-practices"],
        scores["seo"],
        tuple(sorted(costly)),
    )


def table(results: list[Scores]) -> str:
    """Return the scores as lines of text."""
    head = f"{'':8}  {'performance':>11} {'accessibility':>13} {'best practices':>14} {'SEO':>5}  what costs points"
    lines = (
        f"{one.page:8}  {one.performance:11} {one.accessibility:13} {one.best_practices:14} {one.seo:5}  "
        f"{', '.join(one.costly) or '–'}"
        for one in results
    )
    return "\n".join(["Lighthouse, mobile, median of three runs", head, *lines])
