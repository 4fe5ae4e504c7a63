"""What a search costs at 200, 2,000 and 10,000 pages, beside Wagtail's plain database search on the same pages.

Each size has a database and a process of its own (``python -m bench.search <size>``), all asked in turn, so that
whatever else the machine does falls on all alike. Our own search counts all hits, fetches the first ten and marks them;
Wagtail's counts them and fetches the first ten with titles and addresses, by its own ranking, as the search page of a
new Wagtail project does, without an excerpt.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import IO, cast

from bench.measuring import Result, measure_timed, table
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


Filled = dict[int, Callable[[str, str], float]]


def measure_databases() -> dict[str, list[Result]]:
    """Measure on SQLite and on PostgreSQL, telling each table as soon as it is there."""
    with ExitStack() as stack:
        results = _measure("SQLite", {size: stack.enter_context(_filled(size, "")) for size in SIZES})
    with own_postgres() as address, ExitStack() as stack:
        if address is None:
            sys.stdout.write("\nSearch on PostgreSQL: left out, no PostgreSQL is installed.\n")
            return results
        filled = {size: stack.enter_context(_filled(size, _own_database(address, f"pages{size}"))) for size in SIZES}
        return results | _measure("PostgreSQL", filled)


def _own_database(address: str, name: str) -> str:
    """Create a database beside the one at ``address`` and return its address."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{address.rpartition('/')[0]}/{name}"


@contextmanager
def _filled(size: int, address: str) -> Iterator[Callable[[str, str], float]]:
    """Let a process of its own fill the empty database at ``address``, a new SQLite file where that is empty.

    Yields a function that lets it search: (whose search, query) → seconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "PORTAL_VAR": folder,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "portal.settings.embedded",
        }
        command = [sys.executable, "-m", "bench.search", str(size)]
        began = time.perf_counter()
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603
            seconds = partial(_seconds, cast("IO[str]", process.stdin), cast("IO[str]", process.stdout))
            cast("IO[str]", process.stdout).readline()
            sys.stdout.write(f"{size} pages written in {time.perf_counter() - began:.0f} s\n")
            sys.stdout.flush()
            yield seconds
            cast("IO[str]", process.stdin).close()


def _seconds(questions: IO[str], answers: IO[str], whose: str, query: str) -> float:
    questions.write(json.dumps([whose, query]) + "\n")
    questions.flush()
    return float(answers.readline())


def _measure(database: str, filled: Filled) -> dict[str, list[Result]]:
    """Put the sizes beside each other, and at each size both searches."""
    results = {}
    for name, query in (BESIDE | ALONE).items():
        title = f"Our own search by size on {database}, {name}: ratio to {SIZES[0]} pages"
        by_size = {f"{size} pages": partial(seconds, "own", query) for size, seconds in filled.items()}
        results[title] = measure_timed(by_size, rounds=ROUNDS)
        _tell(title, results[title])
    for size, seconds in filled.items():
        for name, query in BESIDE.items():
            title = f"Search in {size} pages on {database}, {name}: ratio to our own"
            both = {"our own": partial(seconds, "own", query), "Wagtail's": partial(seconds, "stock", query)}
            results[title] = measure_timed(both, rounds=ROUNDS_BESIDE[size])
            _tell(title, results[title])
    return results


def _own(query: str) -> object:
    from search.results import search

    return search(query, "de").results


def _stock(query: str) -> object:
    from wagtail.models import Page

    found = Page.objects.live().public().search(query)
    return found.count(), [(page.title, page.get_url()) for page in found[:10]]


def _tell(title: str, results: list[Result]) -> None:
    sys.stdout.write(f"\n{table(title, results)}\n")
    sys.stdout.flush()


def main(size: int) -> None:
    """Fill this process's database, which is empty, then answer each question on standard input with its seconds."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    fill(size)
    searches = {"own": _own, "stock": _stock}
    sys.stdout.write("filled\n")
    sys.stdout.flush()
    for line in sys.stdin:
        whose, query = json.loads(line)
        began = time.perf_counter()
        searches[whose](query)
        sys.stdout.write(f"{time.perf_counter() - began}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
