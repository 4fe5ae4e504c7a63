"""Remove what has been kept long enough, or show what would be removed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.formats import date_format

from portal.privacy.retention import apply_rule, preview, rules


class Command(BaseCommand):
    help = "Löscht, was lange genug aufbewahrt wurde. Mit --dry-run wird nur gezeigt, was gelöscht würde."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts löschen")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            for rule in rules():
                self.stdout.write(f"{rule.label}: {apply_rule(rule)} gelöscht")
            return
        for rule, due, following in preview():
            when = date_format(timezone.localtime(following), "j. F Y") if following else "nichts weiter"
            self.stdout.write(
                f"{rule.label} (nach {rule.period} ab {rule.counted_from}): "
                f"{len(due)} würden gelöscht; als Nächstes: {when}"
            )
            for row in due:
                self.stdout.write(f"  {rule.name_of(row)}")
