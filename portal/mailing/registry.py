"""Which kinds of mail exist, and who writes them. Rooms register theirs in ``AppConfig.ready()``."""

from collections.abc import Callable

from django.core.mail import EmailMessage

Compose = Callable[[int], list[EmailMessage]]

_composers: dict[str, Compose] = {}


class UnknownMail(LookupError):
    """No room registered this kind of mail."""


def register_mail(kind: str, compose: Compose) -> None:
    """Let ``compose(primary_key)`` write the mails of ``kind`` at the moment they are sent.

    It returns one message per recipient; an empty list when there is nothing to tell any more (the mail is then
    kept as „nicht mehr nötig“). It may be called again for the same key when sending failed half-way.
    """
    if _composers.setdefault(kind, compose) is not compose:
        raise ValueError(f"mail kind {kind!r} is registered twice")


def composer_of(kind: str) -> Compose:
    """Return the function that writes mails of ``kind``; raises UnknownMail."""
    try:
        return _composers[kind]
    except KeyError:
        raise UnknownMail(kind) from None


def is_registered(kind: str) -> bool:
    """Whether some room writes mails of ``kind``."""
    return kind in _composers
