"""Messages to applicants without an e-mail address: letters that the office prints and posts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from membership.models.application import Application


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by whether they were posted."""

    def waiting(self) -> "LetterQuerySet":
        """Return those that are still to be posted."""
        return self.filter(sent_on__isnull=True, cancelled_at__isnull=True)

    def due(self) -> "LetterQuerySet":
        """Return those that may be posted now."""
        return self.waiting().filter(not_before__lte=timezone.now())


class Letter(models.Model):
    """One message: its kind is that of the mail whose text it has; it is written when it is printed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("Art"), max_length=80)
    created_at = models.DateTimeField(_("angelegt am"), default=timezone.now)
    not_before = models.DateTimeField(_("nicht vor"), default=timezone.now)
    sent_on = models.DateField(_("verschickt am"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verschickt von"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    cancelled_at = models.DateTimeField(_("zurückgenommen am"), null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Brief")
        verbose_name_plural = _("Briefe")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["sent_on", "cancelled_at", "not_before"], name="letter_due")]
        constraints = [
            models.CheckConstraint(
                name="letter_sent_or_cancelled", condition=Q(sent_on__isnull=True) | Q(cancelled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.kind}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be posted."""
        return self.sent_on is None and self.cancelled_at is None
