"""Make the account of whoever sets the portal up, once."""

import os
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

EMAIL = "admin@example.org"
PASSWORD_BYTES = 12


class Command(BaseCommand):
    help = (
        f"Legt beim ersten Start das Konto {EMAIL} an und nennt sein Passwort ein einziges Mal; "
        "PORTAL_ADMIN_PASSWORD gibt es vor. Ein vorhandenes Konto bleibt, wie es ist."
    )
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists() or users.filter(email__iexact=EMAIL).exists():
            return
        given = os.environ.get("PORTAL_ADMIN_PASSWORD", "")
        password = given or secrets.token_urlsafe(PASSWORD_BYTES)
        users.create_superuser(email=EMAIL, password=password)  # type: ignore[attr-defined]
        shown = "das Passwort aus PORTAL_ADMIN_PASSWORD" if given else password
        self.stdout.write(f"\nKonto für die Verwaltung:  {EMAIL}\nPasswort:                  {shown}")
        if not given:
            self.stdout.write("Das Passwort wird nur dieses eine Mal gezeigt.")
