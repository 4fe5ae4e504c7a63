"""The permanent addresses below /downloads/."""

import io

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from library import generated
from library.models import Download, DownloadVersion, LibraryDocument, RenderedFile
from library.rendering import current_file
from library.serving import ServedFile, serve_file


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The document that stands at the address now, or what the portal renders for it."""
    entry = get_object_or_404(Download.objects.select_related("document"), name=name, live=True)
    if entry.document is not None:
        return serve_file(request, _served_document(request, entry.document))
    if not entry.generated:
        raise Http404("nothing stands here yet")
    try:
        return serve_file(request, _served_rendering(current_file(entry)))
    except generated.NothingToRender as error:
        raise Http404("nothing to give today") from error


@require_safe
def download_version(request: HttpRequest, name: str, version: str) -> HttpResponseBase:
    """An earlier document from the archive of a download that is still published."""
    found = get_object_or_404(
        DownloadVersion.objects.select_related("document"),
        download__name=name,
        download__live=True,
        version=version,
        live=True,
    )
    return serve_file(request, _served_document(request, found.document))


def _served_document(request: HttpRequest, document: LibraryDocument) -> ServedFile:
    """The document's file; 404 when its collection is closed to whoever asks."""
    restrictions = list(document.collection.get_view_restrictions())
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404("not for this reader")
    return ServedFile(
        open=lambda: document.file.storage.open(document.file.name, "rb"),
        file_name=document.filename,
        content_type=document.content_type,
        size=document.file_size or document.file.size,
        etag=document.file_hash,
        changed_at=document.file_changed_at,
        is_public=not restrictions,
        stored_as=document.file.name,
    )


def _served_rendering(rendered: RenderedFile) -> ServedFile:
    return ServedFile(
        open=lambda: io.BytesIO(rendered.content),
        file_name=rendered.file_name,
        content_type=rendered.content_type,
        size=rendered.size,
        etag=rendered.digest,
        changed_at=rendered.changed_at,
    )
