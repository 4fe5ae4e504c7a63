"""The audit log (what was done to which object, by whom, when) and how long the association keeps what."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class AppendOnly(TypeError):
    """Somebody tried to change or delete an entry of the audit log."""

    def __init__(self) -> None:
        super().__init__("audit entries are added, never changed or deleted")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries, for reading."""

    def update(self, **values: Any) -> int:
        """Refused: raises AppendOnly."""
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: raises AppendOnly."""
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refused: raises AppendOnly."""
        raise AppendOnly


class AuditEntry(models.Model):
    """One thing that happened to an object. ``details`` never hold personal data."""

    at = models.DateTimeField(_("Zeitpunkt"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Person"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    action = models.CharField(_("Vorgang"), max_length=80)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    # What people call the object (an application's reference number), kept for when the object is gone.
    subject_reference = models.CharField(_("Kennzeichen"), max_length=80, blank=True)
    details = models.JSONField(_("Einzelheiten"), default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Protokolleintrag")
        verbose_name_plural = _("Protokolleinträge")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="privacy_audit_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_reference or self.subject_id}"

    def save(self, **kwargs: Any) -> None:
        """Add the entry; raises AppendOnly for one that exists."""
        if not self._state.adding:
            raise AppendOnly
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: raises AppendOnly."""
        raise AppendOnly


class Unit(models.TextChoices):
    """In what a period is counted."""

    DAYS = "days", _("Tage")
    MONTHS = "months", _("Monate")

    def words(self, number: int) -> str:
        """Return the unit in the form that goes with the number, after „nach“."""
        if self == Unit.DAYS:
            return ngettext("Tag", "Tagen", number)
        return ngettext("Monat", "Monaten", number)


class RetentionPeriod(models.Model):
    """How long the association keeps what one rule is about; without a row the rule's default holds."""

    rule = models.CharField(_("Regel"), max_length=80, unique=True)
    number = models.PositiveSmallIntegerField(_("Frist"), validators=[MinValueValidator(1), MaxValueValidator(3650)])
    unit = models.CharField(_("Einheit"), max_length=10, choices=Unit.choices, default=Unit.DAYS)

    class Meta:
        verbose_name = _("Aufbewahrungsfrist")
        verbose_name_plural = _("Aufbewahrungsfristen")
        default_permissions = ("change", "view")

    def __str__(self) -> str:
        return self.rule
