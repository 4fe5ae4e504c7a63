"""The personal link of somebody who is asked to confirm a group's application.

Opening it changes nothing; the buttons do. The page shows what the person confirms and nothing else of the application.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dues.money import format_amount
from membership import links
from membership.answers import text_of, value_of
from membership.domain import confirm_cosignature, decline_cosignature
from membership.domain.cosigning import declaration_of, link_state
from membership.domain.errors import ApplicationError
from membership.domain.signing_errors import LinkClosed
from membership.enums import LinkState
from membership.fields import field_named
from membership.forms.cosigners import ConfirmingForm
from membership.models import Application, CoSignature
from membership.views.guard import form_is_genuine, private_page, send_again
from portal.association.enums import ApplicantKind, LegalTextKind
from portal.association.models import AssociationSettings, LegalText
from portal.mailing.links import UnknownLink

DECLINE = "ablehnen"
SHOWN_FIELDS = ("name", "field_of_work", "contact_name", "membership_type", "dues_rate")
SHOWN_TEXTS = (LegalTextKind.STATUTES, LegalTextKind.PRIVACY_NOTICE_COSIGNERS)
ADVICE = {
    LinkState.CONFIRMED: _("Vielen Dank. Sie brauchen nichts weiter zu tun."),
    LinkState.SIGNED: _("Sie brauchen nichts weiter zu tun."),
    LinkState.DECLINED: _(
        "Die Kontaktperson weiß davon. Haben Sie es sich anders überlegt, kann sie Ihnen einen neuen Link schicken."
    ),
    LinkState.EXPIRED: _("Er galt vierzehn Tage. Bitten Sie die Kontaktperson, Ihnen einen neuen Link zu schicken."),
    LinkState.REVOKED: _("Sie brauchen nichts zu tun. Bei Fragen wenden Sie sich bitte an die Kontaktperson."),
    LinkState.REPLACED: _(
        "Vielleicht haben Sie eine neuere E-Mail mit einem neuen Link, oder Ihr Eintrag wurde geändert. Bei Fragen "
        "wenden Sie sich bitte an die Kontaktperson."
    ),
    LinkState.CHANGED: _(
        "Was vorher bestätigt wurde, gilt deshalb nicht mehr. Wer neu bestätigen kann, hat dafür eine E-Mail mit einem "
        "neuen Link bekommen."
    ),
    LinkState.PAUSED: _("Bitte versuchen Sie es in einer Viertelstunde noch einmal."),
    LinkState.DECIDED: _("Bestätigen können Sie ihn nicht mehr. Sie brauchen nichts zu tun."),
    LinkState.WITHDRAWN: _("Bestätigen können Sie ihn nicht mehr. Sie brauchen nichts zu tun."),
    LinkState.PAPER_ONLY: _("Bitte wenden Sie sich an die Kontaktperson."),
}
GOOD_ENDS = frozenset({LinkState.CONFIRMED, LinkState.SIGNED})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def cosign(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is confirmed; POST confirms or declines. A link that is over says why, an unknown one is not found."""
    try:
        row, generation = links.cosignature_for(token)
    except UnknownLink:
        raise Http404 from None
    state = link_state(row, generation=generation, now=timezone.now())
    if state is not LinkState.OPEN:
        return _show_end(request, row, state)
    if request.method != "POST":
        return _show(request, row, ConfirmingForm())
    if request.POST.get("aktion") == DECLINE:
        return _decline(request, row, generation)
    return _confirm(request, row, generation)


def _confirm(request: HttpRequest, row: CoSignature, generation: int) -> HttpResponse:
    form = ConfirmingForm(request.POST)
    valid = form.is_valid()
    if not form_is_genuine(request):
        return _show(request, row, form, problem=send_again())
    if not valid:
        return _show(request, row, form)
    try:
        confirm_cosignature(
            row, generation=generation, name=form.cleaned_data["name"], seen_hash=request.POST.get("stand", "")
        )
    except LinkClosed as refusal:
        return _show_end(request, _fresh(row), refusal.state)
    except ApplicationError as refusal:
        return _show(request, _fresh(row), form, problem=str(refusal))
    return HttpResponseRedirect(request.path)


def _decline(request: HttpRequest, row: CoSignature, generation: int) -> HttpResponse:
    if not form_is_genuine(request):
        return _show(request, row, ConfirmingForm(), problem=send_again())
    try:
        decline_cosignature(row, generation=generation)
    except LinkClosed as refusal:
        return _show_end(request, _fresh(row), refusal.state)
    return HttpResponseRedirect(request.path)


def _show(request: HttpRequest, row: CoSignature, form: ConfirmingForm, *, problem: str = "") -> HttpResponse:
    application = row.application
    context = {
        "facts": facts_of(application),
        "texts": texts_of(application),
        "declaration": declaration_of(application),
        "content_hash": application.content_hash,
        "association": AssociationSettings.load(),
        "form": form,
        "problem": problem,
        "decline": DECLINE,
    }
    return render(request, "membership/cosign.html", context)


def _show_end(request: HttpRequest, row: CoSignature, state: LinkState) -> HttpResponse:
    context = {
        "sentence": state.label,
        "advice": ADVICE[state],
        "kind": "success" if state in GOOD_ENDS else "info",
        "confirmed_at": row.recorded_at if state is LinkState.CONFIRMED else None,
    }
    return render(request, "membership/cosign_end.html", context)


def facts_of(application: Application) -> list[tuple[str, Any]]:
    """Return what the person confirms, as label and text; of people the contact alone, no address, no bank data."""
    kind = ApplicantKind(application.kind)
    fields = [field_named(name) for name in SHOWN_FIELDS]
    facts = [(str(field.label_for(kind)), text_of(field, value_of(application, field))) for field in fields]
    return [*facts, (str(_("Beitrag im Jahr")), format_amount(application.yearly_dues))]


def texts_of(application: Application) -> list[LegalText]:
    """Return the statutes and the notice of Art. 14, in the versions the application is bound to."""
    bound = {version.text.kind: version.text for version in application.text_versions.select_related("text")}
    return [bound[kind] for kind in SHOWN_TEXTS if kind in bound]


def _fresh(row: CoSignature) -> CoSignature:
    return CoSignature.objects.select_related("application__dues_rate").get(pk=row.pk)
