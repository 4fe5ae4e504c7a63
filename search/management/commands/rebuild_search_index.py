"""``manage.py rebuild_search_index``: write the search index anew from everything that is public."""

from typing import Any

from django.core.management.base import BaseCommand

from search.index import go_through


class Command(BaseCommand):
    help = "Baut das Suchverzeichnis neu auf; die Suche läuft dabei weiter."

    def handle(self, *args: Any, **options: Any) -> None:
        for progress in go_through(force=True):
            self.stdout.write(f"{progress.source}: {progress.seen} von {progress.total} Einträgen geschrieben")
            if progress.removed:
                self.stdout.write(f"{progress.source}: {progress.removed} veraltete Einträge entfernt.")
        self.stdout.write(self.style.SUCCESS("Das Suchverzeichnis ist neu aufgebaut."))
