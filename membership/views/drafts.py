"""The pages of a draft, below its secret address."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from membership import links
from membership.domain import change_draft_kind, delete_draft, send_draft_link
from membership.domain.drafts import TICKS
from membership.domain.errors import ApplicationError, DraftOver
from membership.forms.application import ApplicationForm
from membership.forms.choice import ChoiceForm
from membership.forms.email import EmailForm
from membership.models import Application, ApplicationDraft
from membership.offer import offer_for
from membership.sections import REVIEW, STEPS, WHO
from membership.submission_key import SubmissionKey, UnusableKey, read_key
from membership.views import spam
from membership.views.filling import Filling, filling_of
from membership.views.guard import form_is_genuine, private_page, send_again
from membership.views.review import show_review, take_review
from membership.views.steps import KEY_FIELD, show_step, take_step
from portal.mailing.links import UnknownLink

REVIVED = "neu"


def draft_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give ``view`` the draft that the address opens, and its filling; one that has ended says so."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **names: str) -> HttpResponse:
        try:
            draft = links.draft_for(token)
        except UnknownLink:
            return _gone(request, None, **names)
        if draft.is_over(timezone.now()):
            return _gone(request, draft, **names)
        filling = filling_of(draft)
        if filling is None:
            return render(request, "membership/being_revised.html")
        try:
            return view(request, filling, draft, **names)
        except DraftOver:
            return _gone(request, ApplicationDraft.objects.filter(pk=draft.pk).first(), **names)

    return private_page(require_http_methods(["GET", "HEAD", "POST"])(opened))


@draft_page
def draft(request: HttpRequest, filling: Filling, draft: ApplicationDraft) -> HttpResponse:
    """Lead to the first page on which something is missing, to the last one when nothing is."""
    form = ApplicationForm(filling.offer, filling.data, **filling.options)
    step = next(iter(form.steps_with_errors()), REVIEW)
    return HttpResponseRedirect(links.draft_path(draft, step.name))


@draft_page
def draft_step(request: HttpRequest, filling: Filling, draft: ApplicationDraft, step: str) -> HttpResponse:
    """Show one page; POST saves what was typed there and leads on."""
    page = next((each for each in STEPS if each.name == step), None)
    if page is None:
        raise Http404
    if page is REVIEW:
        return take_review(request, filling) if request.method == "POST" else show_review(request, filling)
    if request.method == "POST":
        return take_step(request, filling, page)
    notice = (
        _("Den früheren Entwurf gibt es nicht mehr. Was auf dieser Seite stand, ist in einem neuen gespeichert.")
        if REVIVED in request.GET
        else ""
    )
    return show_step(request, filling, page, filling.unchecked(filling.data), notice=notice)


@draft_page
def draft_kind(request: HttpRequest, filling: Filling, draft: ApplicationDraft) -> HttpResponse:
    """Change who applies or for which membership; what was typed stays."""
    fixed = {"art"} if filling.is_correction else set()
    if request.method != "POST":
        return _ask_kind(request, draft, ChoiceForm.filled(filling.offer.kind, filling.offer.membership_type, fixed))
    form = ChoiceForm(request.POST, without=fixed)
    if not form_is_genuine(request):
        return _ask_kind(request, draft, form, problem=send_again())
    if not form.is_valid():
        return _ask_kind(request, draft, form)
    kind = filling.offer.kind if fixed else form.kind
    changed = change_draft_kind(draft, kind=kind, membership_type=form.membership_type)
    return HttpResponseRedirect(links.draft_path(changed, WHO.name))


@draft_page
def draft_keeping(request: HttpRequest, filling: Filling, draft: ApplicationDraft) -> HttpResponse:
    """Send the link of the draft to an address, to go on later or elsewhere; a correction begins at its own link."""
    if filling.is_correction:
        raise Http404
    if request.method != "POST":
        initial = {"email": draft.content.mailed_to or filling.data.get("email", "")}
        return _ask_address(request, draft, EmailForm(initial=initial, label=str(_("Ihre E-Mail-Adresse"))))
    form = EmailForm(request.POST, label=str(_("Ihre E-Mail-Adresse")))
    if not form_is_genuine(request):
        return _ask_address(request, draft, form, problem=send_again())
    if problem := spam.machine_problem(request, ""):
        return _ask_address(request, draft, form, problem=problem)
    if not form.is_valid():
        return _ask_address(request, draft, form)
    email = form.cleaned_data["email"]
    address = spam.client_address(request)
    if problem := spam.limit_problem(spam.MAILS, email) or spam.limit_problem(spam.DRAFT_LINKS, address):
        return _ask_address(request, draft, form, problem=problem)
    try:
        sent = send_draft_link(draft, email=email)
    except DraftOver:
        raise
    except ApplicationError as refusal:
        return _ask_address(request, draft, form, problem=str(refusal))
    spam.note(spam.MAILS, email)
    spam.note(spam.DRAFT_LINKS, address)
    # Not a redirect: with another address than last time, that of this page has just ceased to exist.
    return render(request, "membership/draft_link_sent.html", {"draft": sent, "path": links.draft_path(sent)})


@draft_page
def draft_deletion(request: HttpRequest, filling: Filling, draft: ApplicationDraft) -> HttpResponse:
    """Ask, then forget everything that was typed."""
    problem = ""
    if request.method == "POST":
        if form_is_genuine(request):
            delete_draft(draft)
            return render(request, "membership/draft_over.html", {"is_deleted": True})
        problem = send_again()
    context = {"path": links.draft_path(draft), "problem": problem}
    return render(request, "membership/draft_deletion.html", context)


def _ask_kind(request: HttpRequest, draft: ApplicationDraft, form: ChoiceForm, *, problem: str = "") -> HttpResponse:
    context = {"form": form, "path": links.draft_path(draft), "problem": problem}
    return render(request, "membership/draft_kind.html", context)


def _ask_address(request: HttpRequest, draft: ApplicationDraft, form: EmailForm, *, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "path": links.draft_path(draft),
        "expires_on": timezone.localdate(draft.expires_at),
        "trap": spam.TRAP,
        "problem": problem,
    }
    return render(request, "membership/draft_keeping.html", context)


def _gone(request: HttpRequest, draft: ApplicationDraft | None, *, step: str = "", **names: str) -> HttpResponse:
    """Answer for a draft that was submitted, deleted or has expired: a page typed there is not lost."""
    key = _key_of(request)
    stored = Application.objects.filter(submission_key=draft.key if draft else key.nonce if key else "").first()
    if request.method == "POST" and stored and stored.state == "unconfirmed":
        return HttpResponseRedirect(f"{links.path(stored, links.RECEIPT)}?bekannt=1")
    if draft and draft.application and (draft.submitted_at or draft.is_outdated):
        told = "berichtigt" if draft.submitted_at else "ueberholt"
        return HttpResponseRedirect(f"{links.path(draft.application, links.STATUS)}?{told}=1")
    is_lost = step and not stored and not (draft and draft.submitted_at)
    if key and is_lost and not key.is_correction and form_is_genuine(request):
        return _revive(request, key, step)
    if draft is None:
        raise Http404
    return render(request, "membership/draft_over.html", {"is_submitted": bool(draft.submitted_at)}, status=410)


def _revive(request: HttpRequest, key: SubmissionKey, name: str) -> HttpResponse:
    """Begin a new draft with what was typed on one page of the former, within the limits of any new one.

    What was ticked for texts of another version is asked again.
    """
    offer = offer_for(key.kind, key.membership_type)
    step = next((each for each in STEPS if each.name == name), None)
    if offer is None or step is None:
        raise Http404
    filling, address = Filling(offer), spam.client_address(request)
    data = filling.typed(request, step)
    if not key.matches(offer):
        data = {name: value for name, value in data.items() if name not in TICKS}
    if problem := spam.machine_problem(request, "") or spam.limit_problem(spam.DRAFTS, address):
        text = request.POST.get(KEY_FIELD, "")
        return show_step(request, filling, step, filling.unchecked(data), key=text, problem=problem)
    draft = filling.saved(data, step)
    spam.note(spam.DRAFTS, address)
    return HttpResponseRedirect(f"{links.draft_path(draft, name if step is not REVIEW else WHO.name)}?{REVIVED}=1")


def _key_of(request: HttpRequest) -> SubmissionKey | None:
    try:
        return read_key(request.POST.get(KEY_FIELD, ""), lives=None)
    except UnusableKey:
        return None
