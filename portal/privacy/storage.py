"""Where private files lie: below PRIVATE_MEDIA_ROOT, readable by the portal alone, without an address."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700


class PrivateStorage(FileSystemStorage):
    """Files on disk that no web server serves; ``url()`` of one raises ValueError."""

    # Without this Django would fall back to the address of the public pictures.
    base_url = None  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {
            "location": settings.PRIVATE_MEDIA_ROOT,
            "file_permissions_mode": OWNER_ONLY_FILE,
            "directory_permissions_mode": OWNER_ONLY_FOLDER,
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
