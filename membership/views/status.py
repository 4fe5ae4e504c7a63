"""What an applicant finds after confirming: the paper to sign, and what comes next."""

import json
from copy import copy
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from membership import links
from membership.cosigner_list import cosigner_list
from membership.documents import render_application, render_own_data
from membership.domain import completeness, is_reversible, open_request
from membership.enums import STAFF_STATES, ApplicationState, AttachmentSource, Responsible
from membership.export import own_data
from membership.forms.answer import AnswerForm
from membership.forms.files import ScanForm
from membership.history import told_to_applicant
from membership.models import Application
from membership.next_steps import next_steps
from membership.views.guard import private_page
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.mailing.links import UnknownLink

SENTENCES = {
    "beantwortet": _("Vielen Dank. Die Geschäftsstelle hat Ihre Antwort."),
    "berichtigt": _("Die neuen Angaben sind gespeichert."),
    "unveraendert": _("Sie haben nichts geändert; es bleibt alles, wie es war."),
}
PROBLEMS = {
    "ueberholt": _(
        "Inzwischen hat sich der Antrag geändert, oder Sie haben die Berichtigung neu begonnen. Der frühere Entwurf "
        "gilt deshalb nicht mehr, und aus ihm ist nichts übernommen. Der Antrag bleibt, wie er zuletzt gespeichert "
        "wurde. Wenn noch etwas zu berichtigen ist, beginnen Sie bitte neu."
    ),
}


@private_page
@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Show where the application stands, the PDF, and the next steps while it is open."""
    application = confirmed_application(token)
    notice, problem = (
        next((str(sentence) for name, sentence in sentences.items() if name in request.GET), "")
        for sentences in (SENTENCES, PROBLEMS if application.is_open else {})
    )
    return show_status(request, application, notice=notice, problem=problem)


@private_page
@require_safe
def document(request: HttpRequest, token: str) -> HttpResponse:
    """Send the application as a PDF, filled in and ready to be signed."""
    application = confirmed_application(token)
    name = f"Aufnahmeantrag-{application.reference}.pdf"
    return _download(render_application(application), "application/pdf", name)


@private_page
@require_safe
def own_data_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """Send everything that is stored about the application as a PDF."""
    application = confirmed_application(token)
    return _download(render_own_data(application), "application/pdf", f"Antrag-{application.reference}.pdf")


@private_page
@require_safe
def own_data_json(request: HttpRequest, token: str) -> HttpResponse:
    """Send the same as JSON."""
    application = confirmed_application(token)
    content = json.dumps(own_data(application), ensure_ascii=False, indent=2)
    return _download(content.encode(), "application/json", f"Antrag-{application.reference}.json")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def confirmed_application(token: str) -> Application:
    """Return the application the secret link opens; Http404 for any other link, and before the address is confirmed."""
    try:
        application = links.application_for(links.STATUS, token)
    except UnknownLink:
        raise Http404 from None
    if application.state not in STAFF_STATES:
        raise Http404
    return as_told(application)


def as_told(application: Application) -> Application:
    """Return the application as the applicant is told of it: a decision that can still be taken back is none yet."""
    if not is_reversible(application):
        return application
    told = copy(application)
    told.state = ApplicationState.READY
    told.decided_on = told.decided_by = told.decision_recorded_at = None
    return told


def show_status(request: HttpRequest, application: Application, **more: Any) -> HttpResponse:
    """Render the whole page; a part whose form was refused puts the bound form, or a ``problem``, into ``more``."""
    return render(request, "membership/status.html", status_context(application) | more)


def status_context(application: Application) -> dict[str, Any]:
    """Return what the parts below templates/membership/status/ show."""
    token, listed = links.token(application, links.STATUS), cosigner_list(application) if application.is_group else None
    return {
        "application": application,
        "token": token,
        "missing": missing_from_applicant(application) if application.is_open else [],
        "steps": next_steps(application) if application.is_open and not application.is_ready else [],
        "question": open_request(application) if application.is_open else None,
        "answer_form": AnswerForm(),
        "events": told_to_applicant(application),
        "listed": listed,
        "live_url": reverse("membership:signature_count", args=[token]) if listed and listed.is_live else "",
        **upload_context(application),
    }


def missing_from_applicant(application: Application) -> list[str]:
    """Return in sentences what the applicant still has to send."""
    lines = completeness(application)
    return [line.note for line in lines if not line.is_done and line.responsible is Responsible.APPLICANT]


def upload_context(application: Application) -> dict[str, Any]:
    """Return what the status page's part shows: whether scans are taken, and what has been uploaded."""
    takes_scans = application.is_open and AssociationSettings.load().accepts(AcceptedForm.SCAN)
    uploaded = application.attachments.current().filter(source=AttachmentSource.APPLICANT)
    return {
        "takes_scans": takes_scans,
        "uploaded": list(uploaded) if application.is_open else [],
        "scan_form": ScanForm(),
    }
