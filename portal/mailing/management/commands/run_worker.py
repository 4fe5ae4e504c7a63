"""Send mails that wait and run periodic jobs."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.mailing.worker import Worker


class Command(BaseCommand):
    help = "Sendet wartende E-Mails und erledigt wiederkehrende Aufgaben, bis der Prozess beendet wird."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="nur erledigen, was jetzt fällig ist")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        # As in portal.wsgi: a full disk must leave no half of a compiled module behind.
        sys.dont_write_bytecode = True
        worker = Worker()
        if once:
            worker.run_once()
            worker.say_goodbye()
        else:
            worker.run()
