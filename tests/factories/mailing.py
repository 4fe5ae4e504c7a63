"""Mails for tests: kinds that can be made to fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.mail import EmailMessage

from portal.mailing import registry
from portal.mailing.models import QueuedMail

KIND = "tests.notice"


def make_message(pk: int) -> EmailMessage:
    """Return a plain message that names the object's key."""
    return EmailMessage(subject=f"Hinweis {pk}", body="Guten Tag", to=[f"person{pk}@example.org"])


@contextmanager
def registered(
    compose: Callable[[int], list[EmailMessage]], kind: str = KIND, note_sent: registry.Sent | None = None
) -> Iterator[None]:
    """Know ``kind`` for as long as the block runs."""
    registry._kinds[kind] = registry.MailKind(compose, "Hinweis (Test)", note_sent=note_sent)
    try:
        yield
    finally:
        del registry._kinds[kind]


def create_mail(**fields: Any) -> QueuedMail:
    """Return a stored row of the queue."""
    return QueuedMail.objects.create(**{"kind": KIND, "object_id": 1, **fields})
