"""What somebody has begun to fill in and not submitted yet."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.application import Application
from portal.privacy.fields import EncryptedTextField
from portal.privacy.retention import period_of

RETENTION = "application_drafts"
"""The rule that says how long a draft is kept after it was saved for the last time."""


def new_draft_key() -> str:
    """Return the name of one submission, which makes repeated ones a single application."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class DraftContent:
    """What a draft holds: ``data`` is what a browser posts, by the names of the form's inputs, right or wrong.

    ``versions`` are those of dues order and texts that it was last shown with (none: it was not shown yet),
    ``mailed_to`` is the address the link was last sent to.
    """

    kind: str
    membership_type: str
    data: dict[str, str] = field(default_factory=dict)
    versions: list[int] = field(default_factory=list)
    mailed_to: str = ""


class ApplicationDraft(models.Model):
    """Everything typed lies sealed in ``payload``; nothing personal is readable in the database.

    A draft that corrects an ``application`` belongs to it. One that was submitted keeps its row, emptied, until it
    expires: its address can say so, and a second click finds the application by ``key``. So does a correction that
    rests on what the application says no more.
    """

    payload = EncryptedTextField(_("Inhalt"), blank=True)
    key = models.CharField(max_length=64, unique=True, default=new_draft_key, editable=False)
    generation = models.PositiveIntegerField(default=1, editable=False)
    application = models.ForeignKey(
        Application, verbose_name=_("berichtigter Antrag"), null=True, on_delete=models.CASCADE, related_name="drafts"
    )
    mails_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begonnen am"))
    saved_at = models.DateTimeField(_("zuletzt gespeichert am"), db_index=True)
    submitted_at = models.DateTimeField(_("abgeschickt am"), null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Entwurf eines Antrags")
        verbose_name_plural = _("Entwürfe von Anträgen")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> DraftContent:
        """What was typed; only of a draft that was not submitted."""
        return DraftContent(**json.loads(str(self.payload)))

    @content.setter
    def content(self, content: DraftContent) -> None:
        self.payload = json.dumps(asdict(content), ensure_ascii=False)

    @property
    def expires_at(self) -> datetime:
        """When it is kept no longer, unless it is saved again before."""
        return period_of(RETENTION).after(self.saved_at)

    @property
    def is_outdated(self) -> bool:
        """Whether the application changed, or its correction was begun anew, before this one was finished."""
        return not self.payload and self.submitted_at is None

    def is_over(self, now: datetime) -> bool:
        """Whether it was submitted, is outdated, or has expired and waits for its deletion."""
        return self.submitted_at is not None or self.is_outdated or self.expires_at <= now
