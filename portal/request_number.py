"""One number for each request: in every line of the log, and on the page for failures and in its header.

Who reports a failure names the number; who looks for it in the log finds all its lines.
"""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# What a web server in front may hand over: hexadecimal digits, nothing that could hold words.
GIVEN = re.compile(r"[0-9a-f]{8,32}")
_current: ContextVar[str] = ContextVar("request_number", default="")


def current_number() -> str:
    """Return the number of the request that is being answered; empty outside of one."""
    return _current.get()


class RequestNumberMiddleware:
    """Number the request, or take the number that the web server in front has given it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        token = _current.set(given if GIVEN.fullmatch(given) else secrets.token_hex(6))
        try:
            response = self.get_response(request)
            # Other answers may be kept and given to others: the number would be none of theirs.
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                response.headers[HEADER] = _current.get()
            return response
        finally:
            _current.reset(token)


class RequestNumberFilter(logging.Filter):
    """Give each record the number of its request as ``request_number``."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_number = current_number()
        return True
