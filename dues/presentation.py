"""What the page shows: read with two queries, however many versions there are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from dues.calculator import CalculatorForm, order_on
from dues.documents import DOWNLOAD_NAME, signed_copy_name
from dues.enums import Standing
from dues.models import DuesOrder
from library.links import DownloadLink, link_to
from library.models import Download


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


def published_versions(today: dt.date) -> list[Version]:
    """Return all published orders with their rates, by first day, and how each stands today."""
    orders = list(DuesOrder.objects.published().order_by("valid_from").prefetch_related("rates"))
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
        "download": _current_download(current) if current else None,
        "signed_copy": _signed_copy(current.order) if current else None,
    }


def one_version(version: int, today: dt.date) -> dict[str, Any] | None:
    """Return the variables of one version's page, None when no such version is published."""
    shown = next((shown for shown in published_versions(today) if shown.order.version == version), None)
    return {"shown": shown, "signed_copy": _signed_copy(shown.order)} if shown else None


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


def _current_download(current: Version) -> DownloadLink | None:
    """The permanent address; the version's own one while the permanent one is taken off the site."""
    download = _download(DOWNLOAD_NAME)
    if download is None or not download.is_public:
        return DownloadLink(current.order.title, current.pdf_url, "PDF", "", current.order.valid_from)
    known = link_to(download)
    return known or DownloadLink(download.title, download.url, "PDF", "", current.order.valid_from)


def _signed_copy(order: DuesOrder) -> DownloadLink | None:
    """The signed original that was uploaded for this version, where there is one."""
    download = _download(signed_copy_name(order))
    return link_to(download) if download else None


def _download(name: str) -> Download | None:
    return Download.objects.with_files().filter(name=name, live=True).first()
