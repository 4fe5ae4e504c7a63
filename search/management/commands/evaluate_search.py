"""``manage.py evaluate_search``: how many labelled queries find what they must; docs/search.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from search.evaluation import FIRST, Evaluation, FaultySet, Outcome, evaluate, findable_corpus, read_labels, read_rows

OWN_SET = Path(settings.BASE_DIR, "tests", "search", "queries.yaml")
OWN_CORPUS = Path(settings.BASE_DIR, "tests", "search", "corpus.yaml")
WITHOUT_OWN_SET = (
    "Die eigene Sammlung gehört zu den Tests (tests/search/), die es hier und im Container nicht gibt. "
    "Geben Sie mit „--file“ eine Datei mit Suchworten an; docs/search.md beschreibt sie."
)


class Command(BaseCommand):
    help = "Misst die Suche an Suchworten mit bekannten Treffern."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="*", type=Path, help="YAML: Liste von query, wanted, unwanted; sonst die eigene Sammlung."
        )
        parser.add_argument("--file", dest="files", action="append", type=Path, default=[], help="wie ohne „--file“")
        parser.add_argument(
            "--corpus",
            action="append",
            type=Path,
            default=[],
            help="YAML: was dabei außerdem zu finden ist, auch mehrmals; danach bleibt nichts.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = [*options["file"], *options["files"]]
        if not files and not OWN_SET.is_file():
            raise CommandError(WITHOUT_OWN_SET)
        corpora = options["corpus"] or ([] if files else [OWN_CORPUS])
        try:
            labels = [label for file in files or [OWN_SET] for label in read_labels(file)]
            with findable_corpus([row for corpus in corpora for row in read_rows(corpus)]):
                self.tell(evaluate(labels))
        except FaultySet as error:
            raise CommandError(str(error)) from error

    def tell(self, evaluation: Evaluation) -> None:
        """Print the figures and the failures."""
        self.stdout.write(f"{connection.vendor}: {len(evaluation.outcomes)} queries")
        self.stdout.write(f"recall@{FIRST}: {evaluation.recall:.1%}")
        self.stdout.write(f"mean reciprocal rank: {evaluation.mean_reciprocal_rank:.3f}")
        self.stdout.write(f"everything found: {evaluation.digest}")
        for family, right in evaluation.by_family().items():
            self.stdout.write(f"  {family or '–'}: {right:.1%}")
        for outcome in evaluation.failures:
            self.stdout.write(failure_line(outcome))


def failure_line(outcome: Outcome) -> str:
    """Return one failure as a line."""
    label = outcome.label
    wanted = " or ".join(sorted(label.wanted)) or "nothing"
    without = f", without {' '.join(sorted(label.unwanted))}" if label.unwanted else ""
    return f"FAILED {label.query!r}: wanted {wanted}{without}; found {' '.join(outcome.found) or 'nothing'}"
