"""Read a backup from end to end and check it, without changing anything."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backup.errors import BackupError
from portal.backup.restore import verify_backup


class Command(BaseCommand):
    help = "Liest eine Sicherung ganz, prüft jeden Teil und sagt, was sie enthält."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="die Sicherung")
        parser.add_argument("--identity", type=Path, required=True, help="Datei mit dem geheimen Schlüssel von age")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = verify_backup(options["archive"], identity=read_identity(options["identity"]))
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Unversehrt: Sicherung vom {manifest.created_at}, Fassung {manifest.portal_version}, "
            f"{sum(manifest.rows.values())} Zeilen, {manifest.files} Dateien."
        )


def read_identity(path: Path) -> str:
    """Return the text of the key file; raises BackupError."""
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"Die Schlüsseldatei {path} ist nicht lesbar.") from error
