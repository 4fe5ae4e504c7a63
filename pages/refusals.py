"""Saying why: whoever asks for a protected page's deletion by its address reads the reason, not just a refusal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.protection import ProtectedPageMixin

# Wagtail's views that the permission tester refuses; each has the page's key first in its address.
REFUSED_VIEWS = frozenset(f"wagtailadmin_pages:{name}" for name in ("delete", "unpublish", "move", "move_confirm"))


class RefusalMiddleware:
    """Send who may edit a protected page back to its editor with the reason, before Wagtail refuses without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name not in REFUSED_VIEWS or not request.user.is_authenticated:
            return None
        key = next((value for value in [*args, *kwargs.values()] if isinstance(value, int)), None)
        page = protected_page(key)
        if page is None or not page.permissions_for_user(request.user).can_edit():
            return None
        messages.error(request, refusal(page))
        return redirect("wagtailadmin_pages:edit", page.pk)


def protected_page(key: int | None) -> Any:
    """Return the specific page if it is protected, else None."""
    page = Page.objects.filter(pk=key).first() if key else None
    specific = page.specific if page else None
    return specific if isinstance(specific, ProtectedPageMixin) and specific.is_protected else None


def refusal(page: Any) -> str:
    """Return what an editor reads who tried to take the page away."""
    return _("Die Seite „%(title)s“ bleibt veröffentlicht und an ihrem Platz: %(reason)s") % {
        "title": page.title,
        "reason": page.protection_reason,
    }
