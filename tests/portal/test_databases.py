"""DATABASE_URL: what it becomes, and what is said when it is wrong."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import ConnectionHandler

from portal.databases import KEPT_OPEN_SECONDS, SQLITE_OPTIONS, database_from_url, why_unreachable

EMBEDDED = Path("/nirgends/db.sqlite3")
NO_ADDRESS = (
    "DATABASE_URL ist keine Datenbankadresse: erwartet wird etwa "
    "postgres://NAME:PASSWORT@RECHNER:5432/DATENBANK oder sqlite:///PFAD."
)
MISSPELLED = "DATABASE_URL ist falsch geschrieben; Sonderzeichen im Passwort müssen als %XX stehen (etwa %40 für @)."
NO_NAME = "DATABASE_URL nennt keine Datenbank hinter dem letzten „/“."


def test_no_address_means_the_embedded_database() -> None:
    assert database_from_url("", embedded_file=EMBEDDED) == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": EMBEDDED,
        "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": SQLITE_OPTIONS,
    }


def test_sqlite_file_gets_the_same_options() -> None:
    config = database_from_url("sqlite:////srv/portal.sqlite3", embedded_file=EMBEDDED)
    assert (config["NAME"], config["OPTIONS"]) == ("/srv/portal.sqlite3", SQLITE_OPTIONS)


def test_postgres_address_is_taken_apart() -> None:
    config = database_from_url("postgres://vera:ge%40heim@db.example.org:5433/portal", embedded_file=EMBEDDED)
    assert {key: config[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "vera",
        "PASSWORD": "ge@heim",
        "HOST": "db.example.org",
        "PORT": 5433,
    }


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("portal", NO_ADDRESS),
        ("mysql://vera@127.0.0.1/portal", NO_ADDRESS),
        ("postgres:portal", NO_ADDRESS),
        ("http://127.0.0.1/portal", NO_ADDRESS),
        ("postgres://vera:geheim@127.0.0.1:port/portal", MISSPELLED),
        ("postgres://vera:geheim@127.0.0.1:99999/portal", MISSPELLED),
        ("postgres://vera:ge#heim@127.0.0.1:5432/portal", MISSPELLED),
        ("postgres://vera:ge[heim@127.0.0.1:5432/portal", MISSPELLED),
        ("postgres://vera:geheim@127.0.0.1:5432/", NO_NAME),
        ("postgres://vera:geheim@127.0.0.1:5432", NO_NAME),
        ("sqlite://", NO_NAME),
    ],
)
def test_wrong_address_is_one_sentence_without_the_password(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        database_from_url(url, embedded_file=EMBEDDED)
    assert str(caught.value) == sentence


def reason_for(url: str) -> str | None:
    handler = ConnectionHandler({"default": database_from_url(url, embedded_file=EMBEDDED)})
    opened: Any = handler["default"]
    try:
        return why_unreachable(opened)
    finally:
        opened.close()


@pytest.mark.django_db
def test_working_database_has_no_reason() -> None:
    assert why_unreachable(connection) is None


@pytest.mark.django_db
def test_nobody_listens() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    assert reason_for(f"postgres://vera:geheim@127.0.0.1:{port}/portal") == (
        "Die Datenbank ist nicht benutzbar: unter der in DATABASE_URL genannten Adresse antwortet keine Datenbank."
    )


@pytest.mark.django_db
def test_missing_folder(tmp_path: Path) -> None:
    file = tmp_path / "fehlt" / "db.sqlite3"
    assert reason_for(f"sqlite:///{file}") == (
        f"Die Datenbank {file} ist nicht benutzbar: die Datei lässt sich nicht öffnen oder anlegen."
    )


@pytest.mark.django_db
def test_other_file_instead_of_a_database(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text("Sehr geehrte Damen und Herren, " * 100)
    assert reason_for(f"sqlite:///{file}") == (
        f"Die Datenbank {file} ist nicht benutzbar: die Datei ist keine SQLite-Datenbank oder beschädigt."
    )


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"NAME": "gibt_es_nicht"}, "die in DATABASE_URL genannte Datenbank gibt es dort nicht"),
        ({"USER": "gibt_es_nicht"}, "den in DATABASE_URL genannten Namen kennt sie nicht"),
    ],
)
def test_postgres_refuses(changed: dict[str, str], reason: str) -> None:
    settings = {key: connection.settings_dict[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    opened: Any = ConnectionHandler({"default": settings | changed})["default"]
    assert why_unreachable(opened) == f"Die Datenbank ist nicht benutzbar: {reason}."
