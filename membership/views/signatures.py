"""The contact person's page about the five: who has confirmed, who has not, and the steps with each."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from membership.cosigner_list import CosignerLine, cosigner_list
from membership.domain import add_cosigner, replace_cosigner, resend_invitation, revoke_invitation
from membership.domain.errors import ApplicationError
from membership.forms.cosigners import CosignerForm
from membership.models import Application
from membership.views.guard import form_is_genuine, private_page, send_again
from membership.views.status import confirmed_application

RESEND, REVOKE, REPLACE, ADD = "erneut", "zuruecknehmen", "ersetzen", "ergaenzen"
DONE = {
    RESEND: _("Wir schicken dieser Person eine E-Mail mit einem neuen Link. Der frühere Link gilt nicht mehr."),
    REVOKE: _("Die Einladung ist zurückgenommen. Der Link gilt nicht mehr."),
    REPLACE: _("Der Eintrag ist geändert. Wir schicken eine Einladung an die neue Adresse."),
    ADD: _("Die Person ist eingetragen. Wir schicken ihr eine Einladung."),
}


@dataclass(frozen=True)
class LineWithForm:
    """A line of the list with the form that gives its row to somebody else; ``is_open`` while that form is wrong."""

    line: CosignerLine
    form: CosignerForm
    is_open: bool


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def signatures(request: HttpRequest, token: str) -> HttpResponse:
    """Show the group's rows; POST resends, takes back, replaces or adds, and names the row by its number."""
    application = confirmed_application(token)
    if not application.is_group:
        raise Http404
    if request.method == "POST":
        return _act(request, application)
    notice = next((str(sentence) for name, sentence in DONE.items() if name in request.GET), "")
    return _show(request, application, notice=notice)


@private_page
@require_safe
def signature_count(request: HttpRequest, token: str) -> HttpResponse:
    """Say how many have confirmed: what the status page asks for while it is open, without a name."""
    application = confirmed_application(token)
    if not application.is_group:
        raise Http404
    return JsonResponse(cosigner_list(application).live_count)


def _act(request: HttpRequest, application: Application) -> HttpResponse:
    action = request.POST.get("aktion", "")
    position = request.POST.get("zeile", "")
    form = CosignerForm(request.POST, prefix=_prefix(action, position)) if action in (REPLACE, ADD) else None
    if not form_is_genuine(request):
        return _show(request, application, bound=form, problem=send_again())
    if form and not form.is_valid():
        return _show(request, application, bound=form)
    try:
        _take(application, action, position, form)
    except ApplicationError as refusal:
        return _show(request, application, bound=form, problem=str(refusal))
    return HttpResponseRedirect(f"{request.path}?{action}=1")


def _take(application: Application, action: str, position: str, form: CosignerForm | None) -> None:
    """Call the step's function; Http404 for a step or a row that does not exist."""
    if action == ADD and form:
        add_cosigner(application, **form.cleaned_data)
        return
    if action not in DONE or not (position.isascii() and position.isdigit() and len(position) < 3):
        raise Http404
    row = get_object_or_404(application.cosignatures, position=int(position))
    if action == REPLACE and form:
        replace_cosigner(row, **form.cleaned_data)
    elif action == RESEND:
        resend_invitation(row)
    else:
        revoke_invitation(row)


def _show(
    request: HttpRequest,
    application: Application,
    *,
    bound: CosignerForm | None = None,
    notice: str = "",
    problem: str = "",
) -> HttpResponse:
    """Render the page; ``bound`` is the form that was refused, and stays filled in."""
    listed = cosigner_list(application)
    context = {
        "application": application,
        "token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
        "listed": listed,
        "lines": [_with_form(line, bound) for line in listed.lines],
        "add_form": bound if bound and bound.prefix == ADD else CosignerForm(prefix=ADD),
        "bound": bound,
        "notice": notice,
        "problem": problem,
        "actions": {"resend": RESEND, "revoke": REVOKE, "replace": REPLACE, "add": ADD},
    }
    return render(request, "membership/signatures.html", context)


def _with_form(line: CosignerLine, bound: CosignerForm | None) -> LineWithForm:
    prefix = _prefix(REPLACE, str(line.row.position))
    if bound and bound.prefix == prefix:
        return LineWithForm(line, bound, is_open=True)
    known = {"name": line.row.name, "email": line.row.email, "function": line.row.function}
    return LineWithForm(line, CosignerForm(initial=known, prefix=prefix), is_open=False)


def _prefix(action: str, position: str) -> str:
    return f"zeile{position}" if action == REPLACE else ADD
