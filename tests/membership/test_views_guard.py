"""The form token: a wrong one changes nothing and loses nothing."""

import re

import pytest
from django.test import Client

from membership import links
from membership.models import Application, ApplicationDraft
from portal.mailing.models import QueuedMail
from tests.membership.test_views_form import (
    begin,
    key_of,
    review,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def token_of(html: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', html)[0]


def last_page(strict: Client) -> tuple[ApplicationDraft, dict[str, str]]:
    """A draft ready to be submitted, with the key and the token of its last page."""
    draft = begin()
    html = review(strict, draft)
    return draft, {"formular": key_of(html), "csrfmiddlewaretoken": token_of(html)}


def test_right_token(strict: Client) -> None:
    draft, data = last_page(strict)
    assert send(strict, draft, **data).status_code == 302


@pytest.mark.parametrize("token", [None, "falsch", "x" * 64])
def test_wrong_token_loses_nothing(strict: Client, token: str | None) -> None:
    draft, data = last_page(strict)
    response = send(strict, draft, **(data | {"csrfmiddlewaretoken": token}))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Bitte schicken Sie es noch einmal ab. Ihre Eingaben sind noch da." in shown
    assert re.search(r'name="accepts_statutes"[^>]*checked', shown)
    assert Application.objects.count() == 0
    again = send(strict, draft, formular=key_of(shown), csrfmiddlewaretoken=token_of(shown))
    assert again.status_code == 302


@pytest.mark.parametrize("place", ["wer", "art", "merken", "loeschen"])
def test_wrong_token_changes_no_draft(strict: Client, place: str) -> None:
    draft = begin()
    response = strict.post(links.draft_path(draft, place), {"last_name": "Neu", "email": "neu@example.org"})
    assert response.status_code == 200
    assert "Bitte schicken Sie es noch einmal ab." in response.content.decode()
    assert ApplicationDraft.objects.get().content == draft.content
    assert QueuedMail.objects.count() == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null"}, 302),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 200),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://boese.example"}, 200),
    ],
)
def test_origin(strict: Client, headers: dict[str, str], status: int) -> None:
    draft, data = last_page(strict)
    response = strict.post(links.draft_path(draft, "pruefen"), data | {"accepts_statutes": "on"}, headers=headers)
    assert response.status_code == status
