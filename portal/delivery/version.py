"""Read and raise the content version.

Whatever is kept of rendered or collected content carries the version it was made from and is valid while that version
stands. The version is a database row raised inside the changing transaction: it becomes visible together with the
change itself, and a change that is rolled back raises nothing.
"""

import secrets
from typing import Any

from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal

from portal.delivery.models import ContentVersion

# The version grows by a random stride. A number that was read inside a transaction which is rolled back later must not
# come back with other content behind it; with strides it practically never does.
LONGEST_STRIDE = 2**20

# Sent after every raise, inside the changing transaction.
content_changed = Signal()


def content_version() -> int:
    """Return the current version (one query); 0 before the first change of a fresh database."""
    return ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def raise_content_version() -> None:
    """Make everything kept so far invalid, as soon as the current transaction is committed.

    Call it by hand after ``QuerySet.update()``, raw SQL and bulk writes: they send no signals.
    """
    stride = secrets.randbelow(LONGEST_STRIDE) + 1
    if not ContentVersion.objects.filter(pk=1).update(number=F("number") + stride):
        # Two first changes at once: the loser of the insert updates the winner's row.
        _, created = ContentVersion.objects.get_or_create(pk=1, defaults={"number": stride})
        if not created:
            ContentVersion.objects.filter(pk=1).update(number=F("number") + stride)
    content_changed.send(sender=ContentVersion)


def register_content_model(model: type[Model]) -> None:
    """Raise the version whenever an object of ``model``, or one of its many-to-many relations, changes."""
    identifier = f"content-version:{model._meta.label_lower}"
    post_save.connect(_object_changed, sender=model, dispatch_uid=identifier)
    post_delete.connect(_object_changed, sender=model, dispatch_uid=identifier)
    for field in model._meta.many_to_many:
        through = getattr(model, field.name).through
        m2m_changed.connect(_relation_changed, sender=through, dispatch_uid=f"{identifier}:{field.name}")


def _object_changed(sender: type[Model], **kwargs: Any) -> None:
    # Fixtures loaded raw write the version's own row too.
    if not kwargs.get("raw", False):
        raise_content_version()


def _relation_changed(sender: type[Model], action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        raise_content_version()
