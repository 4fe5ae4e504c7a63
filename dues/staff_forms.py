"""Small forms of the admin's steps."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

LARGEST = 20 * 1024 * 1024
PDF_MARK = b"%PDF-"


class NewVersionForm(forms.Form):
    """From which day the new version is to apply."""

    valid_from = forms.DateField(
        label=_("gilt ab"),
        widget=AdminDateInput,
        help_text=_("Sie können den Tag im Entwurf noch ändern."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["valid_from"].initial = today.replace(year=today.year + 1, month=1, day=1)


class SignedCopyForm(forms.Form):
    """The signed original that is offered beside the portal's own PDF."""

    file = forms.FileField(
        label=_("Unterschriebenes Original"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Ein PDF, höchstens 20 MB. Es wird auf der Seite zum Herunterladen angeboten."),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("Die Datei ist größer als 20 MB. Bitte laden Sie eine kleinere hoch."))
        # By content, not by name.
        if file.read(len(PDF_MARK)) != PDF_MARK:
            raise ValidationError(_("Die Datei ist kein PDF. Bitte laden Sie ein PDF hoch."))
        file.seek(0)
        file.name = f"{Path(file.name or 'original').stem}.pdf"
        return file
