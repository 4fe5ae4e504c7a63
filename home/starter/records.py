"""What was loaded before, so that loading again leaves alone what people have changed since."""

from collections.abc import Callable

from django.db import models

from home.models import StarterRecord
from home.starter.files import Entry


def load_once(entry: Entry, create: Callable[[Entry], models.Model | None]) -> bool:
    """Call ``create(entry)`` unless the entry was loaded before, whatever became of it; returns whether it was.

    ``create`` returns what it made, or None for something that was there already.
    """
    key = record_key(entry)
    if StarterRecord.objects.filter(key=key).exists():
        return False
    made = create(entry)
    StarterRecord.objects.create(key=key, fingerprint=entry.fingerprint, object_id=made.pk if made else None)
    return made is not None


def record_key(entry: Entry) -> str:
    """Return the name an entry is remembered by."""
    return f"{entry.source}:{entry.name}"
