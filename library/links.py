"""What pages show of a download."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from library.models import Download, DownloadVersion


@dataclass(frozen=True)
class DownloadLink:
    """The variables of templates/components/download_link.html."""

    title: str
    url: str
    type_label: str
    size_label: str
    date: dt.date | None


def link_to(download: Download, *, by_file_name: bool = False) -> DownloadLink | None:
    """The link to a download, ``None`` when readers may not see it.

    No query for a download that was read with ``Download.objects.with_files()``.
    """
    facts = download.facts
    if facts is None or not download.is_public:
        return None
    title = facts.file_name if by_file_name else download.title
    return DownloadLink(title, download.url, facts.type_label, facts.size_label, facts.date)


def link_by_name(name: str) -> DownloadLink | None:
    """The link to the download ``name``, ``None`` when readers may not see it or it does not exist."""
    download = Download.objects.with_files().filter(name=name).first()
    return link_to(download) if download else None


def archive_links(download: Download) -> list[DownloadLink]:
    """Links to the earlier versions that readers may see, the latest first."""
    versions = DownloadVersion.objects.public().filter(download=download).select_related("document", "download")
    return [_link_to_version(version) for version in versions]


def _link_to_version(version: DownloadVersion) -> DownloadLink:
    facts = version.facts
    title = f"{version.download.title} ({version.version})"
    return DownloadLink(title, version.url, facts.type_label, facts.size_label, facts.date)
