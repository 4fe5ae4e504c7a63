"""An address of the admin that somebody may not open answers 403, not with a detour to the start page."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext

from portal.errors import permission_denied
from portal.security_headers import ADMIN_PREFIX

# What Wagtail says when it leads people away from what they may not see (wagtail.admin.auth.permission_denied).
REFUSAL = "Sorry, you do not have permission to access this area."


class RefusedAddressMiddleware:
    """Turn Wagtail's redirect to the start page into the 403 page; its message is dropped, the page says the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _leads_to_start_page(request, response):
            return response
        return permission_denied(request, PermissionDenied()) if _take_refusal(request) else response


def _leads_to_start_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 302
        and request.path.startswith(ADMIN_PREFIX)
        and response.headers.get("Location") == reverse("wagtailadmin_home")
    )


def _take_refusal(request: HttpRequest) -> bool:
    """Take Wagtail's refusal out of the waiting messages, leave the others; return whether there was one."""
    storage: Any = get_messages(request)
    refusal = gettext(REFUSAL)
    waiting = list(storage)
    others = [message for message in waiting if strip_tags(str(message.message)).strip() != refusal]
    for message in others:
        storage.add(message.level, message.message, message.extra_tags)
    return len(others) < len(waiting)
