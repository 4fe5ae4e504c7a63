"""What a link to a file says about it."""

from __future__ import annotations

import datetime as dt
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import number_format

if TYPE_CHECKING:
    from library.models import LibraryDocument

KILOBYTE = 1024
MEGABYTE = KILOBYTE**2
# Megabytes from which tenths say nothing any more.
LARGE = 10


@dataclass(frozen=True)
class FileFacts:
    """Known without opening the file: name, type, size in bytes (0: unknown), date."""

    file_name: str
    content_type: str
    size: int
    date: dt.date | None

    @classmethod
    def of_document(cls, document: LibraryDocument, *, valid_from: dt.date | None = None) -> FileFacts:
        return cls(
            file_name=document.filename,
            content_type=document.content_type,
            size=document.file_size or 0,
            date=valid_from or timezone.localdate(document.file_changed_at),
        )

    @property
    def type_label(self) -> str:
        """„PDF“, „DOCX“ …"""
        suffix = PurePath(self.file_name).suffix or mimetypes.guess_extension(self.content_type) or ""
        return suffix.lstrip(".").upper()

    @property
    def size_label(self) -> str:
        return size_label(self.size)


def size_label(size: int) -> str:
    """„812 KB“, „1,4 MB“, „20 MB“, counted as file managers do; empty for an unknown size."""
    if size <= 0:
        return ""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    megabytes = size / MEGABYTE
    digits = 1 if megabytes < LARGE else 0
    return f"{number_format(round(megabytes, digits), decimal_pos=digits)} MB"
