"""What an applicant does at the secret link: answer a question, correct something, withdraw."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from membership import links
from membership.domain import (
    answer_completion,
    begin_correction,
    refuse_closed,
    refuse_while_voting,
    withdraw_application,
)
from membership.domain.drafts import TICKS, open_correction
from membership.domain.errors import ApplicationError
from membership.forms.answer import AnswerForm
from membership.forms.prefill import agreed_to_the_same, typed_from
from membership.models import Application
from membership.models.draft import DraftContent
from membership.offer import offer_for
from membership.submission_key import versions_of
from membership.views.guard import form_is_genuine, private_page, send_again
from membership.views.status import confirmed_application, show_status
from portal.association.enums import ApplicantKind, MembershipType

ANEW = "neu"
"""Posted by who begins a correction anew and gives up the one begun before."""


@private_page
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Take the answer to what the office has asked."""
    application, form = confirmed_application(token), AnswerForm(request.POST)
    if not form_is_genuine(request):
        return show_status(request, application, answer_form=form, problem=send_again())
    if not form.is_valid():
        return show_status(request, application, answer_form=form)
    try:
        answer_completion(application, answer=form.cleaned_data["answer"])
    except ApplicationError as refusal:
        return show_status(request, application, answer_form=form, problem=str(refusal))
    return HttpResponseRedirect(f"{links.path(application, links.STATUS)}?beantwortet=1")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, token: str) -> HttpResponse:
    """Say what a correction means; the button opens the form with everything as it is.

    What was typed in a correction begun before is given up only by somebody whom the page has told of it.
    """
    application = confirmed_application(token)
    try:
        refuse_closed(application)
        refuse_while_voting(application)
        if request.method != "POST":
            return _explain(request, application)
        if not form_is_genuine(request):
            return _explain(request, application, problem=send_again())
        if ANEW not in request.POST and open_correction(application):
            return _explain(request, application)
        draft = begin_correction(application, content_of=_as_typed)
    except ApplicationError as refusal:
        return show_status(request, application, problem=str(refusal))
    return HttpResponseRedirect(links.draft_path(draft, "wer"))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then withdraw the application."""
    application = confirmed_application(token)
    genuine = request.method == "POST" and form_is_genuine(request)
    try:
        refuse_closed(application)
        if genuine:
            withdraw_application(application)
    except ApplicationError as refusal:
        return show_status(request, confirmed_application(token), problem=str(refusal))
    if genuine:
        return HttpResponseRedirect(links.path(application, links.STATUS))
    problem = send_again() if request.method == "POST" else ""
    context = {"application": application, "path": links.path(application, links.STATUS), "problem": problem}
    return render(request, "membership/withdrawal.html", context)


def _explain(request: HttpRequest, application: Application, *, problem: str = "") -> HttpResponse:
    begun = open_correction(application)
    context = {
        "application": application,
        "path": links.path(application, links.STATUS),
        "signatures": application.cosignatures.present().count(),
        "begun": begun,
        "begun_path": links.draft_path(begun) if begun else "",
        "anew": ANEW,
        "problem": problem,
    }
    return render(request, "membership/correction.html", context)


def _as_typed(application: Application) -> DraftContent:
    """Return what the application says; ticks to texts of another version are asked again."""
    kind, membership_type = ApplicantKind(application.kind), MembershipType(application.membership_type)
    data = typed_from(application)
    offer = offer_for(kind, membership_type)
    if offer is None or not agreed_to_the_same(application, offer):
        data = {name: value for name, value in data.items() if name not in TICKS}
    return DraftContent(str(kind), str(membership_type), data, versions_of(offer) if offer else [])
