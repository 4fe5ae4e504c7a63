"""Files that belong to an application: the signed paper as scan or photo."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.enums import AttachmentSource
from membership.models.application import Application


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files, asked for in the words of the domain."""

    def current(self) -> "AttachmentQuerySet":
        """Return those that no later upload replaced."""
        return self.filter(superseded_at__isnull=True)

    def superseded(self) -> "AttachmentQuerySet":
        """Return those that a later upload replaced; they are kept for a while."""
        return self.filter(superseded_at__isnull=False)


class Attachment(models.Model):
    """One upload: a PDF in the private file store (``portal.privacy.store``), never in the public media.

    ``file_name`` is its random name there; the sender's own name for the file is not kept.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    file_name = models.CharField(_("Name im Speicher"), max_length=100, unique=True, editable=False)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64, editable=False)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    page_count = models.PositiveSmallIntegerField(_("Seiten"))
    source = models.CharField(_("hochgeladen von"), max_length=20, choices=AttachmentSource.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Person"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("hochgeladen am"))
    superseded_at = models.DateTimeField(_("ersetzt am"), null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Datei")
        verbose_name_plural = _("Dateien")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_source_whole",
                condition=models.Q(source=AttachmentSource.APPLICANT, uploaded_by__isnull=True)
                | models.Q(source=AttachmentSource.OFFICE, uploaded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"

    @property
    def is_current(self) -> bool:
        """Whether no later upload replaced it."""
        return self.superseded_at is None
