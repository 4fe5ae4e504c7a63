"""What the page shows. The published orders come from the snapshot: no query for them while the content stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dues.calculator import CalculatorForm, order_on
from dues.documents import DOWNLOAD_NAME, signed_copy_name
from dues.enums import Standing
from dues.models import DuesOrder
from library.links import DownloadLink, link_to
from library.models import Download
from portal.delivery.snapshot import snapshot

PUBLISHED_ORDERS = "dues.published"


@dataclass(frozen=True)
class Version:
    """A published order with what is shown beside it."""

    order: DuesOrder
    standing: Standing
    valid_until: dt.date | None

    @property
    def pdf_url(self) -> str:
        return reverse("dues_order_pdf", args=[self.order.version])

    @property
    def is_in_force(self) -> bool:
        return self.standing == Standing.IN_FORCE


def published_orders() -> tuple[DuesOrder, ...]:
    """Collect the snapshot's part: all published orders with their rates, by first day."""
    return tuple(DuesOrder.objects.published().order_by("valid_from").prefetch_related("rates"))


def order_in_force() -> DuesOrder | None:
    """Return the order in force today with its rates, as the snapshot has it; never change it."""
    return order_on(snapshot().part(PUBLISHED_ORDERS), timezone.localdate())


def published_versions(today: dt.date) -> list[Version]:
    """Return all published orders with their rates, by first day, and how each stands today."""
    orders = snapshot().part(PUBLISHED_ORDERS)
    current = order_on(orders, today)
    return [
        Version(order, _standing(order, current), _day_before(orders[number]) if number < len(orders) else None)
        for number, order in enumerate(orders, 1)
    ]


def overview(query: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    """Return the page's variables: current, coming, archive, form, answer, download."""
    versions = published_versions(today)
    current = next((version for version in versions if version.is_in_force), None)
    form = CalculatorForm(query, orders=[version.order for version in versions], today=today) if current else None
    return {
        "current": current,
        "coming": [version for version in versions if version.standing == Standing.UPCOMING],
        "archive": [version for version in reversed(versions) if version.standing == Standing.SUPERSEDED],
        "form": form,
        "answer": form.answer if form and form.is_bound and form.is_valid() else None,
        **(_downloads(current) if current else {}),
    }


def one_version(version: int, today: dt.date) -> dict[str, Any] | None:
    """Return the variables of one version's page, None when no such version is published."""
    shown = next((shown for shown in published_versions(today) if shown.order.version == version), None)
    return {"shown": shown, **_downloads(shown)} if shown else None


def published_or_404(version: int) -> DuesOrder:
    """Return the published order of that number. Raises Http404 for any other, drafts included."""
    order = DuesOrder.objects.published().filter(version=version).prefetch_related("rates").first()
    if order is None:
        raise Http404("no such published version")
    return order


def _standing(order: DuesOrder, current: DuesOrder | None) -> Standing:
    if order is current:
        return Standing.IN_FORCE
    return Standing.SUPERSEDED if current and order.valid_from < current.valid_from else Standing.UPCOMING


def _day_before(successor: DuesOrder) -> dt.date:
    return successor.valid_from - dt.timedelta(days=1)


def _downloads(version: Version) -> dict[str, DownloadLink | None]:
    """Return the links to the current PDF and to the version's signed original, where readers may see them."""
    signed_name = signed_copy_name(version.order)
    found = Download.objects.with_files().filter(name__in=[DOWNLOAD_NAME, signed_name], live=True)
    downloads = {download.name: download for download in found}
    current, signed = downloads.get(DOWNLOAD_NAME), downloads.get(signed_name)
    return {
        "download": (link_to(current) if current else None) or _own_pdf(version),
        "signed_copy": link_to(signed) if signed else None,
    }


def _own_pdf(version: Version) -> DownloadLink:
    """The version's own address, while the permanent one is taken off the site or has not been asked for yet."""
    return DownloadLink(version.order.title, version.pdf_url, "PDF", "", version.order.valid_from)
