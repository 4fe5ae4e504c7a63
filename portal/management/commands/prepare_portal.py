"""Bring an installation up to date before it is served: database, catalogues, static files, first content."""

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from portal.databases import why_unreachable
from portal.privacy.storage import private_rights
from portal.web_server_pages import write_pages


class Command(BaseCommand):
    help = (
        "Prüft die Datenbank, bringt sie auf den neuesten Stand, übersetzt die Kataloge, sammelt die statischen "
        "Dateien, lädt die Startinhalte und legt das erste Konto an. Ein zweiter Lauf ändert nichts."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--no-static", action="store_true", help="statische Dateien nicht sammeln")
        parser.add_argument(
            "--keep-static",
            action="store_true",
            help="statische Dateien der bisherigen Fassung behalten: Seiten, die noch offen sind, brauchen sie",
        )

    def handle(self, **options: Any) -> None:
        reason = why_unreachable(connection)
        if reason:
            # For people at the terminal: Django's own way would put „CommandError“ before the sentence.
            self.stderr.write(reason)
            sys.exit(1)
        call_command("compile_catalogues", verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        if not options["no_static"]:
            call_command("collectstatic", interactive=False, clear=not options["keep_static"], verbosity=0)
            write_pages()
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        settings.PRIVATE_MEDIA_ROOT.mkdir(mode=private_rights()[1], parents=True, exist_ok=True)
        call_command("load_starter_content", stdout=self.stdout)
        call_command("create_first_administrator", stdout=self.stdout)
