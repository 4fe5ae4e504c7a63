"""Documents: files that editors upload."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument


class LibraryDocument(AbstractDocument):
    """A file readers can download; size and hash are stored, so that showing them never opens the file."""

    uploaded_name = models.CharField(max_length=255, blank=True, editable=False)
    file_changed_at = models.DateTimeField(_("Datei vom"), default=timezone.now, editable=False)
    language = models.CharField(
        _("Sprache"),
        max_length=20,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Nur angeben, wenn das Dokument nicht in der Sprache der Seiten ist, die darauf verweisen."),
    )

    admin_form_fields = (*WagtailDocument.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")

    @property
    def filename(self) -> str:
        """The name the file had when it was uploaded; storages rename a second file of one name."""
        return self.uploaded_name or PurePath(self.file.name).name

    def clean(self) -> None:
        """Check the file's ending, unless the form has refused the file already: one error is enough."""
        if self.file:
            super().clean()

    def _set_document_file_metadata(self) -> None:
        self.uploaded_name = PurePath(self.file.name).name[-255:]
        self.file_changed_at = timezone.now()
        super()._set_document_file_metadata()

    def save(self, *args: object, **kwargs: object) -> None:
        """Store size and hash with the first save, whoever creates the document."""
        if self.file and (self.file_size is None or not self.file_hash):
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
