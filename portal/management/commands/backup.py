"""Write everything the installation holds into one encrypted archive."""

import argparse
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.backup.create import create_backup, default_name
from portal.backup.errors import BackupError


class Command(BaseCommand):
    help = (
        "Sichert Datenbank und Dateien in ein Archiv, verschlüsselt mit dem öffentlichen Schlüssel von age "
        "(PORTAL_BACKUP_RECIPIENT oder --recipient). Der Schlüssel der Bankdaten liegt nicht darin."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="Ordner oder Datei, in die gesichert wird")
        parser.add_argument("--recipient", help="öffentlicher Schlüssel von age (age1…)")
        parser.add_argument("--keep", type=int, help="so viele Sicherungen im Ordner behalten, ältere löschen")

    def handle(self, *args: Any, **options: Any) -> None:
        recipient = options["recipient"] or os.environ.get("PORTAL_BACKUP_RECIPIENT", "")
        if not recipient:
            raise CommandError(
                "Es fehlt der öffentliche Schlüssel von age: --recipient oder PORTAL_BACKUP_RECIPIENT nennt ihn."
            )
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep muss mindestens 1 sein.")
        target: Path = options["target"]
        path = target / default_name(timezone.now()) if target.is_dir() else target
        try:
            manifest = create_backup(path, recipient=recipient)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {sum(manifest.rows.values())} Zeilen, {manifest.files} Dateien gesichert.")
        if options["keep"] and target.is_dir():
            for old in sorted(target.glob("portal-*.tar.gz.age"))[: -options["keep"]]:
                old.unlink()
                self.stdout.write(f"{old} gelöscht.")
