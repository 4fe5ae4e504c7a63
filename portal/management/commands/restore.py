"""Take a backup back into an empty installation."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backup.errors import BackupError
from portal.backup.restore import restore_backup
from portal.management.commands.verify_backup import read_identity


class Command(BaseCommand):
    help = (
        "Spielt eine Sicherung in eine leere Installation ein, auch von SQLite nach PostgreSQL. Eine beschädigte oder "
        "fremde Sicherung wird abgelehnt, und nichts ändert sich."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="die Sicherung")
        parser.add_argument("--identity", type=Path, required=True, help="Datei mit dem geheimen Schlüssel von age")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(options["archive"], identity=read_identity(options["identity"]))
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Eingespielt: Sicherung vom {manifest.created_at}, {sum(manifest.rows.values())} Zeilen, "
            f"{manifest.files} Dateien."
        )
