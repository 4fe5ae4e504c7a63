"""A file as an HTTP answer: type, name, validators, conditional requests and byte ranges."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from portal.delivery.public_answers import PUBLIC, declare_public

BLOCK = 64 * 1024
SINGLE_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
INLINE_TYPES = frozenset({"application/pdf"})


@dataclass(frozen=True)
class ServedFile:
    """A file ready to be sent; ``open`` is called only when bytes are needed. ``etag`` without quotation marks.

    ``stored_as`` is its name below the media folder, where it has one.
    """

    open: Callable[[], IO[bytes]]
    file_name: str
    content_type: str
    size: int
    etag: str
    changed_at: datetime
    is_public: bool = True
    stored_as: str = ""


def serve_file(request: HttpRequest, file: ServedFile) -> HttpResponseBase:
    """Answer a GET or HEAD with the file, a part of it (206), 304, 412 or 416."""
    etag = f'"{file.etag}"'
    changed = int(file.changed_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed) or _body(request, file, etag)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = PUBLIC if file.is_public else "private, no-store"
    return declare_public(response) if file.is_public else response


def _body(request: HttpRequest, file: ServedFile, etag: str) -> HttpResponseBase:
    if settings.INTERNAL_MEDIA_URL and file.stored_as and not file.is_public:
        # Whether somebody may read it is decided; the web server sends it, ranges included.
        return _described(HttpResponse(headers={"X-Accel-Redirect": _internal_address(file)}), file)
    span = _wanted_span(request, file, etag)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    start, stop = span
    response: HttpResponseBase
    response = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(_blocks(file, start, stop))
    if span != (0, file.size):
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    response["Content-Length"] = str(stop - start)
    response["Accept-Ranges"] = "bytes"
    return _described(response, file)


def _internal_address(file: ServedFile) -> str:
    return settings.INTERNAL_MEDIA_URL + quote(file.stored_as)


def _described(response: HttpResponseBase, file: ServedFile) -> HttpResponseBase:
    """Say of the answer what the file is."""
    response["Content-Type"] = file.content_type
    as_attachment = file.content_type not in INLINE_TYPES
    response["Content-Disposition"] = content_disposition_header(as_attachment, file.file_name) or "inline"
    # What a file is was checked when it was uploaded; browsers must not guess again.
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _wanted_span(request: HttpRequest, file: ServedFile, etag: str) -> tuple[int, int] | None:
    """Start and stop (exclusive) of what was asked for; the whole file unless one valid range; ``None`` for 416."""
    whole = (0, file.size)
    match = SINGLE_RANGE.match(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or not _range_applies(request, file, etag):
        return whole
    first, last = match.groups()
    if first:
        start, stop = int(first), min(int(last) + 1, file.size) if last else file.size
        if last and int(last) < int(first):
            return whole  # not a valid range: ignored, RFC 9110 14.1.1
    elif last:
        start, stop = max(file.size - int(last), 0), file.size
    else:
        return whole
    return (start, stop) if start < stop else None


def _range_applies(request: HttpRequest, file: ServedFile, etag: str) -> bool:
    """Whether ``If-Range`` (RFC 9110 13.1.5) still names the file as it is."""
    condition = request.headers.get("If-Range")
    if condition is None or condition == etag:
        return True
    return parse_http_date_safe(condition) == int(file.changed_at.timestamp())


def _blocks(file: ServedFile, start: int, stop: int) -> Iterator[bytes]:
    with file.open() as source:
        source.seek(start)
        left = stop - start
        while left > 0 and (block := source.read(min(BLOCK, left))):
            left -= len(block)
            yield block
