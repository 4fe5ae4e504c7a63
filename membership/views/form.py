"""The application form: choose, fill in, submit."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from membership import links
from membership.documents.mandate import mandate_paper
from membership.domain import submit_application
from membership.forms.application import ApplicationForm
from membership.forms.choice import ChoiceForm
from membership.forms.dues import CALCULATE
from membership.forms.rows import ADD_ROW
from membership.intake import checked_from
from membership.models import Application
from membership.offer import Offer, offer_for
from membership.submission_key import ExpiredKey, SubmissionKey, UnusableKey, new_key, read_key
from membership.views.guard import form_is_genuine, private_page, send_again
from portal.association.enums import LegalTextKind

KEY_FIELD = "formular"
CLOSING_TEXTS = (LegalTextKind.PRIVACY_NOTICE, LegalTextKind.PRIVACY_NOTICE_COSIGNERS)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def application_form(request: HttpRequest) -> HttpResponse:
    """Ask for kind and membership type, then show the form for them; POST submits it."""
    choice = ChoiceForm(request.GET or None)
    if not choice.is_valid():
        return render(request, "membership/choose.html", {"form": choice})
    offer = offer_for(choice.kind, choice.membership_type)
    if offer is None:
        return render(request, "membership/being_revised.html")
    if request.method == "POST":
        return _submit(request, offer)
    return _show(request, ApplicationForm(offer))


def _submit(request: HttpRequest, offer: Offer) -> HttpResponse:
    if ADD_ROW in request.POST:
        return _show(request, ApplicationForm.unchecked(offer, request.POST), key=request.POST.get(KEY_FIELD, ""))
    if CALCULATE in request.POST:
        return _show(request, ApplicationForm.for_dues(offer, request.POST), key=request.POST.get(KEY_FIELD, ""))
    key, problem = _usable_key(request, offer)
    if key is None:
        return _show(request, ApplicationForm.unchecked(offer, request.POST), problem=problem)
    if stored := Application.objects.filter(submission_key=key.nonce).first():
        return HttpResponseRedirect(f"{links.path(stored, links.RECEIPT)}?bekannt=1")
    form = ApplicationForm(offer, request.POST)
    if not form.is_valid():
        return _show(request, form, key=request.POST[KEY_FIELD])
    application = submit_application(checked_from(form), key=key.nonce)
    return HttpResponseRedirect(links.path(application, links.RECEIPT))


def _usable_key(request: HttpRequest, offer: Offer) -> tuple[SubmissionKey | None, str]:
    """Return the form's key, or None with the sentence that says why the form has to be submitted again."""
    if not form_is_genuine(request):
        return None, send_again()
    try:
        key = read_key(request.POST.get(KEY_FIELD, ""))
    except ExpiredKey:
        return None, _(
            "Das Formular war länger als einen Tag offen. Bitte prüfen Sie Ihre Angaben und schicken Sie es noch "
            "einmal ab."
        )
    except UnusableKey:
        return None, _(
            "Das Formular kam nicht vollständig bei uns an. Bitte prüfen Sie Ihre Angaben und schicken Sie es noch "
            "einmal ab."
        )
    if not key.matches(offer):
        return None, _(
            "Während Sie das Formular ausgefüllt haben, ist eine neue Fassung der Texte oder der Beitragsordnung in "
            "Kraft "
            "getreten. Bitte lesen Sie sie unten, prüfen Sie Ihre Angaben und schicken Sie das Formular noch einmal ab."
        )
    return key, ""


def _show(request: HttpRequest, form: ApplicationForm, *, key: str = "", problem: str = "") -> HttpResponse:
    offer = form.offer
    context = {
        "form": form,
        "offer": offer,
        "sections": list(form.sections()),
        "closing_texts": [offer.texts[kind] for kind in CLOSING_TEXTS if kind in offer.texts],
        "mandate_rows": _mandate_rows(),
        "liability_notice": offer.texts.get(LegalTextKind.LIABILITY_NOTICE),
        "key_field": KEY_FIELD,
        "key": key or new_key(offer),
        "add_row": ADD_ROW,
        "calculate": CALCULATE,
        "problem": problem,
    }
    return render(request, "membership/application_form.html", context)


def _mandate_rows() -> list[tuple[str, str]]:
    """Return what the mandate states beside its text: label and value."""
    paper = mandate_paper(text=None)
    return [
        (_("Zahlungsempfänger"), ", ".join(part for part in (paper.creditor, paper.creditor_address) if part)),
        (_("Gläubiger-Identifikationsnummer"), paper.creditor_identifier),
        (_("Mandatsreferenz"), paper.reference),
        (_("Art der Zahlung"), _("wiederkehrend")),
        (_("Unterschrift"), _("auf dem ausgedruckten Antrag, mit Ort und Datum")),
    ]
