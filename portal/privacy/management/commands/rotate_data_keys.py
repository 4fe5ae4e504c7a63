"""Seal all encrypted values anew with the first key of PORTAL_DATA_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.privacy.rotation import encrypted_fields, other_sealed, reseal
from portal.privacy.sealing import data_keys


class Command(BaseCommand):
    help = "Verschlüsselt alle geschützten Angaben neu, mit dem ersten Schlüssel aus PORTAL_DATA_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        key_id = next(iter(data_keys()))
        for field in encrypted_fields():
            count = reseal(field)
            self.stdout.write(f"{field.model._meta.verbose_name}, {field.verbose_name}: {count} neu verschlüsselt")
        for label, reseal_all in other_sealed().items():
            self.stdout.write(f"{label}: {reseal_all()} neu verschlüsselt")
        self.stdout.write(f"Fertig. Gültig ist jetzt der Schlüssel „{key_id}“; ältere werden nicht mehr gebraucht.")
