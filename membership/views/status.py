"""What an applicant finds after confirming: the paper to sign, and what comes next."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from membership import links
from membership.cosigner_list import cosigner_list
from membership.documents import render_application
from membership.enums import STAFF_STATES, AttachmentSource
from membership.forms.files import ScanForm
from membership.models import Application
from membership.next_steps import next_steps
from membership.views.guard import private_page
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.mailing.links import UnknownLink


@private_page
@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Show where the application stands, the PDF, and the next steps while it is open."""
    return show_status(request, confirmed_application(token))


@private_page
@require_safe
def document(request: HttpRequest, token: str) -> HttpResponse:
    """Send the application as a PDF, filled in and ready to be signed."""
    application = confirmed_application(token)
    response = HttpResponse(render_application(application), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="Aufnahmeantrag-{application.reference}.pdf"'
    return response


def confirmed_application(token: str) -> Application:
    """Return the application the secret link opens; Http404 for any other link, and before the address is confirmed."""
    try:
        application = links.application_for(links.STATUS, token)
    except UnknownLink:
        raise Http404 from None
    if application.state not in STAFF_STATES:
        raise Http404
    return application


def show_status(request: HttpRequest, application: Application, **more: Any) -> HttpResponse:
    """Render the whole page; a part whose form was refused puts the bound form, or a ``problem``, into ``more``."""
    return render(request, "membership/status.html", status_context(application) | more)


def status_context(application: Application) -> dict[str, Any]:
    """Return what the parts below templates/membership/status/ show."""
    return {
        "application": application,
        "token": links.token(application, links.STATUS),
        "steps": next_steps(application) if application.is_open else [],
        "listed": cosigner_list(application) if application.is_group else None,
        **upload_context(application),
    }


def upload_context(application: Application) -> dict[str, Any]:
    """Return what the status page's part shows: whether scans are taken, and what has been uploaded."""
    takes_scans = application.is_open and AssociationSettings.load().accepts(AcceptedForm.SCAN)
    uploaded = application.attachments.current().filter(source=AttachmentSource.APPLICANT)
    return {
        "takes_scans": takes_scans,
        "uploaded": list(uploaded) if application.is_open else [],
        "scan_form": ScanForm(),
    }
