"""Database settings from an address, with the options each database needs here; and why a database does not answer."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

# WAL lets visitors read while an editor saves; foreign keys are off in SQLite unless asked for.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
SQLITE_OPTIONS = {
    # Take the write lock at BEGIN: a transaction that reads first and writes later cannot fail half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": SQLITE_PRAGMAS,
}
ENGINES = {
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "sqlite": "django.db.backends.sqlite3",
}
CONNECT_SECONDS = 10
KEPT_OPEN_SECONDS = 600


def database_from_url(url: str, *, embedded_file: Path) -> dict[str, Any]:
    """Return the ``DATABASES`` entry for ``url``; an empty address means SQLite in ``embedded_file``.

    Raises ImproperlyConfigured, in one German sentence without the password, for an address that names no database.
    """
    if not url:
        return {"ENGINE": ENGINES["sqlite"], "NAME": embedded_file} | _kept_open(SQLITE_OPTIONS)
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in ENGINES:
        raise ImproperlyConfigured(
            "DATABASE_URL ist keine Datenbankadresse: erwartet wird etwa "
            "postgres://NAME:PASSWORT@RECHNER:5432/DATENBANK oder sqlite:///PFAD."
        )
    config = _parsed(url)
    config["ENGINE"] = ENGINES[scheme]
    if scheme == "sqlite":
        return config | _kept_open(SQLITE_OPTIONS)
    return config | _kept_open({"connect_timeout": CONNECT_SECONDS} | config.get("OPTIONS", {}))


def _kept_open(options: dict[str, Any]) -> dict[str, Any]:
    """Return the settings by which a thread keeps its connection: opening one costs as much as a page's queries."""
    return {"CONN_MAX_AGE": KEPT_OPEN_SECONDS, "CONN_HEALTH_CHECKS": True, "OPTIONS": dict(options)}


def _parsed(url: str) -> dict[str, Any]:
    try:
        _ = urlsplit(url).port  # a port that is no number is refused here, with or without a database behind it
        config = dict(environ.Env.db_url_config(url))
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL ist falsch geschrieben; Sonderzeichen im Passwort müssen als %XX stehen (etwa %40 für @)."
        ) from error
    if not config.get("NAME") or config["NAME"] == ":memory:":
        raise ImproperlyConfigured("DATABASE_URL nennt keine Datenbank hinter dem letzten „/“.")
    return config


# What the client library or the server says, in English or German, and what it means for who set DATABASE_URL.
POSTGRES_REASONS = (
    (
        r"password authentication failed|Passwort-Authentifizierung|no password supplied",
        "der Name oder das Passwort in DATABASE_URL stimmt nicht",
    ),
    (
        r"database \".*\" does not exist|Datenbank .* existiert nicht",
        "die in DATABASE_URL genannte Datenbank gibt es dort nicht",
    ),
    (r"role \".*\" does not exist|Rolle .* existiert nicht", "den in DATABASE_URL genannten Namen kennt sie nicht"),
    (r"pg_hba\.conf", "sie lässt diesen Rechner oder Namen nicht zu"),
    (
        r"translate host name|Name or service not known|resolve|No address associated",
        "den in DATABASE_URL genannten Rechner gibt es nicht",
    ),
    (
        r"Connection refused|No such file or directory|closed the connection unexpectedly",
        "unter der in DATABASE_URL genannten Adresse antwortet keine Datenbank",
    ),
    (r"timeout|timed out|No route to host|unreachable", "der in DATABASE_URL genannte Rechner ist nicht zu erreichen"),
    (r"starting up|shutting down", "sie startet gerade oder wird beendet; bitte gleich noch einmal versuchen"),
    (r"too many", "sie nimmt gerade keine weitere Verbindung an"),
)
SQLITE_REASONS = (
    (r"unable to open", "die Datei lässt sich nicht öffnen oder anlegen"),
    (r"not a database|malformed", "die Datei ist keine SQLite-Datenbank oder beschädigt"),
    (r"readonly", "die Datei ist schreibgeschützt"),
    (r"locked", "ein anderes Programm hält die Datei fest"),
    (r"full", "der Datenträger ist voll"),
)


def why_unreachable(connection: BaseDatabaseWrapper) -> str | None:
    """Return one German sentence, without the password, why ``connection`` cannot be used; None when it can."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        is_sqlite = connection.vendor == "sqlite"
        reason = _reason(str(error), SQLITE_REASONS if is_sqlite else POSTGRES_REASONS)
        place = f" {connection.settings_dict['NAME']}" if is_sqlite else ""
        return f"Die Datenbank{place} ist nicht benutzbar: {reason}."
    return None


def _reason(message: str, reasons: tuple[tuple[str, str], ...]) -> str:
    for pattern, reason in reasons:
        if re.search(pattern, message, re.IGNORECASE):
            return reason
    return "sie weist die Verbindung ab"
