"""One number in the log, in the answer and on the page for failures."""

import json
import logging
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from portal import errors
from portal.logging import JsonFormatter, logging_config
from portal.request_number import RequestNumberFilter, current_number


def number(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_number())


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("Vera Muster <vera@example.org>")


urlpatterns = [path("nummer/", number), path("500/", fail)]
handler404, handler500 = errors.page_not_found, errors.server_error
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_no_two_requests_are_alike(visitor: Client) -> None:
    first, second = (visitor.get("/nummer/").content.decode() for _ in range(2))
    assert first != second
    assert re.fullmatch(r"[0-9a-f]{12}", first)
    assert current_number() == ""


def test_answers_that_may_be_kept_carry_no_number(visitor: Client) -> None:
    assert "X-Request-ID" not in visitor.get("/nummer/").headers


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("0123456789abcdef0123456789abcdef", True),
        ("ABCDEF0123", False),
        ("kurz", False),
        ("a" * 33, False),
        ("", False),
    ],
)
def test_only_plain_numbers_are_taken_from_the_web_server(visitor: Client, given: str, is_taken: bool) -> None:
    response = visitor.get("/nummer/", headers={"X-Request-ID": given})
    assert (response.content.decode() == given) is is_taken


def test_page_for_failures_names_the_number_the_log_has(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(RequestNumberFilter())
    response = visitor.get("/500/")
    shown = re.search(r"diese Nummer: <strong>(\w+)</strong>", response.content.decode())
    assert shown is not None
    assert shown[1] == response.headers["X-Request-ID"]
    assert [record.request_number for record in caplog.records if record.name == "django.request"] == [shown[1]]


def test_lines_are_json_without_personal_data() -> None:
    record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "an %s", ("vera@example.org",), None)
    record.created, record.request_number = 1_800_000_000.5, "abc123"
    assert json.loads(JsonFormatter().format(record)) == {
        "time": "2027-01-15T08:00:00.500+00:00",
        "level": "ERROR",
        "logger": "portal",
        "request": "abc123",
        "message": "an [E-Mail]",
    }


def test_servers_write_json_and_terminals_lines() -> None:
    assert [
        logging_config(json_lines=json_lines)["handlers"]["console"]["formatter"] for json_lines in (True, False)
    ] == [
        "json",
        "line",
    ]
