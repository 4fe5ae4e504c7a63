"""Values from the environment: read, or refused with one German sentence that names the variable, never its value."""

import re
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
LEAST_SECRET_LENGTH = 32
HOST = re.compile(r"\.?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]")


def required(name: str, purpose: str) -> str:
    """Return the environment's ``name``, or say what it is for."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Die Umgebungsvariable {name} fehlt: {purpose}.")
    return value


def secret(name: str, purpose: str) -> str:
    """Return a required secret that nobody can guess by trying."""
    value = required(name, purpose)
    if len(value) < LEAST_SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"{name} ist zu kurz: Nötig sind mindestens {LEAST_SECRET_LENGTH} zufällige Zeichen."
        )
    return value


def whole_number(name: str, *, default: int) -> int:
    text = env.str(name, default=str(default)).strip()
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} muss eine ganze Zahl sein, zum Beispiel {default}.")
    return int(text)


def host_names(name: str, purpose: str) -> list[str]:
    """Return the names between the commas."""
    names = [part.strip() for part in required(name, purpose).split(",")]
    if not all(HOST.fullmatch(part) for part in names):
        raise ImproperlyConfigured(
            f"{name} muss aus Rechnernamen bestehen, durch Komma getrennt, ohne „https://“ und ohne „/“."
        )
    return names


def public_address(name: str, purpose: str) -> str:
    """Return the site's address without a slash at its end."""
    value = required(name, purpose).rstrip("/")
    address = urlsplit(value)
    if address.scheme != "https" or not address.netloc or address.path or address.query or address.fragment:
        raise ImproperlyConfigured(f"{name} muss mit https:// beginnen und hinter dem Rechnernamen enden.")
    return value


def redis_address(name: str) -> str:
    value = env.str(name, default="")
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"{name} ist keine Adresse von Redis: erwartet wird etwa redis://127.0.0.1:6379/0.")
    return value


def mail_server(name: str, *, default: str) -> dict[str, Any]:
    """Return Django's settings for outgoing mail."""
    value = env.str(name, default="") or default
    try:
        found: dict[str, Any] = environ.Env.email_url_config(value)
    except (ImproperlyConfigured, ValueError):
        found = {}
    if not found.get("EMAIL_HOST"):
        raise ImproperlyConfigured(
            f"{name} ist keine Adresse eines Mailservers: erwartet wird etwa "
            "smtp+tls://NAME:PASSWORT@RECHNER:587; Sonderzeichen im Passwort stehen als %XX."
        )
    return found
