"""Addresses below the form carry secret tokens: no log line of Django names one."""

import logging
import re

SECRET_PREFIX = "/mitglied-werden/antrag/"  # noqa: S105 - a public prefix, the secret comes after it
_SECRET = re.compile(re.escape(SECRET_PREFIX) + r"\S+")
LOGGERS = ("django.request", "django.server", "django.security.csrf")


class SecretPathFilter(logging.Filter):
    """Replace what follows the prefix in a record's message and arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_secrets(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hide_secrets(each) for each in record.args)
        return True


def hide_secrets(value: object) -> object:
    """Return texts without what follows the prefix, anything else as it is."""
    return _SECRET.sub(f"{SECRET_PREFIX}…", value) if isinstance(value, str) else value


def keep_out_of_logs() -> None:
    """Let Django's own loggers pass every record through the filter."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, SecretPathFilter) for each in logger.filters):
            logger.addFilter(SecretPathFilter())
