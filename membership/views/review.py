"""The last page: everything at a glance, the declarations, and the button that submits."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from membership import links
from membership.domain import correct_application, submit_application
from membership.domain.correction import changed_fields, needs_new_paper, voids_signatures
from membership.domain.drafts import TICKS
from membership.domain.errors import ApplicationError, DraftOver
from membership.forms.application import ApplicationForm
from membership.forms.summary import summary
from membership.intake import checked_from
from membership.models import Application
from membership.sections import REVIEW
from membership.submission_key import ExpiredKey, UnusableKey, read_key
from membership.views import spam
from membership.views.filling import Filling
from membership.views.guard import form_is_genuine, send_again
from membership.views.steps import GO_TO, KEY_FIELD, PLACES, changed_sentence, incomplete_sentence, step_context
from portal.association.enums import LegalTextKind

CLOSING_TEXTS = (LegalTextKind.PRIVACY_NOTICE, LegalTextKind.PRIVACY_NOTICE_COSIGNERS)


def show_review(
    request: HttpRequest, filling: Filling, form: ApplicationForm | None = None, *, key: str = "", problem: str = ""
) -> HttpResponse:
    """Render everything typed with what is still missing; ``form`` shows the page's own inputs."""
    whole = ApplicationForm(filling.offer, filling.data, **filling.options)
    form = form or filling.unchecked(filling.data)
    offer = filling.offer
    context = step_context(filling, REVIEW, form, key=key) | {
        "summary": summary(whole),
        "wrong_steps": [step for step in whole.steps_with_errors() if step is not REVIEW],
        "closing_texts": [offer.texts[kind] for kind in CLOSING_TEXTS if kind in offer.texts],
        "liability_notice": offer.texts.get(LegalTextKind.LIABILITY_NOTICE),
        "problem": problem,
        **_correction_context(filling, whole),
    }
    return render(request, "membership/form_review.html", context)


def take_review(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Submit, unless something is missing; what was ticked is kept. Raises DraftOver when it was submitted already."""
    typed = Filling(filling.offer, filling.typed(request, REVIEW), filling.draft)
    key = request.POST.get(KEY_FIELD, "")
    if not form_is_genuine(request):
        return show_review(request, typed, key=key, problem=send_again())
    if problem := _key_problem(typed, key):
        unticked = {name: value for name, value in typed.data.items() if name not in TICKS}
        again = Filling(typed.offer, unticked, typed.draft) if problem == changed_sentence() else typed
        return show_review(request, again, problem=problem)
    if problem := spam.machine_problem(request, ""):
        return show_review(request, typed, key=key, problem=problem)
    draft = typed.saved(typed.data, REVIEW)
    if (place := request.POST.get(GO_TO, "")) in PLACES:
        return HttpResponseRedirect(links.draft_path(draft, place))
    form = ApplicationForm(typed.offer, typed.data, **typed.options)
    if not form.is_valid():
        own = ApplicationForm.for_step(typed.offer, typed.data, REVIEW, **typed.options)
        return show_review(request, typed, own, key=key)
    return _correct(request, typed, form, key) if typed.is_correction else _submit(request, typed, form, key)


def _submit(request: HttpRequest, filling: Filling, form: ApplicationForm, key: str) -> HttpResponse:
    address, email = spam.client_address(request), form.answered.get("email", "")
    if problem := spam.limit_problem(spam.SUBMISSIONS, address) or spam.limit_problem(spam.MAILS, email):
        return show_review(request, filling, key=key, problem=problem)
    nonce = read_key(key).nonce
    application = submit_application(checked_from(form), key=nonce)
    spam.note(spam.SUBMISSIONS, address)
    spam.note(spam.MAILS, email)
    return HttpResponseRedirect(links.path(application, links.RECEIPT))


def _correct(request: HttpRequest, filling: Filling, form: ApplicationForm, key: str) -> HttpResponse:
    application, checked = corrected_application(filling), checked_from(form)
    has_changed = bool(changed_fields(application, checked))
    try:
        correct_application(application, checked, key=read_key(key).nonce)
    except DraftOver:
        raise
    except ApplicationError as refusal:
        return show_review(request, filling, key=key, problem=str(refusal))
    told = "berichtigt" if has_changed else "unveraendert"
    return HttpResponseRedirect(f"{links.path(application, links.STATUS)}?{told}=1")


def _correction_context(filling: Filling, whole: ApplicationForm) -> dict[str, Any]:
    """Return what a correction warns of: a new fingerprint, and how many signatures it voids."""
    if not filling.is_correction:
        return {}
    application = corrected_application(filling)
    if not whole.is_valid():
        return {"needs_new_paper": False, "signatures": 0}
    checked = checked_from(whole)
    return {
        "needs_new_paper": needs_new_paper(application, checked),
        "signatures": application.cosignatures.present().count() if voids_signatures(application, checked) else 0,
    }


def corrected_application(filling: Filling) -> Application:
    """Return the application that the draft corrects; only where ``is_correction``."""
    return Application.objects.get(drafts=filling.draft)


def _key_problem(filling: Filling, text: str) -> str:
    """Return why the page has to be sent again, as a sentence; empty for the key of this draft's page of today."""
    try:
        key = read_key(text)
    except ExpiredKey:
        return _(
            "Das Formular war länger als einen Tag offen. Bitte prüfen Sie Ihre Angaben und schicken Sie es noch "
            "einmal ab."
        )
    except UnusableKey:
        return incomplete_sentence()
    if filling.draft is None or key.nonce != filling.draft.key:
        return incomplete_sentence()
    return "" if key.matches(filling.offer) else changed_sentence()
