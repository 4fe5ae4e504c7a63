"""Take all devices from somebody who lost them, where no technician can sign in any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.accounts.second_factor.changes import reset_second_factor


class Command(BaseCommand):
    help = "Setzt den zweiten Faktor einer Person zurück. Das steht im Protokoll, und die Person bekommt eine E-Mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="die Adresse, mit der sich die Person anmeldet")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Einen Zugang mit der Adresse {options['email']} gibt es nicht.")
        reset_second_factor(person, by=None)
        self.stdout.write(
            f"Der zweite Faktor von {person.email} ist zurückgesetzt. Beim nächsten Anmelden wird er neu eingerichtet."
        )
