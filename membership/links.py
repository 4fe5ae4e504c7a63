"""The secret addresses of an application: token = HMAC over purpose, key and generation; nothing else is stored."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from membership.models import Application, ApplicationDraft, CoSignature
from portal.mailing.links import make_token, read_any_generation, read_token

DRAFT = "application-draft"
COSIGNATURE = "application-cosignature"
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


def draft_path(draft: ApplicationDraft, step: str = "") -> str:
    """Return the address of a draft below the host: where to go on, or one of its steps."""
    given = make_token(DRAFT, draft.pk, draft.generation)
    return reverse("membership:draft_step", args=[given, step]) if step else reverse("membership:draft", args=[given])


def draft_url(draft: ApplicationDraft) -> str:
    """Return the whole address of a draft, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{draft_path(draft)}"


def draft_for(given: str) -> ApplicationDraft:
    """Return the draft ``given`` opens; raises ``UnknownLink`` as :func:`application_for` does."""
    found = ApplicationDraft.objects
    key = read_token(
        DRAFT, given, generation_of=lambda pk: found.filter(pk=pk).values_list("generation", flat=True).first()
    )
    return found.get(pk=key)


def cosigner_path(row: CoSignature) -> str:
    """Return the address at which the person of ``row`` confirms, for the newest link."""
    return reverse("membership:cosign", args=[make_token(COSIGNATURE, row.pk, row.generation)])


def cosigner_url(row: CoSignature) -> str:
    """Return the whole address, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{cosigner_path(row)}"


def cosignature_for(given: str) -> tuple[CoSignature, int]:
    """Return the row ``given`` was sent to and the link's generation, superseded ones too; raises ``UnknownLink``."""
    generations = CoSignature.objects.values_list("generation", flat=True)
    key, generation = read_any_generation(COSIGNATURE, given, newest_of=lambda key: generations.filter(pk=key).first())
    return CoSignature.objects.select_related("application__dues_rate").get(pk=key), generation


def application_for(purpose: str, given: str) -> Application:
    """Return the application ``given`` opens; raises ``UnknownLink`` for a token altered, unknown or superseded."""
    key = read_token(purpose, given, generation_of=_generation_of(purpose))
    return Application.objects.get(pk=key)


def _generation_of(purpose: str) -> Callable[[int], int | None]:
    column = _GENERATIONS[purpose]
    return lambda key: Application.objects.filter(pk=key).values_list(column, flat=True).first()
