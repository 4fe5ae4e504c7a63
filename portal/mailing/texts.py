"""Mails and letters as texts that people edit: plain paragraphs with a fixed list of placeholders.

The shipped text of a kind lies in its room as ``<kind>.<language>.txt``: the subject in the first line, an empty line,
the body. A row of ``MailText`` takes its place until it is taken back. One text gives the plain mail and
its HTML.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.mailing.models import MailText

Value = str | list[str]


class Steps(list[str]):
    """A list whose order counts: it is numbered."""


Values = Mapping[str, Value]
TOKEN = re.compile(r"\{([^{}\n]*)\}")
TOKEN_AND_POINT = re.compile(TOKEN.pattern + r"(\.(?!\.))?")
LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)


class UnknownPlaceholder(ValueError):
    """The text names a placeholder that this kind of mail does not have."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(name.strip().lower(), known, n=1, cutoff=0.6)
        refusal = _("Den Platzhalter {%(name)s} gibt es in dieser E-Mail nicht.") % {"name": name}
        hint = _("Meinten Sie {%(name)s}?") % {"name": near[0]} if near else ""
        super().__init__(f"{refusal} {hint}".strip())


class MissingPlaceholder(ValueError):
    """A placeholder without which the mail would be of no use was taken out."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Der Platzhalter {%(name)s} muss im Text stehen bleiben.") % {"name": name})


class StrayBrace(ValueError):
    """A brace that belongs to no placeholder."""

    def __init__(self) -> None:
        super().__init__(_("Eine geschweifte Klammer steht allein. Platzhalter sehen so aus: {vorgangsnummer}."))


@dataclass(frozen=True)
class Placeholder:
    """A word in braces and what stands in its place.

    ``label`` tells editors what it is. ``sample`` is used for previews. With ``button`` it is a link: required, in a
    paragraph of its own a button of that name, never in the subject. A list as ``sample`` means that its value is one.
    """

    name: str
    label: str | Promise
    sample: Value
    button: str | Promise = ""


@dataclass(frozen=True)
class TextKind:
    """A kind of mail whose text is edited; ``folder`` holds the shipped texts.

    ``values(context)`` gives the placeholders' values from a mail's context.
    """

    name: str
    label: str | Promise
    placeholders: tuple[Placeholder, ...]
    values: Callable[[dict[str, Any]], Values] = field(compare=False)
    folder: Path = Path()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words that may stand in braces."""
        return tuple(placeholder.name for placeholder in self.placeholders)

    @cached_property
    def links(self) -> dict[str, Placeholder]:
        """The placeholders that are links, by name."""
        return {placeholder.name: placeholder for placeholder in self.placeholders if placeholder.button}

    @property
    def sample_values(self) -> Values:
        """What previews and test mails show."""
        return {placeholder.name: placeholder.sample for placeholder in self.placeholders}


@dataclass(frozen=True)
class Words:
    """A subject and a body, placeholders not yet replaced."""

    subject: str
    body: str


_kinds: dict[str, TextKind] = {}


def register_text(kind: TextKind) -> None:
    """Let the text of this kind be edited; ValueError when another one has its name."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"mail text {kind.name!r} is registered twice")


def text_kinds() -> list[TextKind]:
    """Return all kinds whose text is edited, in the order they were registered."""
    return list(_kinds.values())


def text_kind(name: str) -> TextKind | None:
    """Return the kind, or None where the text is no editable one."""
    return _kinds.get(name)


@lru_cache(maxsize=128)
def shipped(name: str, language: str) -> Words:
    """Return the text the portal comes with; German where there is none in the language."""
    known = language if language in LANGUAGES else "de"
    text = (_kinds[name].folder / f"{name}.{known}.txt").read_text(encoding="utf-8")
    subject, _empty, body = text.partition("\n\n")
    return Words(subject.strip(), body.strip())


def words_of(name: str, language: str) -> Words:
    """Return the edited text, or the shipped one."""
    edited = MailText.objects.filter(kind=name, language=language).first()
    return Words(edited.subject, edited.body) if edited else shipped(name, language)


def check(kind: TextKind, words: Words) -> None:
    """Raise UnknownPlaceholder, MissingPlaceholder or StrayBrace with a sentence for people."""
    for text, known in (
        (words.subject, tuple(name for name in kind.names if name not in kind.links)),
        (words.body, kind.names),
    ):
        for name in TOKEN.findall(text):
            if name not in known:
                raise UnknownPlaceholder(name, known)
        if re.search(r"[{}]", TOKEN.sub("", text)):
            raise StrayBrace
    for name in kind.links:
        if f"{{{name}}}" not in words.body:
            raise MissingPlaceholder(name)


def fill(text: str, values: Values) -> str:
    """Return the text with its placeholders replaced; lists as lines that begin with a dash. For plain text."""
    return _replaced(text, lambda name: _plain(values.get(name, "")))


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs, separated by empty lines."""
    return (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip())


def as_text(kind: TextKind, words: Words, values: Values) -> str:
    """Return the body as plain text; a paragraph whose placeholders are all empty leaves no gap."""
    return "\n\n".join(filled for part in paragraphs(words.body) if (filled := fill(part, values).strip()))


def as_html(kind: TextKind, words: Words, values: Values) -> SafeString:
    """Return the body as HTML: everything typed is escaped, links are buttons, lists are lists."""
    parts = (_html_paragraph(kind, part, values) for part in paragraphs(words.body))
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308 - escaped part by part


def _html_paragraph(kind: TextKind, part: str, values: Values) -> str:
    alone = TOKEN.fullmatch(part)
    value = values.get(alone[1], "") if alone else None
    if alone and isinstance(value, list):
        kind_of_list = "ol" if isinstance(value, Steps) else "ul"
        items = "".join(f"<li>{escape(item)}</li>" for item in value)
        return f"<{kind_of_list}>{items}</{kind_of_list}>" if items else ""
    if alone and value and alone[1] in kind.links:
        button = {"url": value, "label": kind.links[alone[1]].button}
        return get_template("email/components/button.html").render(button)
    filled = _replaced(escape(part), lambda name: _inline(kind, name, values))
    return f"<p>{filled.strip().replace(chr(10), '<br>')}</p>" if filled.strip() else ""


def _replaced(text: str, value_of: Callable[[str], str]) -> str:
    """Return the text with every placeholder replaced; a name that ends with a point („e.V.“) ends a sentence too."""

    def replace(found: re.Match[str]) -> str:
        value, point = value_of(found[1]), found[2] or ""
        return value if value.endswith(".") else value + point

    return TOKEN_AND_POINT.sub(replace, text)


def _inline(kind: TextKind, name: str, values: Values) -> str:
    text = escape(_plain(values.get(name, "")))
    return f'<a href="{text}">{text}</a>' if name in kind.links and text else text


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Steps):
        return "\n\n".join(f"{number}. {item}" for number, item in enumerate(value, start=1))
    return "\n".join(f"- {item}" for item in value)
