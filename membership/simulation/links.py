"""Where the comparison is found."""

from django.urls import reverse

from dues.models import DuesOrder

URL_NAME = "dues_simulation"


def simulation_url(order: DuesOrder) -> str:
    """Return the address of a draft's comparison; empty for a published order, which changes nothing any more."""
    return "" if order.is_published else reverse(URL_NAME, args=[order.pk])
