"""What the worker keeps in tables: mails to be sent, and its own heartbeat.

A queued mail holds the kind of mail and a primary key, nothing else: no address, no text, no link.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail stands on its way."""

    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird gesendet")
    RETRY = "retry", _("wartet auf neuen Versuch")
    SENT = "sent", _("gesendet")
    FAILED = "failed", _("gescheitert")
    CANCELLED = "cancelled", _("nicht mehr nötig")


WAITING_STATES = (MailState.QUEUED, MailState.RETRY)
OPEN_STATES = (MailState.QUEUED, MailState.SENDING, MailState.RETRY)
DONE_STATES = (MailState.SENT, MailState.CANCELLED)


class QueuedMailQuerySet(models.QuerySet["QueuedMail"]):
    """Mails by state."""

    def open(self) -> "QueuedMailQuerySet":
        """Mails that are still on their way."""
        return self.filter(state__in=OPEN_STATES)

    def failed(self) -> "QueuedMailQuerySet":
        """Mails that were given up after the last attempt."""
        return self.filter(state=MailState.FAILED)


class QueuedMail(models.Model):
    """One mail that has to be sent, or was."""

    kind = models.CharField(_("Art"), max_length=80)
    object_id = models.BigIntegerField(_("Vorgang"))
    state = models.CharField(_("Zustand"), max_length=12, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    next_attempt_at = models.DateTimeField(_("nächster Versuch"), default=timezone.now)
    claimed_at = models.DateTimeField(_("begonnen"), null=True, editable=False)
    # The class of the last error only: messages of mail servers name addresses.
    error = models.CharField(_("letzter Fehler"), max_length=80, blank=True)
    # Who has it already while others wait for theirs: marks of the addresses, gone as soon as everybody has it.
    reached = models.TextField(_("schon zugestellt"), default="", db_default="", editable=False, blank=True)
    # How many times somebody has sent it again by hand: each time is another message.
    resent = models.PositiveSmallIntegerField(_("von Hand wiederholt"), default=0, db_default=0, editable=False)
    created_at = models.DateTimeField(_("angelegt"), default=timezone.now)
    sent_at = models.DateTimeField(_("gesendet"), null=True)

    objects = QueuedMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("E-Mail")
        verbose_name_plural = _("E-Mails")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("resend_queuedmail", _("Kann E-Mails erneut senden"))]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="mailing_due"),
            models.Index(fields=["kind", "object_id"], name="mailing_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class PeriodicRun(models.Model):
    """When a periodic job last began; the row is what keeps two workers from running it twice."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("wiederkehrende Aufgabe")
        verbose_name_plural = _("wiederkehrende Aufgaben")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class WorkerHeartbeat(models.Model):
    """The last sign of life of a worker; one row per worker name."""

    worker = models.CharField(max_length=80, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Lebenszeichen")
        verbose_name_plural = _("Lebenszeichen")
        default_permissions = ()

    def __str__(self) -> str:
        return self.worker


class MailText(models.Model):
    """A text that somebody has edited, in place of the shipped one; deleting the row brings that one back."""

    kind = models.CharField(_("E-Mail"), max_length=80)
    language = models.CharField(_("Sprache"), max_length=12)
    subject = models.CharField(_("Betreff"), max_length=150)
    body = models.TextField(_("Text"), max_length=8000)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("geändert von"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("E-Mail-Text")
        verbose_name_plural = _("E-Mail-Texte")
        default_permissions = ("change",)
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="mailing_text_once")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
