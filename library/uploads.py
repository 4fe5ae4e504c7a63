"""Uploads that nobody finished."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.models import UploadedFile

KEPT_FOR = timedelta(days=1)


def delete_abandoned_uploads() -> None:
    """Delete files that wait longer than a day for a title or an alternative text; the worker calls this."""
    for upload in UploadedFile.objects.all():
        storage, name = upload.file.storage, upload.file.name
        if storage.exists(name) and timezone.now() - storage.get_modified_time(name) < KEPT_FOR:
            continue
        with transaction.atomic():
            upload.delete()
            transaction.on_commit(partial(storage.delete, name))
