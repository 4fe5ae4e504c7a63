"""Where private files lie: below PRIVATE_MEDIA_ROOT, without an address.

The portal alone reads them; with PORTAL_INTERNAL_PRIVATE the web server in front may too: it is in the portal's group,
and sends one when the portal tells it to.
"""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

OWNER_ONLY = 0o600, 0o700
WITH_WEB_SERVER = 0o640, 0o750


def private_rights() -> tuple[int, int]:
    """Return the modes of private files and of their folders."""
    return WITH_WEB_SERVER if settings.INTERNAL_PRIVATE_URL else OWNER_ONLY


class PrivateStorage(FileSystemStorage):
    """Files on disk that no web server serves; ``url()`` of one raises ValueError."""

    # Without this Django would fall back to the address of the public pictures.
    base_url = None  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        of_files, of_folders = private_rights()
        defaults: dict[str, Any] = {
            "location": settings.PRIVATE_MEDIA_ROOT,
            "file_permissions_mode": of_files,
            "directory_permissions_mode": of_folders,
        }
        super().__init__(**(defaults | options))

    def _save(self, name: str, content: File) -> str:
        """Write the file and wait until the disk has it: the row that names it is committed afterwards.

        What could not be written whole is not there at all; names are random, so it is nobody else's.
        """
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
        except OSError:
            Path(self.path(name)).unlink(missing_ok=True)
            raise
        path = Path(self.path(saved))
        for each in (path, path.parent):
            descriptor = os.open(each, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return saved
