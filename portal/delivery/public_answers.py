"""Which answers may be kept and given to everybody: those that say so, and that nothing speaks against.

A view says so by ``declare_public(response)``. The middleware, outside of all others, believes it only if the answer
holds nothing of one person: no cookie, no session, no form token. The page cache keeps nothing else.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header

from portal.delivery.turning_points import next_turning_point

# In the request's own environment: the page cache asks whether the answer may be kept, and reads until when (seconds
# since 1970).
MAY_BE_KEPT = "portal.may_be_kept"
KEEP_UNTIL = "portal.keep_until"
# May be stored by anybody, must be asked for again before it is used.
PUBLIC = "public, no-cache"
PERSONAL = "private, no-cache"
FORM_TOKEN = b"csrfmiddlewaretoken"


def declare_public(response: Any) -> Any:
    """Say that ``response`` is the same for everybody; returns it."""
    response.is_declared_public = True
    return response


class PublicAnswersMiddleware:
    """Tell browsers and the page cache what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked before the page is made: a moment that passes meanwhile makes it outdated at once.
        until = next_turning_point().timestamp() if MAY_BE_KEPT in request.META else None
        response = self.get_response(request)
        if not is_public(request, response):
            response.headers.setdefault("Cache-Control", PERSONAL)
            return response
        response.headers["Cache-Control"] = PUBLIC
        # The language follows from the address alone (prefix_default_language=False).
        response.headers.pop("Vary", None)
        if until is not None:
            request.META[KEEP_UNTIL] = until
        return response


def is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer was declared public and holds nothing of one person."""
    if not getattr(response, "is_declared_public", False) or response.status_code != HTTPStatus.OK:
        return False
    if request.method not in {"GET", "HEAD"} or response.cookies or has_vary_header(response, "Cookie"):
        return False
    directives = response.headers.get("Cache-Control", "")
    if "no-store" in directives or "private" in directives:
        return False
    return response.streaming or FORM_TOKEN not in response.content  # type: ignore[attr-defined]
