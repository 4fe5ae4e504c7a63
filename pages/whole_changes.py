"""A change in the admin's pages is made whole or not at all.

Wagtail writes one after the other: the revision, the page, the addresses of all pages below, the search index, the
history. Whatever fails in between (a full disk, a database that goes away) would leave a page published that its editor
was told is not, or moved without its redirects.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Where Wagtail changes pages, one or many.
ADDRESSES = ("pages/", "bulk/")


class WholeChangesMiddleware:
    """Answer a POST to Wagtail's views of pages inside one transaction; the last that looks at a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or not request.path.startswith(_changing_addresses()):
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)


def _changing_addresses() -> tuple[str, ...]:
    home = reverse("wagtailadmin_home")
    return tuple(f"{home}{address}" for address in ADDRESSES)
