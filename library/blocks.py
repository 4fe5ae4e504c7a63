"""Downloads in the pages' content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.links import DownloadLink, link_to
from library.models import Download
from library.viewsets import download_chooser_viewset

BaseDownloadChooserBlock: Any = download_chooser_viewset.get_block_class(
    name="BaseDownloadChooserBlock", module_path="library.blocks"
)


class DownloadChooserBlock(BaseDownloadChooserBlock):  # type: ignore[misc, valid-type]
    """Choose a download; reading many of them takes one query."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Download | None]:
        found = {download.pk: download for download in Download.objects.with_files().filter(pk__in=set(values))}
        return [found.get(value) if value else None for value in values]


class DownloadLinkValue(blocks.StructValue):
    """``link``: what templates/components/download_link.html takes, ``None`` when readers may not see it."""

    @property
    def link(self) -> DownloadLink | None:
        download = self.get("download")
        return link_to(download, by_file_name=self.get("text") == "file_name") if download else None


class DownloadLinkBlock(blocks.StructBlock):
    """A link to a download that stays right when its file is replaced."""

    download = DownloadChooserBlock(label=_("Download"))
    text = blocks.ChoiceBlock(
        label=_("Text des Verweises"),
        choices=[("title", _("Titel des Downloads")), ("file_name", _("Name der Datei"))],
        default="title",
        help_text=_("Meist ist der Titel verständlicher."),
    )

    class Meta:
        label = _("Download")
        icon = "download"
        value_class = DownloadLinkValue
