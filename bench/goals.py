"""What the portal wants to reach, beside what was measured: told at the end of a run, never a reason to fail.

Machines are shared and noisy. A goal that is missed twice on an idle machine is a reason to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AT_LEAST, AT_MOST = "≥", "≤"
GROWTH, PUBLISHING = 1.3, 1.5
# A content page past the page cache, the lists that have pages, in the order they are measured.
PAGES_AND_LISTS = ("home page", "content page with menu", "news list, page 2", "admin explorer", "application list")
SEARCH_BY_SIZE = "Our own search by size"
SEARCH_GROWTH = 3.0
PREFILLED, PREFILLED_MILLISECONDS = "prefilled", 500.0
PERFORMANCE, FULL_SCORE = 98.0, 100.0
# Search results tell search engines to stay away, which costs points there.
NOT_INDEXED = {"search"}


@dataclass(frozen=True)
class Outcome:
    """A goal and what was measured of it."""

    name: str
    measured: float
    relation: str
    goal: float

    @property
    def is_met(self) -> bool:
        return self.measured >= self.goal if self.relation == AT_LEAST else self.measured <= self.goal


def outcomes(results: Mapping[str, Sequence[Any]]) -> list[Outcome]:
    """Return the outcome of every goal of which something was measured."""
    return [
        *_speed(results.get("speed", ())),
        *_growth(results.get("sizes", ())),
        *_beside_stock(results.get("start", ())),
        *_documents(results.get("documents", ())),
        *_search(results),
        *_lighthouse(results.get("lighthouse", ())),
    ]


def _speed(speeds: Sequence[Any]) -> Iterator[Outcome]:
    rates = {speed.name: speed.per_second for speed in speeds}
    for ours, beside, goal in (
        ("nginx, published file", "static nginx file", 0.7),
        ("page cache (granian)", "static nginx file", 0.4),
        ("uncached", "stock Wagtail page", 5.0),
    ):
        if ours in rates and beside in rates:
            yield Outcome(f"{ours}: rate to {beside}", rates[ours] / rates[beside], AT_LEAST, goal)


def _growth(growths: Sequence[Any]) -> Iterator[Outcome]:
    for growth in growths:
        if growth.name in PAGES_AND_LISTS:
            yield Outcome(f"{growth.name}: time of the largest site to the smallest", growth.ratio, AT_MOST, GROWTH)
        elif growth.name == "publish":
            yield Outcome("publish: time of the largest site to the smallest", growth.ratio, AT_MOST, PUBLISHING)


def _beside_stock(costs: Sequence[Any]) -> Iterator[Outcome]:
    for cost in costs:
        goal = 0.1 if cost.name.startswith("sitemap") else 1.5
        yield Outcome(f"{cost.name}: ratio to the stock project", cost.ratio, AT_MOST, goal)


def _documents(documents: Sequence[Any]) -> Iterator[Outcome]:
    for document in documents:
        if document.name.startswith(PREFILLED):
            yield Outcome(f"{document.name}: milliseconds", document.median, AT_MOST, PREFILLED_MILLISECONDS)


def _search(results: Mapping[str, Sequence[Any]]) -> Iterator[Outcome]:
    for name, group in results.items():
        if name.startswith(SEARCH_BY_SIZE):
            kind = name.removeprefix(SEARCH_BY_SIZE).partition(":")[0]
            yield Outcome(f"search{kind}: {group[-1].name} to {group[0].name}", group[-1].ratio, AT_MOST, SEARCH_GROWTH)


def _lighthouse(pages: Sequence[Any]) -> Iterator[Outcome]:
    for page in pages:
        yield Outcome(f"Lighthouse, {page.page}: performance", page.performance, AT_LEAST, PERFORMANCE)
        yield Outcome(f"Lighthouse, {page.page}: accessibility", page.accessibility, AT_LEAST, FULL_SCORE)
        yield Outcome(f"Lighthouse, {page.page}: best practices", page.best_practices, AT_LEAST, FULL_SCORE)
        if page.page not in NOT_INDEXED:
            yield Outcome(f"Lighthouse, {page.page}: SEO", page.seo, AT_LEAST, FULL_SCORE)


def table(found: Sequence[Outcome]) -> str:
    """Return one line for each goal; what was missed says so."""
    width = max(len(one.name) for one in found)
    lines = (
        f"{one.name:{width}}  {one.measured:9.2f}  {one.relation} {one.goal:6.2f}{'' if one.is_met else '  missed'}"
        for one in found
    )
    return "\n".join(["Goals", *lines])
