"""The form of a document, wherever Wagtail shows it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from library.archive import keep_replaced_file
from library.file_facts import size_label
from library.file_types import CHECKS, HasMacros, WrongType, check_type
from library.models import LibraryDocument

TITLE_HELP = _("Sagt, was man bekommt. Nicht der Name der Datei.")


class DocumentForm(BaseDocumentForm):
    """Refuse files that are not what their name says; keep a replaced file that a download gave out."""

    original_file: FieldFile | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].help_text = TITLE_HELP
        if "file" in self.fields:
            self._word_file_field()

    def _word_file_field(self) -> None:
        field = self.fields["file"]
        limit = size_label(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        too_large = format_lazy(
            _("Die Datei ist größer als {limit}. Verkleinern Sie enthaltene Bilder, oder teilen Sie das Dokument."),
            limit=limit,
        )
        field.help_text = format_lazy(
            _("{endings}, höchstens {limit}. Am besten ein PDF mit Überschriften, die Vorleseprogramme erkennen."),
            endings=", ".join(ending.upper() for ending in settings.WAGTAILDOCS_EXTENSIONS),
            limit=limit,
        )
        field.error_messages |= {
            "required": _("Wählen Sie eine Datei aus."),
            "file_too_large": too_large,
            "file_too_large_unknown_size": too_large,
        }

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_upload(upload)
        return upload

    def save(self, commit: bool = True) -> LibraryDocument:
        """Store the document. A replaced file goes to the archive of the downloads that use it, or is deleted."""
        if not commit or "file" not in self.changed_data or not self.original_file:
            return super().save(commit=commit)
        self.original_file = None  # Wagtail would delete it at once
        with transaction.atomic():
            before = LibraryDocument.objects.get(pk=self.instance.pk)
            document = super().save()
            if not keep_replaced_file(document, before):
                transaction.on_commit(partial(before.file.storage.delete, before.file.name))
        return document


def check_upload(upload: UploadedFile) -> None:
    """Raise a ``ValidationError`` that says what to do unless the file is what its name says."""
    name = upload.name or ""
    ending = name.rpartition(".")[2].lower()
    if ending not in settings.WAGTAILDOCS_EXTENSIONS or ending not in CHECKS:
        endings = ", ".join(allowed.upper() for allowed in settings.WAGTAILDOCS_EXTENSIONS)
        raise ValidationError(
            _("Dateien mit der Endung „.%(ending)s“ gehen nicht. Möglich sind: %(endings)s."),
            code="invalid_extension",
            params={"ending": ending, "endings": endings},
        )
    try:
        check_type(upload, name)
    except WrongType as error:
        raise ValidationError(
            _("Die Datei heißt „.%(ending)s“, enthält aber etwas anderes oder ist beschädigt. Speichern Sie sie neu."),
            code="wrong_type",
            params={"ending": ending},
        ) from error
    except HasMacros as error:
        raise ValidationError(
            _("Die Datei enthält Makros, also ein Programm. Speichern Sie sie ohne Makros, am besten als PDF."),
            code="macros",
        ) from error
