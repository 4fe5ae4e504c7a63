"""The link in the confirmation mail. Opening it changes nothing; the button does."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from membership import links
from membership.domain import confirm_email, resend_confirmation
from membership.domain.errors import AlreadyConfirmed, ConfirmationExpired, MailedTooOften
from membership.enums import ApplicationState
from membership.models import Application
from membership.views.guard import form_is_genuine, private_page, send_again
from portal.mailing.links import UnknownLink

RESEND = "erneut"


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the click that confirms; an expired link offers a new mail, an altered one does not exist."""
    try:
        application = links.application_for(links.CONFIRMATION, token)
    except UnknownLink:
        raise Http404 from None
    if request.method != "POST":
        return _show(request, application)
    if not form_is_genuine(request):
        return _show(request, application, problem=send_again())
    if request.POST.get("aktion") == RESEND:
        return _resend(request, application)
    try:
        confirm_email(application)
    except ConfirmationExpired:
        return _show(request, application)
    return HttpResponseRedirect(links.path(application, links.STATUS))


def _resend(request: HttpRequest, application: Application) -> HttpResponse:
    try:
        resend_confirmation(application)
    except AlreadyConfirmed:
        return _show(request, Application.objects.get(pk=application.pk))
    except MailedTooOften as refusal:
        return _show(request, application, problem=str(refusal))
    # Not a redirect: the address of this page has just ceased to exist.
    return render(request, "membership/confirmation_resent.html", {"application": application})


def _show(request: HttpRequest, application: Application, *, problem: str = "") -> HttpResponse:
    expired = application.confirmation_expired(timezone.now())
    confirmed = application.state != ApplicationState.UNCONFIRMED
    context = {
        "application": application,
        "expired": expired,
        "confirmed": confirmed,
        # An old link opens nothing; the address of the status page is in the mail that followed.
        "status_path": links.path(application, links.STATUS) if confirmed and not expired else "",
        "problem": problem,
        "resend": RESEND,
    }
    return render(request, "membership/confirmation.html", context)
