"""Choosing files to upload: one paper, in one file or in several."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from membership.uploads import UnusableUpload, document_from

ACCEPTED = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"
HELP = _("PDF, JPEG oder PNG, zusammen höchstens 10 MB und 10 Seiten. Mehrere Fotos wählen Sie zusammen aus.")


class FilesInput(forms.ClearableFileInput):
    """A button to choose files; browsers offer what is taken."""

    allow_multiple_selected = True

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs={"accept": ACCEPTED, **attributes})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class DocumentField(forms.FileField):
    """Files that become one checked document (``ScannedDocument``); whatever they are called."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data and not self.required:
            return None
        try:
            return document_from(data if isinstance(data, Iterable) and not isinstance(data, bytes) else [])
        except UnusableUpload as refusal:
            raise ValidationError(str(refusal), code="unusable") from None


class ScanForm(forms.Form):
    """The signed application as scan or photo."""

    use_required_attribute = False

    scan = DocumentField(label=_("Unterschriebener Antrag als Scan oder Foto"))
