"""What may be written to a log: never an address of the form or its links, never a token, an e-mail address, an IBAN.

``PrivateFormatter`` cleans the finished line, tracebacks included; ``PrivacyFilter`` cleans the message for handlers
that format by themselves. Error reports name the place of the error, not what was sent or held in variables.
"""

import datetime as dt
import json
import logging
import re
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

# Addresses below which everything is somebody's secret, whatever the language prefix.
SECRET_PATHS = re.compile(
    r"((?:/|%2F)(?:mitglied-werden(?:/|%2F)antrag|admin/password_reset/confirm|einladung)(?:/|%2F))[^\s\"'<>)]*",
    re.IGNORECASE,
)
QUERY = re.compile(r"((?:^|[\s\"'(])(?=[^\s\"'?]*/)[^\s\"'?]*+\?)[^\s\"']+")
# Begun where a run of such characters begins, so that a long one is read once and not from each of its characters.
EMAIL = re.compile(r"(?<![\w.!#$&'*+/=?^`{|}~:%-])[\w.!#$&'*+/=?^`{|}~:%-]*[\w](?:@|%40)[\w.-]*\w", re.IGNORECASE)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
# Long runs with letters and digits: signatures, keys, session and form tokens. Names of functions hold no digits.
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}={0,2}")

# What nobody typed and no program of ours writes in one word; its end is cut off before anything is looked for.
LONG_WORD = re.compile(r"(?<!\S)(\S{1000})\S+")

REPLACEMENTS = (
    (LONG_WORD, r"\1…"),
    (SECRET_PATHS, r"\1…"),
    (QUERY, r"\1…"),
    (EMAIL, "[E-Mail]"),
    (IBAN, "[IBAN]"),
    (TOKEN, "[Kennung]"),
)


def redact(text: str) -> str:
    """Return ``text`` without secret addresses, queries, e-mail addresses, IBANs and tokens."""
    for pattern, replacement in REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


class PrivacyFilter(logging.Filter):
    """Clean each record's message before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = ()
        return True


class PrivateFormatter(logging.Formatter):
    """Clean the finished text: messages of exceptions quote what was sent."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class JsonFormatter(PrivateFormatter):
    """One JSON object a line, for what collects a server's logs: time (UTC), level, logger, request, message."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, tz=dt.UTC)
        entry = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_number", ""),
            # With the traceback, if there is one; cleaned as a whole.
            "message": super().format(record),
        }
        return json.dumps(entry, ensure_ascii=False)


class BareReports(SafeExceptionReporterFilter):
    """Error reports without what was sent, without cookies and without the variables of the code on the way."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> list[tuple[str, Any]]:
        return []


def logging_config(*, level: str = "INFO", json_lines: bool = False) -> dict[str, Any]:
    """Return the ``LOGGING`` setting: everything to the terminal or the journal, through filter and formatter.

    ``json_lines``: one JSON object a line instead of text.
    """
    own = {"level": level}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "privacy": {"()": "portal.logging.PrivacyFilter"},
            "request_number": {"()": "portal.request_number.RequestNumberFilter"},
        },
        "formatters": {
            "line": {
                "()": "portal.logging.PrivateFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": "portal.logging.JsonFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["privacy", "request_number"],
                "formatter": "json" if json_lines else "line",
            },
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        # Django's own handlers are taken away: whatever is logged passes the one handler above.
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            **dict.fromkeys(("portal", "home", "membership", "dues", "pages", "library", "search"), own),
        },
    }
