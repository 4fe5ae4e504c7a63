"""The upload field of pictures, with messages that say what to do."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField

from library.file_facts import size_label

BROKEN = _(
    "Diese Datei ist kein Bild oder beschädigt. Öffnen Sie sie zur Probe auf Ihrem Gerät, und speichern Sie sie neu."
)
WRONG_FORMAT = _("Dieses Format geht nicht. Laden Sie das Bild als JPEG, PNG, WebP, GIF oder SVG hoch.")
WRONG_ENDING = _(
    "Die Datei heißt „.%(extension)s“, ist aber ein anderes Format (%(image_format)s). "
    "Speichern Sie das Bild neu, statt die Datei umzubenennen."
)
TOO_LARGE = _("Das Bild ist größer als {limit}. Verkleinern Sie es, 2.500 Pixel Breite genügen immer.")
TOO_MANY_PIXELS = _(
    "Das Bild hat zu viele Pixel (%(num_pixels)s, erlaubt sind %(max_pixels_count)s). Verkleinern Sie es."
)
HELP = _("JPEG, PNG, WebP, GIF oder SVG, höchstens {limit}. Ort, Zeit und Gerät der Aufnahme werden entfernt.")


class PictureFileField(WagtailImageField):
    """Wagtail's field, which fails with an error page on a picture that ends too early."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        limit = size_label(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        self.help_text = format_lazy(HELP, limit=limit)
        too_large = format_lazy(TOO_LARGE, limit=limit)
        self.error_messages |= {
            "required": _("Wählen Sie ein Bild aus."),
            "invalid_image": BROKEN,
            "invalid_image_extension": WRONG_FORMAT,
            "invalid_image_known_format": WRONG_ENDING,
            "file_too_large": too_large,
            "file_too_large_unknown_size": too_large,
            "file_too_many_pixels": TOO_MANY_PIXELS,
        }

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(BROKEN, code="invalid_image") from error
