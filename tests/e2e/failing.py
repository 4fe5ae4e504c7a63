"""The portal with addresses at which it fails, for its error pages: all else is the portal's own."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest
from django.urls import path

from portal.wsgi import application

FAILURES = {
    400: SuspiciousOperation("sample"),
    403: PermissionDenied("sample"),
    500: RuntimeError("sample"),
    503: OperationalError("sample"),
}


def fail(request: HttpRequest, status: int) -> NoReturn:
    raise FAILURES[status]


def add_address() -> None:
    from portal import urls  # the registry of models must be filled first

    urls.urlpatterns.insert(0, path("fehler/<int:status>/", fail))


add_address()
__all__ = ["application"]
