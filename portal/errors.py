"""What visitors see when something is wrong: German pages that need no database."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from portal.outages import RETRY_SECONDS, is_outage
from portal.request_number import current_number
from portal.security_headers import ADMIN_PREFIX

# What is said when not even the page for errors can be made.
LAST_WORDS = (
    '<!doctype html><html lang="de"><meta charset="utf-8"><title>Störung</title><h1>Störung</h1>'
    "<p>Da ist bei uns etwas schiefgegangen. Bitte versuchen Sie es in ein paar Minuten noch einmal.</p>"
)
CSRF_FIELD = "csrfmiddlewaretoken"

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses to read: too large, or tampered with."""
    return _error_page("400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for something this person may not see or do."""
    return _error_page("403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, with the menus of every page as long as those can be made."""
    try:
        return _error_page("404.html", status=404, request=request)
    except Exception:  # whatever is broken: without menus the page says what it has to say, too
        logger.warning("A missing page was answered without menus.", exc_info=True)
        return _error_page("404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the portal itself fails, templates and static files included; Django calls it for an exception."""
    try:
        if is_outage(sys.exc_info()[1]):
            return _outage(request)
        return _error_page("500.html", status=500, number=current_number())
    except Exception:  # noqa: BLE001 - whatever is broken: an error page that fails would hide the error
        return HttpResponse(LAST_WORDS, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid form token; a visitor may send the same entries again with a new one.

    Only the portal's public forms can be sent again, and only from the portal's own pages: they carry nobody's rights,
    so that nothing is won by making a visitor send them. In the admin nothing is sent again, passwords least of all.
    """
    response = _error_page("403_csrf.html", status=403, **_resending(request))
    response.headers["Cache-Control"] = "no-store"
    return response


def _outage(request: HttpRequest) -> HttpResponse:
    """Answer while the database or the room on a disk is missing; a visitor's form may be sent again, as above."""
    context = _resending(request) if request.method == "POST" else {}
    response = _error_page("503.html", status=503, was_sent=request.method == "POST", **context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _resending(request: HttpRequest) -> dict[str, Any]:
    """Return what components/resend_form.html needs to send the request again, if that is allowed."""
    if request.path.startswith(ADMIN_PREFIX) or not _comes_from_here(request):
        return {"can_resend": False}
    return {
        "can_resend": True,
        "action": request.get_full_path(),
        "csrf_token": get_token(request),
        "fields": [(name, value) for name, values in request.POST.lists() if name != CSRF_FIELD for value in values],
        "has_files": bool(request.FILES),
    }


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent the request, or says nothing at all.

    From pages that give no referrer browsers send ``Origin: null``; then they must say it in ``Sec-Fetch-Site``.
    """
    own = f"{request.scheme}://{request.get_host()}"
    origin, site = request.headers.get("Origin", own), request.headers.get("Sec-Fetch-Site", "")
    return site in {"same-origin", ""} and (origin == own or (origin == "null" and site == "same-origin"))


def _error_page(template: str, *, status: int, request: HttpRequest | None = None, **context: Any) -> HttpResponse:
    # Without the request no context processor runs, and nothing touches the database.
    content = render_to_string(template, {"site_name": settings.WAGTAIL_SITE_NAME, **context}, request)
    return HttpResponse(content, status=status)
