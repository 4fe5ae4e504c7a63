"""What is still open before the board can decide: what the office has checked, and what it asked the applicant."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.enums import CompletenessCode
from membership.models.application import Application


class CheckedLine(models.Model):
    """A line of the completeness list that somebody of the office has looked at and found right."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checked_lines")
    code = models.CharField(_("Punkt"), max_length=20, choices=CompletenessCode.choices)
    checked_at = models.DateTimeField(_("geprüft am"), auto_now_add=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("geprüft von"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("geprüfter Punkt")
        verbose_name_plural = _("geprüfte Punkte")
        ordering = ["application", "code"]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="checkedline_once")]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.code}"


class CompletionRequestQuerySet(models.QuerySet["CompletionRequest"]):
    """Requests by whether they are answered."""

    def open(self) -> "CompletionRequestQuerySet":
        """Return those that wait for an answer: at most one for each application."""
        return self.filter(answered_at__isnull=True)


class CompletionRequest(models.Model):
    """What the office asked for and what came back. While it is open, the application's clock stands still.

    ``points`` are sentences, one for each thing that is missing. ``answered_by`` is empty where the applicant answered
    on the status page.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="completion_requests")
    points = models.JSONField(_("Was fehlt"), default=list)
    message = models.TextField(_("Nachricht"), blank=True)
    asked_at = models.DateTimeField(_("gestellt am"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gestellt von"), on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("Antwort"), blank=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Antwort eingetragen von"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CompletionRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Rückfrage")
        verbose_name_plural = _("Rückfragen")
        ordering = ["application", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(answered_at__isnull=True),
                name="completionrequest_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None
