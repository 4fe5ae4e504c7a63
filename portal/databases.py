"""Database settings from an address, with the options each database needs here."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

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


def database_from_url(url: str, *, embedded_file: Path) -> dict[str, Any]:
    """Return the ``DATABASES`` entry for ``url``; an empty address means SQLite in ``embedded_file``.

    Raises ImproperlyConfigured, in one German sentence without the password, for an address that names no database.
    """
    if not url:
        return {
            "ENGINE": ENGINES["sqlite"],
            "NAME": embedded_file,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    scheme = url.split(":", 1)[0]
    if scheme not in ENGINES:
        raise ImproperlyConfigured(
            "DATABASE_URL ist keine Datenbankadresse: erwartet wird etwa "
            "postgres://NAME:PASSWORT@RECHNER:5432/DATENBANK oder sqlite:///PFAD."
        )
    try:
        config = environ.Env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL ist unvollständig oder falsch geschrieben.") from error
    if not config.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL nennt keine Datenbank hinter dem letzten „/“.")
    config["ENGINE"] = ENGINES[scheme]
    if scheme == "sqlite":
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        config["CONN_MAX_AGE"] = 600
        config["CONN_HEALTH_CHECKS"] = True
    return config
