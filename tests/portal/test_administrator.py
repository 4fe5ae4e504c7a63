"""The first start makes one account and says its password once."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

pytestmark = pytest.mark.django_db
EMAIL = "admin@example.org"


def create() -> list[str]:
    output = StringIO()
    call_command("create_first_administrator", stdout=output)
    return output.getvalue().split("\n")


def test_password_is_made_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_ADMIN_PASSWORD", raising=False)
    _, account, password, once, _ = create()
    shown = password.removeprefix("Passwort:").strip()
    assert account == f"Konto für die Verwaltung:  {EMAIL}"
    assert once == "Das Passwort wird nur dieses eine Mal gezeigt."
    assert len(shown) == 16
    user = authenticate(username=EMAIL, password=shown)
    assert user is not None
    assert (user.is_superuser, user.is_staff) == (True, True)


def test_second_call_says_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "ein langes Passwort")
    create()
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "ein anderes Passwort")
    assert create() == [""]
    assert authenticate(username=EMAIL, password="ein langes Passwort") is not None


def test_given_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "ein langes Passwort")
    lines = create()
    assert [line for line in lines if "ein langes Passwort" in line] == []
    assert lines[2] == "Passwort:                  das Passwort aus PORTAL_ADMIN_PASSWORD"


def test_no_account_beside_another_administrator() -> None:
    get_user_model()._default_manager.create_superuser(email="vera@example.org", password="geheim")  # type: ignore[attr-defined]
    assert create() == [""]
    assert get_user_model()._default_manager.count() == 1
