"""Message-IDs that name our own domain, without asking the network for the machine's name."""

import uuid
from email.utils import parseaddr

from django.conf import settings


def mail_domain() -> str:
    """Return the domain our mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"


def new_message_id() -> str:
    """Return a fresh Message-ID."""
    return f"<{uuid.uuid4().hex}@{mail_domain()}>"


def repeated_message_id(queued_id: int, generation: str, receiver: str) -> str:
    """Return the same Message-ID for every attempt at one sending: a double is recognized by the receiver.

    ``generation`` tells sendings apart: a mail that somebody sends again by hand, a row whose number was used before.
    """
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.WAGTAILADMIN_BASE_URL}/{queued_id}/{generation}/{receiver}")
    return f"<{name.hex}@{mail_domain()}>"
