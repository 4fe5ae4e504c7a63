"""What a search costs at 200, 2,000 and 10,000 pages, beside Wagtail's plain database search on the same pages.

Each database is measured by a process of its own (``python -m bench.search <file>``) in an empty folder. Our own search
counts all hits, fetches the first ten and marks them; Wagtail's counts them and fetches the first ten with titles and
addresses, by its own ranking, as the search page of a new Wagtail project does, without an excerpt.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench.measuring import Result, measure, table
from bench.postgres import own_postgres
from bench.search_pages import COMMON, MIDDLING, OWN, fill
from portal.places import BASE_DIR

SIZES = (200, 2_000, 10_000)
ROUNDS = 15
# Wagtail's ranking on SQLite takes up to minutes a query in 10,000 pages: once is enough to see it.
ROUNDS_BESIDE = {200: 7, 2_000: 3, 10_000: 1}
# On how many pages these words stand: search_pages.
BESIDE = {
    "common word": COMMON,
    "middling word": MIDDLING,
    "both": f"{COMMON} {MIDDLING}",
    "one page's word": f"{OWN}150",
}
# What Wagtail's search finds nothing for, or something else.
ALONE = {
    "part of a compound": "Turnier",
    "two common words": f"{COMMON} Turnier",
    "phrase": f'"{COMMON} {MIDDLING}"',
    "typing error": "Wekstatt",
}


def measure_databases() -> dict[str, list[Result]]:
    """Measure on SQLite and on PostgreSQL, telling each table as soon as it is there."""
    results = _measure_database("")
    with own_postgres() as address:
        if address is None:
            sys.stdout.write("\nSearch on PostgreSQL: left out, no PostgreSQL is installed.\n")
        else:
            results |= _measure_database(address)
    return results


def _measure_database(address: str) -> dict[str, list[Result]]:
    """Let a process of its own measure on the database at ``address``, on SQLite when it is empty."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "search.json"
        environment = os.environ | {
            "PORTAL_VAR": folder,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "portal.settings.embedded",
        }
        subprocess.run([sys.executable, "-m", "bench.search", str(file)], check=True, cwd=BASE_DIR, env=environment)  # noqa: S603
        read = json.loads(file.read_text())
    return {name: [Result(**one) for one in group] for name, group in read.items()}


def measure_sizes() -> dict[str, list[Result]]:
    """Fill the database step by step and measure at each size; then put the sizes side by side."""
    from django.db import connection

    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    results = {}
    own: dict[int, list[Result]] = {}
    for size in SIZES:
        fill(size)
        own[size] = measure({name: _own(query) for name, query in (BESIDE | ALONE).items()}, rounds=ROUNDS)
        for name, query in BESIDE.items():
            pair = {f"{name}, our own": _own(query), f"{name}, Wagtail's": _stock(query)}
            title = f"Search in {size} pages on {database}, {name}: ratio to our own"
            results[title] = measure(pair, rounds=ROUNDS_BESIDE[size])
            _tell(title, results[title])
    for number, name in enumerate(BESIDE | ALONE):
        title = f"Our own search by size on {database}, {name}: ratio to {SIZES[0]} pages"
        results[title] = [_beside(own[size][number], own[SIZES[0]][number], f"{size} pages") for size in SIZES]
        _tell(title, results[title])
    return results


def _beside(result: Result, smallest: Result, name: str) -> Result:
    return Result(name, result.first, result.median, result.slowest, result.median / smallest.median)


def _own(query: str) -> Callable[[], object]:
    from search.results import search

    return lambda: search(query, "de").results


def _stock(query: str) -> Callable[[], object]:
    from wagtail.models import Page

    def search() -> object:
        found = Page.objects.live().public().search(query)
        return found.count(), [(page.title, page.get_url()) for page in found[:10]]

    return search


def _tell(title: str, results: list[Result]) -> None:
    sys.stdout.write(f"\n{table(title, results)}\n")
    sys.stdout.flush()


def main(file: Path) -> None:
    """Measure on this process's database, which is empty, and write the results as JSON."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    results = measure_sizes()
    file.write_text(json.dumps({name: [asdict(one) for one in group] for name, group in results.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
