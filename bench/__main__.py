"""Start portals of its own, measure them, print the tables and write them as JSON.

``--quick`` stays at 1,000 pages and 2,000 applications; ``--search`` only measures the search, ``--lighthouse`` only
asks Lighthouse. ``DATABASE_URL`` measures on that PostgreSQL, in databases of its own; without it on SQLite.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import delivery, documents, goals, lighthouse, search
from bench.measuring import Result, measure, table
from portal.places import var_folder

TOOLS = ("wrk", "nginx")


def main(arguments: Sequence[str]) -> int:
    """Run all benchmarks; returns 0, because times are told, not judged."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.stdout.write(
            f"Zum Messen fehlt: {', '.join(missing)}. So wird es installiert: apt-get install {' '.join(missing)}\n"
        )
        return 1
    is_quick = "--quick" in arguments
    kept = var_folder()
    if "--search" in arguments:
        _keep({**search.measure_databases()}, kept)
        return 0
    if "--lighthouse" in arguments:
        _keep({"lighthouse": _lighthouse()}, kept)
        return 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        results: dict[str, list[Any]] = {}
        ours = delivery.measure(Path(folder), stack, results, is_quick=is_quick, tell=say)
        _set_up(ours.environment)
        results["documents"] = measure(documents.document_actions(), rounds=documents.ROUNDS)
        tell("PDF documents, ratio to a blank page", results["documents"])
        if not is_quick:
            results |= search.measure_databases()
            results["lighthouse"] = _lighthouse()
    _keep(results, kept)
    return 0


def _lighthouse() -> list[lighthouse.Scores]:
    """Let Lighthouse look at a portal with its sample content."""
    from tests.e2e.running_portal import start_portal

    if not lighthouse.can_run():
        say("Lighthouse übersprungen: „chromium“ oder „npm“ ist nicht installiert.")
        return []
    with tempfile.TemporaryDirectory() as folder:
        portal = start_portal(Path(folder) / "portal")
        try:
            scores = lighthouse.measure(portal.url, Path(folder))
        finally:
            portal.stop()
    say(lighthouse.table(scores))
    return scores


def say(text: str) -> None:
    sys.stdout.write(f"\n{text}\n")
    sys.stdout.flush()


def tell(title: str, results: list[Result]) -> None:
    say(table(title, results))


def _set_up(environment: dict[str, str]) -> None:
    """Let this process work with the portal's database."""
    os.environ |= environment
    import django

    django.setup()


def _keep(results: dict[str, list[Any]], folder: Path) -> None:
    """Tell the goals, and write everything to a file."""
    results["goals"] = list(goals.outcomes(results))
    if results["goals"]:
        say(goals.table(results["goals"]))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bench.json"
    file.write_text(json.dumps({name: [asdict(one) for one in group] for name, group in results.items()}, indent=1))
    say(str(file))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
