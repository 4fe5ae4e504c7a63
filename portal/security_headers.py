"""The headers that tell browsers what a page of the portal may do.

Visitors' pages and the login get the strict policy. Wagtail's admin brings inline scripts and ``data:`` pictures of its
own, so its addresses get exactly these two exceptions.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

PUBLIC_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
ADMIN_EXCEPTIONS = {"script-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:", "blob:"]}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

ADMIN_PREFIX = "/admin/"
STRICT_ADMIN_PREFIXES = ("/admin/login/", "/admin/password_reset/", "/admin/zweiter-faktor/")


def is_relaxed(path: str) -> bool:
    """Whether ``path`` is an admin address that needs Wagtail's two exceptions (the login does not)."""
    return path.startswith(ADMIN_PREFIX) and not path.startswith(STRICT_ADMIN_PREFIXES)


class SecurityHeadersMiddleware:
    """Add what neither Django nor django-csp sets by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response


class AdminPolicyMiddleware:
    """Relax the content security policy for Wagtail's admin; runs inside django-csp's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A view that has a policy of its own (the preview of a mail) keeps it.
        if is_relaxed(request.path) and not hasattr(response, "_csp_replace"):
            response._csp_replace = dict(ADMIN_EXCEPTIONS)  # type: ignore[attr-defined]
        return response
