"""Pictures and documents of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):
    """A picture with what readers who cannot see it need to know."""

    is_decorative = models.BooleanField(
        _("nur Schmuck"),
        default=False,
        help_text=_("Das Bild trägt nichts zum Inhalt bei; Vorleseprogramme übergehen es."),
    )
    credit = models.CharField(_("Urheber/-in und Lizenz"), max_length=255, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "is_decorative", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="library_rendition_once")
        ]


class LibraryDocument(AbstractDocument):
    """A file readers can download."""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")
