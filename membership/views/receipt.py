"""The receipt after submitting: another mail, or the address corrected once."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from membership import links
from membership.domain import correct_email, resend_confirmation
from membership.domain.errors import ApplicationError
from membership.forms.email import EmailForm
from membership.models import Application
from membership.views.guard import form_is_genuine, private_page, send_again
from portal.mailing.links import UnknownLink

RESEND, CORRECT = "erneut", "berichtigen"
SENTENCES = {
    "bekannt": _("Dieses Formular haben Sie schon abgeschickt. Es bleibt bei diesem einen Antrag."),
    "erneut": _("Wir schicken Ihnen die E-Mail mit einem neuen Link. Der frühere Link gilt nicht mehr."),
    "berichtigt": _("Wir schicken die E-Mail an die neue Adresse. Der frühere Link gilt nicht mehr."),
}


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show that the application is stored and what to do next; POST resends the mail or corrects the address."""
    try:
        application = links.application_for(links.RECEIPT, token)
    except UnknownLink:
        raise Http404 from None
    if request.method == "POST":
        return _act(request, application)
    notice = next((str(sentence) for name, sentence in SENTENCES.items() if name in request.GET), "")
    return _show(request, application, EmailForm(), notice=notice)


def _act(request: HttpRequest, application: Application) -> HttpResponse:
    correcting = request.POST.get("aktion") == CORRECT
    form = EmailForm(request.POST) if correcting else EmailForm()
    if not form_is_genuine(request):
        return _show(request, application, form, problem=send_again())
    if correcting and not form.is_valid():
        return _show(request, application, form)
    try:
        if correcting:
            correct_email(application, email=form.cleaned_data["email"])
        else:
            resend_confirmation(application)
    except ApplicationError as refusal:
        return _show(request, application, EmailForm(), problem=str(refusal))
    return HttpResponseRedirect(f"{request.path}?{'berichtigt' if correcting else 'erneut'}=1")


def _show(
    request: HttpRequest, application: Application, form: EmailForm, *, notice: str = "", problem: str = ""
) -> HttpResponse:
    context = {
        "application": application,
        "form": form,
        "notice": notice,
        "problem": problem,
        "resend": RESEND,
        "correct": CORRECT,
    }
    return render(request, "membership/receipt.html", context)
