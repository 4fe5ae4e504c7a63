"""Long lists of pages, one screen at a time."""

from typing import Any

from django.core.paginator import Page as ScreenPage
from django.core.paginator import Paginator
from django.http import HttpRequest

PER_SCREEN = 20


def one_screen(request: HttpRequest, items: Any, *, per_screen: int = PER_SCREEN) -> ScreenPage:
    """Return the part of ``items`` that ``?page=`` asks for; nonsense shows the first part, too far the last.

    ``items`` is a query, or whatever else has a length and gives slices.
    """
    return Paginator(items, per_screen).get_page(request.GET.get("page"))
