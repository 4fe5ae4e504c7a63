"""A real worker process on the test database (its name is the argument) whose mails of the tests' kind hang."""

import sys
import time

import django
from django.core.mail import EmailMessage

django.setup()

from django.db import connection  # noqa: E402 - needs Django to be set up

from portal.mailing import periodic, registry  # noqa: E402
from portal.mailing.worker import Worker  # noqa: E402
from tests.factories.mailing import KIND  # noqa: E402


def say(line: str) -> None:
    """Tell the test how far the worker is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def compose(pk: int) -> list[EmailMessage]:
    """Hang like a mail server that takes no notice."""
    say("composing")
    time.sleep(60)
    return []


connection.settings_dict["NAME"] = sys.argv[1]
periodic._jobs.clear()
registry.register_mail(KIND, compose, label="Hinweis (Test)")
say("started")
Worker().run()
