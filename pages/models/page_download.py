"""Downloads a page lists."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from pages.targets import download_links


class PageDownload(Orderable):
    """A download in a page's list; subclasses add the page."""

    download = models.ForeignKey(
        "library.Download",
        verbose_name=_("Download"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Steht mit Art, Größe und Datum auf der Seite, solange der Download veröffentlicht ist."),
    )

    panels = [FieldPanel("download")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("Download")
        verbose_name_plural = _("Downloads")

    def __str__(self) -> str:
        return str(self.download)


def public_titles(rows: Iterable[PageDownload]) -> list[str]:
    """Return the titles of those downloads of a page's list that everybody may read."""
    return [link.title for link in download_links(row.download for row in rows)]
