"""Publishing a dues order, drafting its successor, offering its signed original."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from dues import guards
from dues.documents import signed_copy_name
from dues.models import DuesOrder
from library.archive import save_download
from library.models import Download, LibraryDocument
from portal.privacy import audit

if TYPE_CHECKING:
    from portal.privacy.audit import Actor


def publish_order(order: DuesOrder, *, published_by: "Actor") -> DuesOrder:
    """Freeze the stored draft and return it; it takes force by itself on its first day.

    Raises OrderFrozenError when it was published meanwhile, and ValidationError with everything that
    ``guards.errors`` finds. Two people publishing at once wait for each other.
    """
    with transaction.atomic():
        DuesOrder.objects.wait_for_publishing()
        stored = DuesOrder.objects.filter(pk=order.pk).first()
        if stored is None:
            raise ValidationError(_("Diesen Entwurf gibt es nicht mehr."), code="gone")
        stored.refuse_if_frozen()
        if found := guards.errors(stored):
            raise ValidationError([str(finding) for finding in found], code="guards")
        stored.freeze()
        audit.record(stored, "dues_order.published", actor=published_by, version=stored.version)
    return stored


def draft_from(order: DuesOrder, *, valid_from: dt.date, drafted_by: "Actor") -> DuesOrder:
    """Return a new draft with the texts, rules and rates of ``order``."""
    with transaction.atomic():
        draft = order.copy_as_draft(valid_from)
        audit.record(draft, "dues_order.drafted", actor=drafted_by, source=order.pk)
    return draft


def attach_signed_copy(order: DuesOrder, *, file: File, attached_by: "Actor") -> Download:
    """Offer ``file``, a PDF, as the signed original of the published ``order``, at an address of its own for good.

    What was offered there before moves to the download's archive.
    """
    title = _("%(title)s, Fassung %(version)s (unterschriebenes Original)") % {
        "title": order.title,
        "version": order.version,
    }
    with transaction.atomic():
        document = LibraryDocument(title=title, file=file)
        document.save()
        name = signed_copy_name(order)
        download = Download.objects.filter(name=name).first() or Download(name=name, title=title)
        download.document, download.valid_from = document, order.valid_from
        save_download(download)
        audit.record(order, "dues_order.signed_copy", actor=attached_by, document=document.pk)
    return download
