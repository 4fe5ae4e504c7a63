"""Long lists of pages, one screen at a time."""

from django.core.paginator import Page as ScreenPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_SCREEN = 20


def one_screen(request: HttpRequest, items: QuerySet, *, per_screen: int = PER_SCREEN) -> ScreenPage:
    """Return the part of ``items`` that ``?page=`` asks for; nonsense shows the first part, too far the last."""
    return Paginator(items, per_screen).get_page(request.GET.get("page"))
