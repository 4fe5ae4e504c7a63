"""Compile the message catalogues; gettext's own tools are not needed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalogues import catalogue_files, compile_catalogue


class Command(BaseCommand):
    help = "Compiles the catalogues (.po) that changed since they were compiled last."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in catalogue_files(Path(folder)):
                if compile_catalogue(source) and options["verbosity"] > 0:
                    self.stdout.write(f"{source.parent.parent.name}/{source.stem} übersetzt")
