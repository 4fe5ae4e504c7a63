"""Whether the process is alive, and whether it can do its work: asked by whoever starts and watches it."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.readiness import run_checks
from portal.release import release

NOT_KEPT = {"Cache-Control": "no-store"}
# Which code answers: whoever puts a new release into service waits for it. The web server in front takes it away.
RELEASE_HEADER = "X-Portal-Release"


class HealthMiddleware:
    """Answer /healthz and /readyz by whatever name the host is called: who watches a process asks its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = VIEWS.get(request.path_info)
        return view(request) if view else self.get_response(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer in plain text, without a look at the database or anything else that could be down."""
    headers = NOT_KEPT | {RELEASE_HEADER: release()}
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers=headers)


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


VIEWS = {"/healthz": healthz, "/readyz": readyz}
