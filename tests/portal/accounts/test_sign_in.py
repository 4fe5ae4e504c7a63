"""Signing in: by address in any spelling, with a brake on guessing."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.urls import reverse

from portal.accounts.roles import Role
from portal.accounts.throttling import LIMIT, is_locked
from tests.factories.accounts import PASSWORD, create_person

pytestmark = pytest.mark.django_db
WRONG = "E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beide Angaben."
LOCKED = (
    "Zu viele Fehlversuche: Die Anmeldung ist für diese Adresse bis zu einer Stunde lang gesperrt. "
    "Über „Passwort vergessen?“ können Sie sofort ein neues Passwort wählen."
)


@pytest.fixture
def person():
    return create_person(roles=(Role.EDITORS,))


def sign_in(client, email, password=PASSWORD):
    """Post the form; return the address it leads to, or the errors shown."""
    response = client.post(reverse("wagtailadmin_login"), {"username": email, "password": password})
    return response.headers["Location"] if response.status_code == 302 else response.context["form"].non_field_errors()


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@Example.ORG", "  ada@example.org "])
def test_the_address_is_taken_in_any_spelling(client, person, typed):
    assert sign_in(client, typed) == "/admin/"


def test_unknown_wrong_and_switched_off_are_answered_alike(client, person):
    create_person("aus@example.org", is_active=False)

    assert [
        sign_in(client, "niemand@example.org"),
        sign_in(client, person.email, "falsch"),
        sign_in(client, "aus@example.org"),
    ] == [[WRONG]] * 3


def test_no_address_and_half_a_form_are_answered_above_the_form(client, person):
    missing = "Bitte geben Sie E-Mail-Adresse und Passwort ein."

    assert sign_in(client, "keine Adresse") == [WRONG]
    assert [sign_in(client, "", ""), sign_in(client, "ada@example.org", ""), sign_in(client, " ")] == [[missing]] * 3


def test_the_page_speaks_german_and_of_no_user_name(client):
    html = client.get(reverse("wagtailadmin_login")).content.decode()

    assert "E-Mail-Adresse" in html
    assert "Benutzername" not in html
    assert "placeholder" not in html


def test_ten_wrong_passwords_close_the_sign_in_for_the_hour(client, person, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.UTC), tick=False)
    answers = [sign_in(client, "Ada@example.org", "falsch") for _number in range(LIMIT)]

    assert answers == [[WRONG]] * (LIMIT - 1) + [[LOCKED]]
    assert sign_in(client, "ada@example.org") == [LOCKED]
    assert authenticate(username="ada@example.org", password=PASSWORD) is None
    time_machine.move_to(dt.datetime(2026, 11, 22, 13, 0, 1, tzinfo=dt.UTC), tick=False)
    assert sign_in(client, "ada@example.org") == "/admin/"


def test_one_account_does_not_close_another(client, person):
    for _number in range(LIMIT):
        sign_in(client, "niemand@example.org", "falsch")

    assert sign_in(client, "niemand@example.org") == [LOCKED]
    assert sign_in(client, "ada@example.org") == "/admin/"


def test_the_right_password_forgets_earlier_failures(client, person):
    for _round in range(2):
        for _number in range(LIMIT - 1):
            sign_in(client, "ada@example.org", "falsch")
        assert sign_in(client, "ada@example.org") == "/admin/"
        client.logout()


def test_the_count_shows_no_address(client, person, settings):
    # A cache whose keys can be read, whichever the suite runs with.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    sign_in(client, "ada@example.org", "falsch")

    assert is_locked("ada@example.org") is False
    assert [key for key in cache._cache if "login-failures" in key]
    assert not [key for key in cache._cache if "ada" in key.lower()]
