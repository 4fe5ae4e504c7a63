"""What reaches a log, and what never does."""

import logging
import sys

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter, get_exception_reporter_filter

from portal.logging import PrivacyFilter, PrivateFormatter, logging_config, redact

TOKEN = "8-Zk3n0b7Yq5Lx2TqUa9W_dJmC4pRfE6sVhG1oIyXtB"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"Not Found: /mitglied-werden/antrag/bestaetigen/{TOKEN}/", "Not Found: /mitglied-werden/antrag/…"),
        ("Not Found: /mitglied-werden/antrag/quittung/kurz/", "Not Found: /mitglied-werden/antrag/…"),
        ("Not Found: /en/mitglied-werden/antrag/x/", "Not Found: /en/mitglied-werden/antrag/…"),
        ("next=%2Fmitglied-werden%2Fantrag%2Fx%2F weiter", "next=%2Fmitglied-werden%2Fantrag%2F… weiter"),
        (
            '"GET /mitglied-werden/antrag/quittung/abc/ HTTP/1.1" 200 5',
            '"GET /mitglied-werden/antrag/… HTTP/1.1" 200 5',
        ),
        ("/admin/password_reset/confirm/MQ/d7x-0a1/", "/admin/password_reset/confirm/…"),
        ("Not Found: /suche/?q=Vera+Muster", "Not Found: /suche/?…"),
        ("http://127.0.0.1:8000/suche/?q=Vera&seite=2 fehlt", "http://127.0.0.1:8000/suche/?… fehlt"),
        ("to vera.muster+verein@example.org failed", "to [E-Mail] failed"),
        ("to VERA@localhost failed", "to [E-Mail] failed"),
        ("adresse=vera%40example.org", "[E-Mail]"),
        ("<vera@example.org>", "<[E-Mail]>"),
        ("IBAN DE89 3704 0044 0532 0130 00 ist falsch", "IBAN [IBAN] ist falsch"),
        ("iban=de89370400440532013000", "iban=[IBAN]"),
        (f"token {TOKEN} unknown", "token [Kennung] unknown"),
        ("key 5f4dcc3b5aa765d61d8327deb882cf99", "key [Kennung]"),
        ("postgres://vera:geheim@db.example.org/portal", "[E-Mail]/portal"),
    ],
)
def test_secrets_are_taken_out(text: str, clean: str) -> None:
    assert redact(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /ueber-uns/",
        "Not Found: /mitglied-werden/",
        "Forbidden: /downloads/aufnahmeantrag/",
        "worker stopped in the middle of its work",
        'File "portal/mailing/worker.py", line 120, in send_everything_that_is_due_now',
        "mail 17 failed: SMTPServerDisconnected",
        "2026-11-22 20:58:16,695 ERROR django.request: Internal Server Error: /",
        "Wie geht es weiter? Gut.",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("part", ["a", "/", "(/", "a/", "%40", "a@", "a.", "a-1"])
def test_the_end_of_a_long_address_is_cut_off_before_anything_is_looked_for(part: str) -> None:
    """Looking through such a line takes time that grows faster than its length."""
    path = f"/{part * 4_000}"

    assert redact(f"Not Found: {path} weiter") == redact(f"Not Found: {path[:1_000]}… weiter")


def test_what_is_cut_off_is_nowhere() -> None:
    assert redact(f"/{'a' * 990}/vera@example.org/geheim") == f"{redact('/' + 'a' * 990 + '/vera@exa')}…"


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)


def test_filter_cleans_arguments() -> None:
    entry = record("Not Found: %s", f"/mitglied-werden/antrag/quittung/{TOKEN}/")
    assert PrivacyFilter().filter(entry) is True
    assert (entry.msg, entry.args) == ("Not Found: /mitglied-werden/antrag/…", ())


def test_formatter_cleans_tracebacks() -> None:
    entry = record("failed")
    try:
        raise ValueError("Key (email)=(vera@example.org) already exists")
    except ValueError:
        entry.exc_info = sys.exc_info()
    lines = PrivateFormatter("{message}", style="{").format(entry).splitlines()
    assert (lines[0], lines[-1]) == ("failed", "ValueError: Key (email)=([E-Mail]) already exists")


def test_every_handler_cleans() -> None:
    handlers = logging_config()["handlers"]
    assert [(name, handler["filters"], handler["formatter"]) for name, handler in handlers.items()] == [
        ("console", ["privacy", "request_number"], "line")
    ]
    assert [handler for logger in logging_config()["loggers"].values() for handler in logger.get("handlers", [])] == []


@pytest.mark.django_db
def test_unknown_link_leaves_no_trace_in_the_log(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(PrivacyFilter())
    handler.setFormatter(PrivateFormatter("{message}", style="{"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        assert client.get(f"/mitglied-werden/antrag/quittung/{TOKEN}/").status_code == 404
    finally:
        logger.removeHandler(handler)
    assert capsys.readouterr().err == "Not Found: /mitglied-werden/antrag/…\n"


def test_error_reports_hold_neither_what_was_sent_nor_variables(rf: RequestFactory, settings: object) -> None:
    request = rf.post("/kontakt/", {"name": "Vera Muster"}, headers={"cookie": "sessionid=geheimnis"})
    assert isinstance(request, WSGIRequest)
    try:
        typed = "Vera Muster"
        raise ValueError(len(typed))
    except ValueError:
        report = ExceptionReporter(request, *sys.exc_info()).get_traceback_text()
    assert type(get_exception_reporter_filter(request)).__name__ == "BareReports"
    assert "ValueError" in report
    assert [secret for secret in ("Vera Muster", "geheimnis") if secret in report] == []
