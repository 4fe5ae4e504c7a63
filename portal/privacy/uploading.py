"""Receiving files without leaving a trace: in memory alone, and not more than a limit.

Django writes what is larger into a temporary file, which stays on the disk when the process is killed.
"""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
MOST_KEPT = 16 * 1024 * 1024
"""Bytes of one request; what comes after is counted and thrown away."""


class InMemoryHandler(FileUploadHandler):
    """Keep files in memory; one that goes beyond the limit is empty, but its ``size`` says how large it was."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.kept = 0
        self.buffer = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept += len(raw_data)
        if self.kept <= MOST_KEPT:
            self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        content = self.buffer if self.kept <= MOST_KEPT else io.BytesIO()
        content.seek(0)
        return InMemoryUploadedFile(
            content,
            self.field_name,
            self.file_name,
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )


def files_in_memory(view: View) -> View:
    """Let ``view`` receive files in memory; for views that check the form token by themselves."""

    @wraps(view)
    def receiving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [InMemoryHandler(request)]
        return view(request, *args, **kwargs)

    return cast("View", receiving)


def protected_files_in_memory(view: View) -> View:
    """The same for views that leave the form token to Django, which would look for it before the handler is set."""
    return cast("View", csrf_exempt(files_in_memory(csrf_protect(view))))
