"""Bring the table of personal fields in docs/datenschutz.md up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.places import BASE_DIR
from portal.privacy.table import with_table


class Command(BaseCommand):
    help = "Schreibt das Verzeichnis der personenbezogenen Angaben in docs/datenschutz.md neu."

    def handle(self, *args: Any, **options: Any) -> None:
        path = BASE_DIR / "docs" / "datenschutz.md"
        path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{path} ist auf dem Stand von jetzt.")
