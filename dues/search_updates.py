"""The dues page is found by the dues order it shows, from the order's first day on."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.html import strip_tags

from dues.models import DuesOrder, DuesPage, DuesRate
from search.index import refresh

SOURCE = "page"


def connect() -> None:
    """Listen to orders and rates; called once when the app is ready."""
    for model in (DuesOrder, DuesRate):
        post_save.connect(order_changed, sender=model, dispatch_uid=f"search:{model.__name__}")
        post_delete.connect(order_changed, sender=model, dispatch_uid=f"search:{model.__name__}-deleted")


def order_changed(sender: type[Any], **kwargs: Any) -> None:
    """Bring the page up to date that shows the orders."""
    refresh_pages()


def refresh_pages() -> None:
    """Bring the dues pages' entries up to date; the worker calls it too, because an order takes force by its date."""
    refresh(SOURCE, DuesPage.objects.values_list("pk", flat=True))


def searchable_orders() -> list[str]:
    """Return the texts of the order in force and of those to come."""
    today = timezone.localdate()
    current = DuesOrder.objects.in_force(today)
    return [
        text for order in [*filter(None, [current]), *DuesOrder.objects.upcoming(today)] for text in texts_of(order)
    ]


def texts_of(order: DuesOrder) -> list[str]:
    """Return what readers see of a published order."""
    rates = [f"{rate.category} {rate.note} {rate.describe()}" for rate in order.rates.all()]
    paragraphs = order.paragraphs.stream_block.get_searchable_content(order.paragraphs)
    return [order.title, order.resolution_body, strip_tags(order.preamble), *map(str, paragraphs), *rates]
