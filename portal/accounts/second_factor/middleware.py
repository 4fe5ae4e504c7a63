"""Whoever has not shown the second factor passes for nobody."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from portal.accounts.second_factor.session import is_complete
from portal.security_headers import ADMIN_PREFIX

# What works half signed in, as it does for nobody: the steps themselves, another sign-in, and what these pages load.
OPEN_PREFIXES = (
    "/admin/zweiter-faktor/",
    "/admin/login/",
    "/admin/password_reset/",
    "/admin/jsi18n/",
    "/admin/sprite/",
)
LEAVING = "/admin/logout/"


class SecondFactorMiddleware:
    """Lead half signed-in people to the second factor; everywhere outside the admin they are visitors.

    Asked for only where something asks who is there: pages for readers touch no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == LEAVING:
            return self.get_response(request)
        signed_in = request.user
        request.user = SimpleLazyObject(lambda: _known(request, signed_in))  # type: ignore[assignment]
        if _is_closed(request.path) and _is_half_signed_in(request):
            return redirect(f"{reverse('second_factor:ask')}?{urlencode({'next': _wanted(request)})}")
        return self.get_response(request)


def _is_closed(path: str) -> bool:
    return path.startswith(ADMIN_PREFIX) and not path.startswith(OPEN_PREFIXES)


def _is_half_signed_in(request: HttpRequest) -> bool:
    return not request.user.is_authenticated and hasattr(request, "half_signed_in")


def _known(request: HttpRequest, signed_in: Any) -> Any:
    """Return the person, or nobody as long as the second factor was not shown."""
    if not signed_in.is_authenticated or is_complete(request, signed_in):
        return getattr(signed_in, "_wrapped", signed_in)
    request.half_signed_in = signed_in  # type: ignore[attr-defined]
    return AnonymousUser()


def _wanted(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
