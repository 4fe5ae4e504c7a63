"""Whether every text of our own code and templates is translated."""

import argparse
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.catalogues import catalogue_of, findings, update
from portal.messages import messages_of
from portal.places import BASE_DIR

SOURCE_LANGUAGE = "de"
HEADER = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


class Command(BaseCommand):
    help = (
        "Vergleicht die Kataloge aller Sprachen mit den Texten im Code und nennt, was fehlt, zweifelhaft oder "
        "überflüssig ist. Mit --update kommen fehlende Einträge leer dazu und überflüssige fallen weg."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true", help="die Kataloge ergänzen und aufräumen")

    def handle(self, **options: Any) -> None:
        messages = messages_of(BASE_DIR)
        problems = []
        for language in (code for code, _ in settings.LANGUAGES if code != SOURCE_LANGUAGE):
            file = catalogue_of(Path(settings.LOCALE_PATHS[0]), language)
            catalogue = polib.pofile(str(file)) if file.exists() else self._empty(language)
            if options["update"]:
                added, removed = update(catalogue, messages)
                file.parent.mkdir(parents=True, exist_ok=True)
                catalogue.save(str(file))
                self.stdout.write(f"{language}: {added} neue Texte, {removed} überflüssige entfernt")
            problems += [f"{language}: {finding}" for finding in findings(catalogue, messages)]
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"Die Kataloge sind nicht vollständig: {len(problems)} Befunde.")
        self.stdout.write(f"Die Kataloge sind vollständig ({len(messages)} Texte).")

    @staticmethod
    def _empty(language: str) -> polib.POFile:
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = HEADER | {"Language": language, "Plural-Forms": PLURAL_FORMS}
        return catalogue
