"""Production refuses to start without what it needs, in one sentence, and is safe with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.deployment import filled_environment
from portal.launcher.settings_file import parse
from portal.places import BASE_DIR

PRINT = (
    "from django.conf import settings as s; "
    "print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.ALLOWED_HOSTS)"
)
NO_MAIL_SERVER = (
    "PORTAL_EMAIL_URL ist keine Adresse eines Mailservers: erwartet wird etwa "
    "smtp+tls://NAME:PASSWORT@RECHNER:587; Sonderzeichen im Passwort stehen als %XX."
)


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "VIRTUAL_ENV", "LANG"}}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return filled_environment(tmp_path)


def test_sample_is_read_without_comments() -> None:
    text = "# Schlüssel\nSECRET_KEY=\n\n# REDIS_URL=redis://x\nPORTAL_DATA_KEYS=k1:a=\n"
    assert parse(text) == {"SECRET_KEY": "", "PORTAL_DATA_KEYS": "k1:a="}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SECRET_KEY", "ein langer, zufälliger Schlüssel für Anmeldung und Formulare"),
        ("PORTAL_DATA_KEYS", "Name und Schlüssel, mit denen Bankdaten verschlüsselt werden"),
        ("PORTAL_LINK_KEY", "der Schlüssel, der Verweise in E-Mails unterschreibt"),
        ("PORTAL_HOSTS", "die Rechnernamen der Website, durch Komma getrennt"),
        ("DATABASE_URL", "die Adresse der Datenbank"),
        ("PORTAL_BASE_URL", "die Adresse der Website mit https://"),
    ],
)
def test_what_is_missing_is_named(environment: dict[str, str], name: str, sentence: str) -> None:
    code, output, errors = run(environment | {name: ""}, "manage.py", "check")
    assert (code, output) == (1, "")
    assert errors == f"Die Umgebungsvariable {name} fehlt: {sentence}.\n"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "kurz", "SECRET_KEY ist zu kurz: Nötig sind mindestens 32 zufällige Zeichen."),
        ("PORTAL_LINK_KEY", "kurz", "PORTAL_LINK_KEY ist zu kurz: Nötig sind mindestens 32 zufällige Zeichen."),
        (
            "PORTAL_DATA_KEYS",
            "geheim",
            "PORTAL_DATA_KEYS muss aus Paaren NAME:SCHLÜSSEL bestehen, der Schlüssel aus 32 Bytes in Base64.",
        ),
        (
            "PORTAL_HOSTS",
            "https://www.example.org/",
            "PORTAL_HOSTS muss aus Rechnernamen bestehen, durch Komma getrennt, ohne „https://“ und ohne „/“.",
        ),
        (
            "PORTAL_BASE_URL",
            "http://www.example.org",
            "PORTAL_BASE_URL muss mit https:// beginnen und hinter dem Rechnernamen enden.",
        ),
        (
            "PORTAL_BASE_URL",
            "https://www.example.org/portal/",
            "PORTAL_BASE_URL muss mit https:// beginnen und hinter dem Rechnernamen enden.",
        ),
        (
            "REDIS_URL",
            "geheim",
            "REDIS_URL ist keine Adresse von Redis: erwartet wird etwa redis://127.0.0.1:6379/0.",
        ),
        *(
            (
                "PORTAL_EMAIL_URL",
                address,
                NO_MAIL_SERVER,
            )
            for address in ("mail.example.org", "smtp://", "smtp://vera:geheim@mail.example.org:x")
        ),
        ("PORTAL_FORM_SECONDS", "zwei", "PORTAL_FORM_SECONDS muss eine ganze Zahl sein, zum Beispiel 2."),
    ],
)
def test_what_is_written_wrong_is_named_without_its_value(
    environment: dict[str, str], name: str, value: str, sentence: str
) -> None:
    code, output, errors = run(environment | {name: value}, "manage.py", "check")
    assert (code, output, errors) == (1, "", f"{sentence}\n")


def test_names_of_hosts_may_have_spaces_between_them(environment: dict[str, str]) -> None:
    hosts = {"PORTAL_HOSTS": "www.example.org, example.org"}
    code, output, errors = run(environment | hosts, "-c", PRINT)
    assert (code, errors) == (0, "")
    assert output == "False True True True ['www.example.org', 'example.org']\n"


def test_filled_sample_is_safe(environment: dict[str, str]) -> None:
    code, output, errors = run(environment, "-c", PRINT)
    assert (code, errors) == (0, "")
    assert output == "False True True True ['www.example.org']\n"


def test_deployment_check_finds_nothing() -> None:
    code, _, errors = run({}, "-m", "portal.deployment")
    assert (code, errors) == (0, "")
