"""Machines and floods: whoever trips a limit sees the filled form again with a sentence."""

import pytest
from django.core.cache import cache
from django.test import Client

from membership.models import Application, ApplicationDraft
from membership.views import spam
from tests.factories.membership import form_data
from tests.membership.test_views_form import address, begin, key_of, open_form, post_page, send, submit, value_of

pytestmark = pytest.mark.django_db


def test_the_trap_shows_the_filled_form_again(client: Client) -> None:
    data = {**form_data(), "formular": key_of(open_form(client)), "bitte_leer_lassen": "http://spam.example"}
    html = client.post(address(), data).content.decode()
    assert "Das Feld, das leer bleiben muss, war ausgefüllt." in html
    assert value_of(html, "last_name") == "Muster"
    assert "spam.example" not in html
    assert ApplicationDraft.objects.count() == 0
    draft = begin()
    html = send(client, draft, bitte_leer_lassen="x").content.decode()
    assert "Das Feld, das leer bleiben muss, war ausgefüllt." in html
    assert Application.objects.count() == 0


def test_nobody_types_a_page_within_a_second(client: Client, settings, time_machine) -> None:
    settings.MEMBERSHIP_LEAST_SECONDS = 2
    time_machine.move_to("2027-03-01 12:00+01:00", tick=False)
    data = {**form_data(), "formular": key_of(open_form(client))}
    time_machine.shift(1)
    html = client.post(address(), data).content.decode()
    assert "Das ging schneller, als Menschen tippen." in html
    assert value_of(html, "last_name") == "Muster"
    assert ApplicationDraft.objects.count() == 0
    time_machine.shift(2)
    assert client.post(address(), {**data, "formular": key_of(html)}).status_code == 302


def test_a_shared_connection_has_room_and_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "DRAFTS", spam.Limit("drafts", 2))
    data = {**form_data(), "formular": key_of(open_form(client))}
    posts = [client.post(address(), data, REMOTE_ADDR="192.0.2.1") for _ in range(3)]
    assert [response.status_code for response in posts] == [302, 302, 200]
    html = posts[2].content.decode()
    assert "kamen in der letzten Stunde sehr viele Formulare" in html
    assert value_of(html, "last_name") == "Muster"
    assert client.post(address(), data, REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.parametrize("limit", ["SUBMISSIONS", "MAILS"])
def test_submissions_have_an_end(client: Client, monkeypatch: pytest.MonkeyPatch, time_machine, limit: str) -> None:
    time_machine.move_to("2027-03-01 12:10+01:00", tick=False)
    monkeypatch.setattr(spam, limit, spam.Limit(limit, 1))
    assert submit(client).status_code == 302
    draft = begin()
    html = send(client, draft).content.decode()
    assert "kamen in der letzten Stunde sehr viele Formulare" in html
    assert "Musterweg 1" in html
    assert Application.objects.count() == 1
    time_machine.move_to("2027-03-01 13:10+01:00", tick=False)
    assert send(client, draft).status_code == 302


def test_counts_name_nobody(client: Client) -> None:
    submit(client)
    post_page(client, begin(), "wer", last_name="Muster")
    kept = repr(getattr(cache, "_cache", {}))
    assert [word in kept for word in ("127.0.0.1", "mara@example.org")] == [False, False]
