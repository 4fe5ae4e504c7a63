"""Start a portal of its own, measure it, print the tables and write them as JSON."""

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from bench import documents, pages, search
from bench.measuring import Result, measure, table
from portal.places import var_folder


def main() -> int:
    """Run all benchmarks; returns 0, because times are told, not judged."""
    from tests.e2e.running_portal import start_portal

    kept = var_folder()
    with tempfile.TemporaryDirectory() as folder:
        portal = start_portal(Path(folder) / "portal")
        try:
            address = urlsplit(portal.url)
            actions = pages.page_actions(str(address.hostname), int(address.port or 0))
            results = {"pages": measure(actions, rounds=pages.ROUNDS)}
            _tell("Pages, ratio to a static file from the same server", results["pages"])
        finally:
            portal.stop()
        _set_up(Path(folder) / "portal")
        results["documents"] = measure(documents.document_actions(), rounds=documents.ROUNDS)
        _tell("PDF documents, ratio to the blank form", results["documents"])
        results |= search.measure_databases()
    _keep(results, kept)
    return 0


def _set_up(var: Path) -> None:
    """Let this process work with the stopped portal's database."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "portal.settings.embedded"}
    import django

    django.setup()


def _tell(title: str, results: list[Result]) -> None:
    sys.stdout.write(f"\n{table(title, results)}\n")
    sys.stdout.flush()


def _keep(results: dict[str, list[Result]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bench.json"
    file.write_text(json.dumps({name: [asdict(one) for one in group] for name, group in results.items()}, indent=1))
    sys.stdout.write(f"\n{file}\n")


if __name__ == "__main__":
    sys.exit(main())
