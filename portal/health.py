"""Whether the process is alive, and whether it can do its work: asked by whoever starts and watches it."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.readiness import run_checks

NOT_KEPT = {"Cache-Control": "no-store"}


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer in plain text, without a look at the database or anything else that could be down."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers=NOT_KEPT)


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when everything the portal needs is there, else 503; what is missing is told to who has the token."""
    checks = run_checks()
    is_ready = all(check.is_fine for check in checks)
    status = 200 if is_ready else 503
    if not _may_see_details(request):
        text = "ready\n" if is_ready else "not ready\n"
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status, headers=NOT_KEPT)
    details = {check.name: {"ok": check.is_fine, "detail": check.detail} for check in checks}
    return JsonResponse({"ready": is_ready, "checks": details}, status=status, headers=NOT_KEPT)


def _may_see_details(request: HttpRequest) -> bool:
    """Whether the request carries the token; without one in the settings nobody sees details."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.READINESS_TOKEN
    return bool(wanted) and kind == "Bearer" and secrets.compare_digest(token.encode(), wanted.encode())
