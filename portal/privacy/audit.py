"""Writing and reading the audit log; and the two designed ways out of it, for erasure and for the end of a period."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

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


_view_actions: set[str] = set()


def register_views(*actions: str) -> None:
    """Name actions that only say who looked at something; they are kept for the time of logs, not with the subject."""
    _view_actions.update(actions)


def views() -> AuditEntryQuerySet:
    """Return the entries that only say who looked at something."""
    return AuditEntry.objects.filter(action__in=_view_actions)


def forget(subject: Model) -> int:
    """Remove everything noted about ``subject``; returns how many entries. For erasure only.

    The log is append-only for everybody else. The caller notes afterwards, in the same transaction, that and why.
    """
    return _remove(entries_of(subject).select_related(None))


def forget_view(pk: int, noted_before: dt.datetime) -> bool:
    """Remove one entry that only says who looked, if it is that old. For the retention of logs only."""
    return bool(_remove(views().filter(pk=pk, at__lte=noted_before)))


def _remove(entries: AuditEntryQuerySet) -> int:
    """Delete past the queryset's refusal; the only place that does."""
    removable: QuerySet[AuditEntry] = QuerySet(AuditEntry).filter(pk__in=list(entries.values_list("pk", flat=True)))
    return removable.delete()[0]
