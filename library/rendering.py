"""The files the portal renders, kept in the database while the content version stands."""

import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction

from library import generated
from library.models import Download, RenderedFile

try:
    from portal.delivery.version import content_version
except ImportError:  # pragma: no cover
    content_version: Callable[[], int] = lambda: 0  # noqa: E731


def current_file(download: Download) -> RenderedFile:
    """The up-to-date file of a generated download, rendered only when the content has changed since.

    Raises ``generated.NothingToRender`` when there is nothing to give.
    """
    version = content_version()
    kept = RenderedFile.objects.filter(download=download).first()
    if kept is not None and kept.content_version == version:
        return kept
    return _keep(download, generated.render(download.name), version)


def _keep(download: Download, file: generated.GeneratedFile, version: int) -> RenderedFile:
    values = {
        "content_version": version,
        "content": file.content,
        "file_name": file.file_name,
        "content_type": file.content_type,
        "version": file.version,
        "size": len(file.content),
        "digest": hashlib.sha256(file.content).hexdigest(),
        "changed_at": file.changed_at,
    }
    try:
        with transaction.atomic():
            return RenderedFile.objects.update_or_create(download=download, defaults=values)[0]
    except IntegrityError:  # a parallel request was faster with the first one
        return RenderedFile.objects.get(download=download)
