"""The form of a picture, wherever Wagtail shows it: one upload, many at once, in a page's dialog."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from library.forms.picture_field import BROKEN, PictureFileField
from library.forms.uploads import replace_content
from library.metadata import AnimatedPicture, without_metadata
from library.svg import is_harmless

ANIMATED = _("Dieses Bild bewegt sich. Leser/-innen könnten es nicht anhalten: Laden Sie ein stehendes Bild hoch.")
NOT_ONLY_A_DRAWING = _(
    "Diese SVG-Datei enthält mehr als eine Zeichnung, zum Beispiel ein Programm oder Verweise auf andere Server. "
    "Speichern Sie sie in Ihrem Zeichenprogramm als „einfaches SVG“, oder laden Sie sie als PNG hoch."
)
DESCRIPTION_MISSING = _(
    "Beschreiben Sie in einem Satz, was auf dem Bild zu sehen ist, oder setzen Sie den Haken bei „nur Schmuck“."
)
DESCRIPTION_HELP = _(
    "Was erfährt, wer das Bild sieht? Ein Satz genügt. Vorleseprogramme lesen ihn vor; er erscheint auch, wenn das "
    "Bild nicht lädt."
)


class PictureForm(BaseImageForm):
    """Refuse what is no picture, take out what cameras write into it, and ask for an alternative text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].label = _("Alternativtext")
            self.fields["description"].help_text = DESCRIPTION_HELP
        if "file" in self.fields:
            wagtails = self.fields["file"]
            self.fields["file"] = PictureFileField(
                label=wagtails.label,
                required=wagtails.required,
                widget=wagtails.widget,
                max_length=wagtails.max_length,
            )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            self._clean_upload(upload)
        return upload

    def _clean_upload(self, upload: UploadedFile) -> None:
        if (upload.name or "").lower().endswith(".svg"):
            if not is_harmless(upload):
                raise ValidationError(NOT_ONLY_A_DRAWING, code="svg_not_harmless")
            return
        try:
            content = without_metadata(upload)
        except AnimatedPicture as error:
            raise ValidationError(ANIMATED, code="animated") from error
        except (OSError, SyntaxError, ValueError) as error:
            # The head was a picture's, the rest is not.
            raise ValidationError(BROKEN, code="invalid_image") from error
        if content is None:
            upload.seek(0)
        else:
            replace_content(upload, content)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "description" in self.fields and "description" not in self.errors:
            if cleaned.get("is_decorative"):
                cleaned["description"] = ""
            elif not cleaned.get("description", "").strip():
                self.add_error("description", ValidationError(DESCRIPTION_MISSING, code="description_missing"))
        return cleaned
