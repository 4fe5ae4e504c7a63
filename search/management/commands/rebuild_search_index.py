"""Write the search index anew from everything that is public."""

from typing import Any

from django.core.management.base import BaseCommand

from search.index import rebuild

REPORT_EVERY = 100


class Command(BaseCommand):
    help = "Baut das Suchverzeichnis neu auf."

    def handle(self, *args: Any, **options: Any) -> None:
        done, source, removed = 0, "", 0
        for source, done, removed in rebuild():
            if done % REPORT_EVERY == 0:
                self.stdout.write(f"{source}: {done} Einträge …")
            if removed:
                self.stdout.write(f"{source}: {removed} veraltete Einträge entfernt.")
        self.stdout.write(self.style.SUCCESS("Das Suchverzeichnis ist neu aufgebaut."))
