"""Writing and reading the audit log."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from portal.privacy.models import AuditEntry, AuditEntryQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Actor = AbstractBaseUser | AnonymousUser | None


def record(subject: Model, action: str, *, actor: "Actor" = None, **details: Any) -> AuditEntry:
    """Note that ``action`` happened to ``subject``, in the caller's transaction.

    ``actor`` is None where the portal or an applicant acted. ``details`` are JSON values without personal data:
    states, counts, field names, never their contents. The subject is kept by type, key and ``reference`` (if it has
    one), never by its text.
    """
    return AuditEntry.objects.create(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        subject_reference=getattr(subject, "reference", "") or "",
        action=action,
        actor_id=actor.pk if actor is not None else None,
        details=details,
    )


def entries_of(subject: Model) -> AuditEntryQuerySet:
    """Return everything noted about ``subject``, oldest first, with the persons who acted."""
    entries = AuditEntry.objects.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
    return entries.select_related("actor").order_by("at", "pk")
