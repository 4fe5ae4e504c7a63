"""Which kinds of mail exist, and who writes them. Rooms register theirs in ``AppConfig.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.functional import Promise

Compose = Callable[[int], list[EmailMessage]]
Sent = Callable[[int, datetime], object]


class UnknownMail(LookupError):
    """No room registered this kind of mail."""


@dataclass(frozen=True)
class MailKind:
    """A kind of mail: who writes it, what the list calls it, which table its keys are of, who keeps when it went."""

    compose: Compose
    label: str | Promise
    about: str = ""
    note_sent: Sent | None = None


_kinds: dict[str, MailKind] = {}


def register_mail(
    kind: str, compose: Compose, *, label: str | Promise, about: str = "", note_sent: Sent | None = None
) -> None:
    """Let ``compose(primary_key)`` write the mails of ``kind`` at the moment they are sent.

    It returns one message per recipient; an empty list when there is nothing to tell any more (the mail is then
    kept as „nicht mehr nötig“, and so it is when the object is gone: ObjectDoesNotExist). It may be called again for
    the same key when sending failed half-way. ``label`` is what the admin's list of mails calls the kind;
    ``about`` (``app_label.Model``) is the table the keys are of, so that an erased row takes its mails with it.
    ``note_sent(primary_key, sent_at)`` keeps that a mail was sent for longer than the queue does, in one transaction.
    """
    known = _kinds.setdefault(kind, MailKind(compose, label, about, note_sent))
    if known.compose is not compose:
        raise ValueError(f"mail kind {kind!r} is registered twice")


def composer_of(kind: str) -> Compose:
    """Return the function that writes mails of ``kind``; raises UnknownMail."""
    if kind not in _kinds:
        raise UnknownMail(kind)
    return _kinds[kind].compose


def note_sent(kind: str, pk: int, sent_at: datetime) -> None:
    """Let the room that registered ``kind`` keep that the mail was sent."""
    if kind in _kinds and (keep := _kinds[kind].note_sent):
        keep(pk, sent_at)


def label_of(kind: str) -> str:
    """Return what the list of mails calls the kind; an unknown kind is called by its own name."""
    return str(_kinds[kind].label) if kind in _kinds else kind


def kinds_about(model: str) -> list[str]:
    """Return the kinds of mail whose keys are of the table ``model`` (``app_label.Model``)."""
    return [name for name, kind in _kinds.items() if kind.about == model]


def kinds_about_nothing() -> list[str]:
    """Return the kinds that do not say which table their keys are of; there should be none."""
    return [name for name, kind in _kinds.items() if not kind.about]
