"""How fast readers get a page, by each way there is, beside a stock Wagtail project's page with the same text."""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import load, peer, sizes
from bench.load import Contender
from tests.portal.delivery.servers import HOST, Installation, Visitor, install, own_database

PAGE = "/messseite/"
ROUNDS, SECONDS = 3, 3
ASKED = {"Host": HOST, "X-Forwarded-Proto": "https"}
UNCACHED = ASKED | {"Cookie": "__Host-sessionid=messung"}


@dataclass(frozen=True)
class Cost:
    """Ours and the peer's: seconds or megabytes, and ours divided by the peer's."""

    name: str
    ours: float
    peer: float
    ratio: float


def measure(
    folder: Path, stack: ExitStack, results: dict[str, list[Any]], *, is_quick: bool, tell: Callable[[str], None]
) -> Installation:
    """Measure everything into ``results``; return our smallest installation; all servers stop with ``stack``."""

    def database(name: str) -> str:
        return stack.enter_context(own_database(os.environ.get("DATABASE_URL", ""), folder / "databases", name))

    smallest, *larger = sizes.SIZES[:2] if is_quick else sizes.SIZES
    ours = install(folder / "portal", database_url=database("bench_portal"))
    other = peer.install_peer(folder / "peer", database_url=database("bench_peer"), ours=ours)
    for installation in (ours, other):
        stack.callback(installation.stop)
    sizes.fill(ours, smallest)
    started = {name: _start(one, page) for name, one, page in (("ours", ours, PAGE), ("peer", other, "/verein/"))}
    results["start"] = [_cost("start to first answer, s", started["ours"][1], started["peer"][1])]
    results["speed"] = _race(ours, other, started)
    tell(load.table("One page by each way, ratio to the same bytes as a static nginx file", results["speed"]))
    memories = [load.memory(_server(one)) for one in (ours, other)]
    results["start"].append(_cost("memory per web process, MB", *memories))
    sites = {smallest: (ours, started["ours"][0])}
    for size in larger:
        one = install(folder / f"portal{size}", database_url=database(f"bench_portal{size}"))
        stack.callback(one.stop)
        sites[size] = one, one.start_server()
    for one, _ in sites.values():
        sizes.fill_applications(one, sizes.APPLICATIONS // 10 if is_quick else sizes.APPLICATIONS)
    results["sizes"] = sizes.measure(sites)
    tell(sizes.table("Medians past the page cache, by number of pages", results["sizes"]))
    results["start"].append(_sitemaps(sites[larger[-1]], (other, started["peer"][0]), larger[-1]))
    tell(_table("Beside the stock project", results["start"]))
    return ours


def _start(installation: Installation, page: str) -> tuple[int, float]:
    """Start the application server; return its port and the seconds to the first page it answers with."""
    began = time.monotonic()
    port = installation.start_server()
    answer = Visitor(port).get(page)
    if answer.status != 200:
        raise AssertionError(f"{page}: {answer.status}")
    return port, time.monotonic() - began


def _race(ours: Installation, other: Installation, started: dict[str, tuple[int, float]]) -> list[load.Speed]:
    port, peer_port = started["ours"][0], started["peer"][0]
    nginx = ours.start_nginx([port])
    limit = ours.folder / "limit" / "page"
    limit.parent.mkdir()
    limit.write_text(Visitor(port).get(PAGE).body)
    _publish(nginx)
    web, server = _process(ours, "nginx"), _server(ours)
    contenders = [
        Contender("static nginx file", f"http://127.0.0.1:{nginx}/limit/page", (web,), ASKED),
        Contender("nginx, published file", f"http://127.0.0.1:{nginx}{PAGE}", (web, server), ASKED),
        Contender("page cache (granian)", f"http://127.0.0.1:{port}{PAGE}", (server,), ASKED),
        Contender("uncached", f"http://127.0.0.1:{port}{PAGE}", (server,), UNCACHED),
        Contender("stock Wagtail page", f"http://127.0.0.1:{peer_port}/verein/", (_server(other),), {}),
    ]
    return load.race(contenders, rounds=ROUNDS, seconds=SECONDS)


def _publish(nginx: int) -> None:
    """Wait until nginx has the page."""
    for _ in range(20):
        Visitor(nginx).get(PAGE)
        time.sleep(0.1)


def _sitemaps(ours: tuple[Installation, int], other: tuple[Installation, int], size: int) -> Cost:
    """Take the time of a sitemap of so many pages, ours collected anew as after a change."""
    other[0].run(peer.FILL.format(size=size))
    taken = []
    for _ in range(3):
        ours[0].run("from portal.delivery.version import raise_content_version; raise_content_version()")
        times = []
        for name, visitor in (("ours", Visitor(ours[1])), ("peer", Visitor(other[1]))):
            began = time.perf_counter()
            answer = visitor.get("/sitemap.xml")
            if answer.body.count("<loc>") < size:
                raise AssertionError(f"{name}: {answer.body.count('<loc>')} pages in the sitemap")
            times.append(time.perf_counter() - began)
        taken.append(times)
    best = [min(column) for column in zip(*taken, strict=True)]
    return _cost(f"sitemap of {size} pages right after a change, s", *best)


def _cost(name: str, ours: float, other: float) -> Cost:
    return Cost(name, ours, other, ours / other)


def _server(installation: Installation) -> int:
    return _process(installation, "granian")


def _process(installation: Installation, word: str) -> int:
    found = next(process for process in installation.processes if any(word in part for part in process.command))
    if found.child is None:
        raise RuntimeError(f"{word} does not run")
    return found.child.pid


def _table(title: str, costs: list[Cost]) -> str:
    width = max(len(cost.name) for cost in costs)
    lines = (f"{one.name:{width}}  {one.ours:9.3f} {one.peer:9.3f} {one.ratio:7.2f}" for one in costs)
    return "\n".join([title, f"{'':{width}}  {'ours':>9} {'peer':>9} {'ratio':>7}", *lines])
