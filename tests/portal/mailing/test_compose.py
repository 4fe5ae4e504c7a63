"""Mails from templates: text and HTML in the association's frame, with headers that keep machines quiet."""

import re
from email.utils import parsedate_to_datetime

import pytest
from django.template import engines

from portal.mailing import compose
from portal.mailing.compose import build_mail, one_line, tidy_text
from portal.mailing.message_id import new_message_id, repeated_message_id

FRAME = {
    "sender_name": "LAG Sachsen",
    "association_name": "Verein & Freunde e.V.",
    "imprint_lines": ["Brückenstraße 1", "VR 1234"],
    "reply_to": "post@lag-sachsen.test",
}


@pytest.fixture(autouse=True)
def _templates(tmp_path, monkeypatch, settings):
    """One mail of the tests' own, in a frame that is known."""
    folder = tmp_path / "email" / "tests_notice"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Antrag von\n {{ name }}\n")
    (folder / "body.txt").write_text(
        '{% extends "email/base.txt" %}{% block content %}Guten Tag {{ name }},\n\n\n\n   \nbis bald.{% endblock %}'
    )
    (folder / "body.html").write_text(
        '{% extends "email/base.html" %}{% block content %}<p>{{ name }}</p>'
        '{% include "email/components/button.html" with url=base_url label="Los" only %}{% endblock %}'
    )
    monkeypatch.setattr(engines["django"].engine, "dirs", [tmp_path, *engines["django"].engine.dirs])
    for loader in engines["django"].engine.template_loaders:
        if hasattr(loader, "reset"):
            loader.reset()
    monkeypatch.setattr(compose, "_provider", lambda: FRAME)
    settings.DEFAULT_FROM_EMAIL = "portal@lag-sachsen.test"


def test_a_mail_has_text_and_html_and_names_the_sender():
    mail = build_mail("tests_notice", {"name": "Ada & <Bert>"}, to="ada@example.org")

    assert (mail.subject, mail.to, mail.reply_to) == (
        "Antrag von Ada & <Bert>",
        ["ada@example.org"],
        ["post@lag-sachsen.test"],
    )
    assert mail.from_email == "LAG Sachsen <portal@lag-sachsen.test>"
    assert mail.body == (
        "Guten Tag Ada & <Bert>,\n\nbis bald.\n\nFreundliche Grüße\nVerein & Freunde e.V.\n\n--\n"
        "Brückenstraße 1\nVR 1234\nhttp://127.0.0.1:8000\n\nDiese E-Mail wurde vom Portal selbsttätig verschickt.\n"
    )
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    assert "<p>Ada &amp; &lt;Bert&gt;</p>" in html
    assert "Verein &amp; Freunde e.V." in html
    assert "<title>Antrag von Ada &amp; &lt;Bert&gt;</title>" in html


def test_the_headers_keep_machines_quiet():
    message = build_mail("tests_notice", {"name": "Ada"}, to="ada@example.org").message()

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert re.fullmatch(r"<[0-9a-f]{32}@lag-sachsen\.test>", message["Message-ID"])
    assert parsedate_to_datetime(message["Date"]).utcoffset() is not None
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_name_with_line_ends_forges_no_header():
    mail = build_mail("tests_notice", {"name": "Ada\r\nBcc: alle@example.org"}, to="ada@example.org")

    assert mail.subject == "Antrag von Ada Bcc: alle@example.org"
    assert mail.message()["Bcc"] is None


def test_html_lines_are_short_enough_for_mail_servers():
    raw = build_mail("tests_notice", {"name": "Ada " * 400}, to="ada@example.org").message().as_bytes()

    assert max(len(line) for line in raw.splitlines()) <= 998


def test_an_answer_can_go_elsewhere():
    mail = build_mail("tests_notice", {"name": "Ada"}, to=["a@example.org", "b@example.org"], reply_to="c@example.org")

    assert (mail.to, mail.reply_to) == (["a@example.org", "b@example.org"], ["c@example.org"])


def test_without_an_association_nothing_is_left_half(monkeypatch):
    monkeypatch.setattr(compose, "_provider", None)
    mail = build_mail("tests_notice", {"name": "Ada"}, to="ada@example.org")

    assert (mail.from_email, mail.reply_to) == ("portal@lag-sachsen.test", [])
    assert mail.body == (
        "Guten Tag Ada,\n\nbis bald.\n\n--\nhttp://127.0.0.1:8000\n\n"
        "Diese E-Mail wurde vom Portal selbsttätig verschickt.\n"
    )


def test_one_line_and_tidy_text():
    assert one_line("  a\r\n\tb  c ") == "a b c"
    assert tidy_text("\n\na  \n \n\n\nb\n") == "a\n\nb\n"


def test_message_ids_are_fresh_or_the_same_for_one_mail():
    assert new_message_id() != new_message_id()
    assert repeated_message_id(1, "x", "a") == repeated_message_id(1, "x", "a")
    given = ((1, "x", "a"), (1, "x", "b"), (2, "x", "a"), (1, "y", "a"))
    assert len({repeated_message_id(*values) for values in given}) == 4
