"""The secret addresses of an application: token = HMAC over purpose, key and generation; nothing else is stored."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from membership.models import Application
from portal.mailing.links import make_token, read_token

RECEIPT, CONFIRMATION, STATUS = "application-receipt", "application-confirmation", "application-status"
_GENERATIONS = {RECEIPT: "receipt_generation", CONFIRMATION: "confirmation_generation", STATUS: "status_generation"}
_ROUTES = {RECEIPT: "membership:receipt", CONFIRMATION: "membership:confirmation", STATUS: "membership:status"}


def token(application: Application, purpose: str) -> str:
    """Return the token that opens ``application`` for ``purpose`` until its generation is raised."""
    return make_token(purpose, application.pk, getattr(application, _GENERATIONS[purpose]))


def path(application: Application, purpose: str) -> str:
    """Return the address below the host."""
    return reverse(_ROUTES[purpose], args=[token(application, purpose)])


def url(application: Application, purpose: str) -> str:
    """Return the whole address, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path(application, purpose)}"


def application_for(purpose: str, given: str) -> Application:
    """Return the application ``given`` opens; raises ``UnknownLink`` for a token altered, unknown or superseded."""
    key = read_token(purpose, given, generation_of=_generation_of(purpose))
    return Application.objects.get(pk=key)


def _generation_of(purpose: str) -> Callable[[int], int | None]:
    column = _GENERATIONS[purpose]
    return lambda key: Application.objects.filter(pk=key).values_list(column, flat=True).first()
