"""The dues order as a PDF, made from the same record as the page."""

import datetime as dt

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from dues import wording
from dues.going_live import says_sample
from dues.models import DuesOrder
from library.generated import GeneratedFile, NothingToRender
from portal.delivery.version import content_version
from portal.pdf.render import render_pdf

DOWNLOAD_NAME = "beitragsordnung"
KEPT_SECONDS = 24 * 60 * 60


def render_current() -> GeneratedFile:
    """Return the file at ``/downloads/beitragsordnung/``. Raises NothingToRender while no order is in force."""
    order = DuesOrder.objects.in_force()
    if order is None:
        raise NothingToRender
    successor = DuesOrder.objects.upcoming().first()
    return GeneratedFile(
        content=render_order(order),
        file_name=file_name(order),
        content_type="application/pdf",
        changed_at=max(order.published_at or timezone.now(), midnight(order.valid_from)),
        valid_until=midnight(successor.valid_from) if successor else None,
    )


def render_order(order: DuesOrder) -> bytes:
    """Return the PDF of one order, published or draft; PDF/A-2a and PDF/UA-1."""
    context = {
        "order": order,
        "rates": list(order.rates.all()),
        "rules": wording.rules_in_words(order),
        "resolution": wording.resolution_in_words(order),
        "pdf_reference": order.version_label,
        "pdf_status": _status(order),
    }
    return render_pdf("pdf/dues_order.html", context, title=order.title)


def kept_pdf(order: DuesOrder) -> bytes:
    """Return the PDF of a published order, rendered once per content version."""
    key = f"dues-pdf:{order.pk}:{content_version()}"
    content = cache.get(key)
    if content is None:
        content = render_order(order)
        cache.set(key, content, KEPT_SECONDS)
    return content


def file_name(order: DuesOrder) -> str:
    return f"Beitragsordnung_Fassung_{order.version}.pdf"


def signed_copy_name(order: DuesOrder) -> str:
    """Return the name of the download under which the signed original of this version is offered."""
    return f"{DOWNLOAD_NAME}-fassung-{order.version}-unterschrieben"


def midnight(day: dt.date) -> dt.datetime:
    """Return when that day begins here, as an aware time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _status(order: DuesOrder) -> str:
    if not order.is_published:
        return _("Entwurf")
    return _("Muster") if says_sample(order) else ""
