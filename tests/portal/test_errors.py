"""Error pages: German, with a way on, and without any database."""

import ast
import errno
import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal import errors


def fail_with(exception: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    return view


@csrf_protect
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(repr(sorted(request.POST.lists())))


urlpatterns = [
    path("400/", fail_with(SuspiciousOperation("manipuliert"))),
    path("403/", fail_with(PermissionDenied("geheim"))),
    path("500/", fail_with(ZeroDivisionError("intern"))),
    path("503/", fail_with(OperationalError("terminating connection"))),
    path("form/", form),
    path("outage/", csrf_exempt(fail_with(OSError(errno.ENOSPC, "No space left on device")))),
    path("admin/outage/", csrf_exempt(fail_with(InterfaceError("connection already closed")))),
    path("admin/form/", form),
    # Asked for at every form that is sent (pages.whole_changes).
    path("admin/", form, name="wagtailadmin_home"),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def heading(response: HttpResponse) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL).group(1).strip()


# No test of this block may touch the database: pytest-django refuses every query without the mark django_db.
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, "Diese Anfrage konnten wir nicht lesen"),
        (403, "Hierhin haben Sie keinen Zugang"),
        (404, "Hier steht kein Haus"),
        (500, "Da ist bei uns etwas schiefgegangen"),
        (503, "Das geht gerade nicht"),
    ],
)
def test_every_error_has_a_german_page_without_database(visitor: Client, settings, status: int, expected: str) -> None:
    # Looking for a redirect is the one query a missing page costs; it happens outside the page.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".RedirectMiddleware")]
    response = visitor.get(f"/{status}/")

    page = response.content.decode()
    assert (response.status_code, heading(response)) == (status, expected)
    assert re.findall(r'<html lang="(\w+)">', page) == ["de"]
    assert re.findall(r'<meta name="robots" content="(\w+)">', page) == ["noindex"]
    assert {"/", "/kontakt/", "/impressum/", "/datenschutz/", "/barrierefreiheit/"} <= set(
        re.findall(r'href="(/[a-z/]*)"', page)
    )
    assert [word for word in ("manipuliert", "geheim", "intern", "style=") if word in page] == []
    assert response.cookies == {}


@pytest.mark.urls("portal.urls")
@pytest.mark.parametrize(("address", "entries"), [("/gibt-es-nicht/", 7), ("/en/missing/", 0)])
def test_a_missing_page_has_the_menus_of_every_page(site, visitor: Client, address: str, entries: int) -> None:
    page = visitor.get(address).content.decode()
    assert (len(re.findall('class="main-menu__link"', page)), len(re.findall('id="([\\w-]*search)"', page))) == (
        entries,
        2 if entries else 1,
    )


def test_the_error_page_has_a_last_resort(visitor: Client, monkeypatch) -> None:
    monkeypatch.setattr(errors, "render_to_string", fail_with(OSError("Vorlage fehlt")))

    response = visitor.get("/500/")

    assert (response.status_code, response.content.decode()) == (500, errors.LAST_WORDS)


def resend(visitor: Client, page: str) -> HttpResponse:
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    entries: dict[str, list[str]] = {}
    for name, value in fields:
        entries.setdefault(name, []).append(value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"'))
    return visitor.post(re.search(r'<form action="([^"]*)"', page).group(1), entries)


def test_a_form_open_too_long_can_be_sent_again_with_everything_typed(visitor: Client) -> None:
    entries = {"name": 'Anna "<b>"', "wahl": ["eins", "zwei"], "csrfmiddlewaretoken": "alt"}
    response = visitor.post("/form/?schritt=2", entries)

    assert (response.status_code, heading(response)) == (403, "Das Formular war zu lange offen")
    assert response["Cache-Control"] == "no-store"
    again = resend(visitor, response.content.decode())
    typed = dict(ast.literal_eval(again.content.decode()))
    del typed["csrfmiddlewaretoken"]
    assert (again.status_code, typed) == (200, {"name": ['Anna "<b>"'], "wahl": ["eins", "zwei"]})


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/form/", {"sec-fetch-site": "cross-site"}),
        ("/form/", {"sec-fetch-site": "same-site"}),
        ("/form/", {"origin": "https://fremd.example"}),
        ("/form/", {"origin": "null"}),
        ("/admin/form/", {}),
    ],
)
def test_nothing_can_be_sent_again_from_elsewhere_or_in_the_admin(visitor: Client, address: str, headers) -> None:
    response = visitor.post(address, {"password": "geheim"}, headers=headers)

    page = response.content.decode()
    assert (response.status_code, heading(response)) == (403, "Das Formular war zu lange offen")
    assert ("geheim" in page, "<form" in page) == (False, False)


@pytest.mark.parametrize("headers", [{}, {"origin": "null", "sec-fetch-site": "same-origin"}], ids=["plain", "private"])
def test_what_was_typed_survives_an_outage(visitor: Client, headers) -> None:
    response = visitor.post("/outage/?schritt=2", {"name": "Anna <b>", "csrfmiddlewaretoken": "alt"}, headers=headers)

    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"], response["Retry-After"]) == (503, "no-store", "60")
    assert re.findall(r'<form action="([^"]*)"', page) == ["/outage/?schritt=2"]
    assert page.count('<input type="hidden" name="name" value="Anna &lt;b&gt;">') == 1
    assert (page.count("Ihre Eingaben sind noch da"), page.count("No space left")) == (1, 0)


def test_an_outage_in_the_admin_sends_nothing_again(visitor: Client) -> None:
    response = visitor.post("/admin/outage/", {"password": "geheim"})

    page = response.content.decode()
    assert (response.status_code, "geheim" in page, "<form" in page) == (503, False, False)
    assert page.count("Gehen Sie eine Seite zurück") == 1


def test_files_have_to_be_chosen_again(visitor: Client, tmp_path) -> None:
    upload = tmp_path / "antrag.pdf"
    upload.write_bytes(b"%PDF-1.7")
    with upload.open("rb") as file:
        response = visitor.post("/form/", {"datei": file})

    assert response.content.decode().count("Bitte wählen Sie sie danach noch einmal aus.") == 1
