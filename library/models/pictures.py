"""Pictures of the site."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

# So many digits of a rendition's hash stand in its name.
NAME_DIGITS = 12


class Picture(AbstractImage):
    """A picture with what readers who cannot see it need to know.

    Wagtail's ``description`` is the alternative text: required unless the picture is marked decorative.
    """

    is_decorative = models.BooleanField(
        _("nur Schmuck"),
        default=False,
        help_text=_("Das Bild trägt nichts zum Inhalt bei; Vorleseprogramme übergehen es."),
    )
    credit = models.CharField(
        _("Urheber/-in und Lizenz"),
        max_length=255,
        blank=True,
        help_text=_("Steht unter dem Bild, zum Beispiel: „Foto: Erika Muster, CC BY 4.0“."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")

    @property
    def default_alt_text(self) -> str:
        """The alternative text; empty for decoration, never the title (which is a file name more often than not)."""
        return "" if self.is_decorative else self.description

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:  # noqa: A002 - Wagtail's name
        """As Wagtail's, with a hash of the content in the name: another picture has another address for ever."""
        file = super().generate_rendition_file(filter, source=source)
        digest = hashlib.file_digest(file.open(), "sha256").hexdigest()
        file.seek(0)
        name = PurePath(file.name)
        file.name = f"{name.stem}.{digest[:NAME_DIGITS]}{name.suffix}"
        return file


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="library_rendition_once")
        ]

    @property
    def attrs_dict(self) -> dict[str, Any]:
        """As Wagtail's, in whole pixels: a drawing just rendered comes with fractions, which HTML does not know."""
        return {**super().attrs_dict, "width": round(self.width), "height": round(self.height)}
