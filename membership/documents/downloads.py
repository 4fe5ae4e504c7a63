"""The papers at permanent addresses: the blank application and the statutes."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dues.models import DuesOrder
from library.generated import GeneratedFile, NothingToRender
from membership.documents import form
from membership.documents.identity import FIELD, current_identity
from membership.documents.mandate import mandate_paper
from portal.association.enums import LegalTextKind
from portal.association.models import AssociationSettings, LegalText
from portal.pdf.profiles import Profile
from portal.pdf.render import render_pdf

FORM_TEXTS = (
    LegalTextKind.STATUTES,
    LegalTextKind.DECLARATION,
    LegalTextKind.GROUP_DECLARATION,
    LegalTextKind.LIABILITY_NOTICE,
    LegalTextKind.PRIVACY_NOTICE,
    LegalTextKind.SEPA_MANDATE,
)
PDF = "application/pdf"


def render_blank_form() -> GeneratedFile:
    """Return the fillable application (PDF/UA-1). NothingToRender while no dues order or declaration is in force."""
    order = DuesOrder.objects.in_force()
    texts = form_texts()
    if order is None or texts[LegalTextKind.DECLARATION] is None:
        raise NothingToRender
    in_force = [text for text in texts.values() if text]
    changed_at = max(filter(None, [order.published_at, *(text.published_at for text in in_force)]))
    content = render_pdf(
        "pdf/application/form.html", form_context(order, texts), title=_("Aufnahmeantrag"), profile=Profile.FORM
    )
    return GeneratedFile(content, "Aufnahmeantrag.pdf", PDF, changed_at)


def form_texts() -> dict[Any, LegalText | None]:
    """Return the texts in force that the blank form states or names, by kind."""
    return {kind: LegalText.objects.in_force(kind) for kind in FORM_TEXTS}


def form_context(order: DuesOrder, texts: dict[Any, LegalText | None]) -> dict[str, Any]:
    """Return what the blank form shows."""
    return {
        "association": AssociationSettings.load(),
        "order": order,
        "identity": current_identity(order, texts.values()),
        "identity_field": FIELD,
        "parts": form.sheet_parts(order),
        "more_signatures": range(2, form.SIGNATORY_ROWS + 1),
        "rows": form.cosignature_rows(),
        "mandate": mandate_paper(text=texts[LegalTextKind.SEPA_MANDATE]),
        "mandate_controls": form.mandate_controls(),
        "statutes": texts[LegalTextKind.STATUTES],
        "declaration": texts[LegalTextKind.DECLARATION],
        "group_declaration": texts[LegalTextKind.GROUP_DECLARATION],
        "liability_notice": texts[LegalTextKind.LIABILITY_NOTICE],
        "privacy_notice": texts[LegalTextKind.PRIVACY_NOTICE],
        "pdf_reference": _("Beitragsordnung: %(version)s") % {"version": order.version_label},
    }


def render_statutes() -> GeneratedFile:
    """Return the statutes in force as PDF (PDF/A-2a, PDF/UA-1); NothingToRender while there are none."""
    statutes = LegalText.objects.in_force(LegalTextKind.STATUTES)
    if statutes is None:
        raise NothingToRender
    content = render_pdf("pdf/statutes.html", {"statutes": statutes}, title=statutes.title)
    changed_at: datetime = statutes.published_at or timezone.now()
    return GeneratedFile(content, "Satzung.pdf", PDF, changed_at, version=f"fassung-{statutes.version}")
