"""What the dues order still needs before the portal can go live."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from dues.models import DuesOrder
from portal.association.going_live import OpenPoint, holders_of, is_sample


def open_points() -> Iterator[OpenPoint]:
    """Yield a point while no order is in force, or while the one in force says that it is a sample."""
    order = DuesOrder.objects.in_force()
    url, may_do = reverse("dues_orders:index"), holders_of("dues.view_duesorder")
    if order is None:
        yield OpenPoint(_("Es ist keine Beitrags- und Finanzordnung in Kraft."), url, may_do)
    elif says_sample(order):
        yield OpenPoint(_("Die Beitrags- und Finanzordnung ist noch ein Muster."), url, may_do)


def says_sample(order: DuesOrder) -> bool:
    """Whether anything in the order that readers see is marked as a sample."""
    texts = [order.title, order.resolution_body, order.resolution_reference, order.preamble]
    texts += [text for paragraph in order.paragraphs for text in map(str, paragraph.value.values())]
    texts += [text for rate in order.rates.all() for text in (rate.category, rate.note, rate.base_label, rate.proof)]
    return any(is_sample(text) for text in texts)
