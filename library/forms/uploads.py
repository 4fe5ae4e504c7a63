"""Uploaded files, while they are checked."""

from django.core.files.uploadedfile import UploadedFile


def replace_content(upload: UploadedFile, content: bytes) -> None:
    """Put ``content`` in the place of what was uploaded, in memory or in the temporary file.

    Wagtail stores the upload itself, not the form's cleaned value, while other fields of the form are still missing.
    """
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.flush()
    upload.seek(0)
    upload.size = len(content)
