"""What holds for every page below /mitglied-werden/antrag/: private, unindexed, and nothing typed is lost."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from membership.models import Application

View = Callable[..., HttpResponse]

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def private_page(view: View) -> View:
    """Keep answers out of caches, search engines and referrers; let ``view`` check the form token by itself.

    Django would answer a stale form token with an error page, and what was typed would be gone. A view that changes
    something asks :func:`form_is_genuine` first.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Application.DoesNotExist:
            raise Http404 from None  # erased by the office while the step was taken
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return csrf_exempt(guarded)


class _FormToken(CsrfViewMiddleware):
    """Django's check, as a question.

    Browsers send ``Origin: null`` from pages that give no referrer. It is taken for our own unless the browser says in
    ``Sec-Fetch-Site`` that it is not; the token itself is always compared.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] == "null":
            return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        return super()._origin_verified(request)  # type: ignore[misc]

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def form_is_genuine(request: HttpRequest) -> bool:
    """Whether a POST comes from a form of ours, with the token that belongs to the browser's cookie."""
    check = _FormToken(lambda request: HttpResponse())
    return check.process_view(request, None, (), {}) is None  # type: ignore[arg-type]


def send_again() -> str:
    """Return the sentence for a form whose token does not fit."""
    return _(
        "Das Formular war zu lange offen, oder Ihr Browser lässt für diese Seite keine Cookies zu. "
        "Bitte schicken Sie es noch einmal ab. Ihre Eingaben sind noch da."
    )


def choose_again() -> str:
    """Return the same sentence where a file was all that was sent: browsers do not keep it."""
    return _(
        "Das Formular war zu lange offen, oder Ihr Browser lässt für diese Seite keine Cookies zu. "
        "Es wurde nichts gespeichert. Bitte wählen Sie die Datei noch einmal aus, und schicken Sie sie ab."
    )
