"""``manage.py load_starter_content``: an empty portal gets pages, settings, texts and groups to start from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.starter.files import StarterContentError
from home.starter.load import load_starter_content


class Command(BaseCommand):
    help = "Lädt den Ausgangsinhalt; was schon da ist oder geändert wurde, bleibt."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_starter_content()
        except StarterContentError as error:
            raise CommandError(f"Der Ausgangsinhalt ist fehlerhaft: {error}") from error
        if options["verbosity"]:
            self.stdout.write(
                f"Ausgangsinhalt: {count} Einträge geladen." if count else "Ausgangsinhalt: nichts zu tun."
            )
