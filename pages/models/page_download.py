"""Downloads a page lists."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from library.links import DownloadLink, link_to


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


def shown_links(rows: Any, *, by_file_name: bool = False) -> list[DownloadLink]:
    """Return links to those downloads of a page's list that everybody may read, in its order (one query)."""
    chosen = rows.select_related("download__document", "download__rendered").defer("download__rendered__content")
    links = (link_to(row.download, by_file_name=by_file_name) for row in chosen)
    return [link for link in links if link]


def public_titles(rows: Any) -> list[str]:
    """Return the titles of those downloads of a page's list that everybody may read."""
    return [link.title for link in shown_links(rows)]
