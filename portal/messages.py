"""The texts our own code and templates mark for translation, read without gettext's tools."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOMS = ("home", "membership", "dues", "pages", "library", "search", "portal")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}

# Position of context, text and plural among the arguments of each function.
# ``_now`` is what modules call gettext where ``_`` is gettext_lazy.
SINGULAR = {"_", "_now", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_WITH_CONTEXT = {"npgettext", "npgettext_lazy"}

LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
# What templatize() leaves of a template: calls of gettext's functions with literal arguments.
TEMPLATE_CALL = re.compile(
    rf"\b(?P<name>npgettext|ngettext|pgettext|gettext|_)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?(?:\s*,\s*{LITERAL})?",
    re.DOTALL,
)


class Message(NamedTuple):
    """One text to translate, as a catalogue knows it."""

    context: str | None
    text: str
    plural: str | None


Finder = Callable[[str], Iterator[tuple[Message, int]]]


def messages_of(root: Path) -> dict[Message, list[str]]:
    """Return every marked text below ``root`` with the places (file:line) where it stands."""
    found: dict[Message, list[str]] = {}
    for file, finder in _sources(root):
        for message, line in finder(file.read_text()):
            found.setdefault(message, []).append(f"{file.relative_to(root)}:{line}")
    return found


def in_python(source: str) -> Iterator[tuple[Message, int]]:
    """Yield the texts that ``source`` hands to gettext's functions, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        message = _message(name, [text for text in texts if isinstance(text, str)])
        if message:
            yield message, node.lineno


def in_template(source: str) -> Iterator[tuple[Message, int]]:
    """Yield the texts that the template ``source`` marks for translation, with their lines."""
    calls = templatize(source)
    for match in TEMPLATE_CALL.finditer(calls):
        name, *literals = match.groups()
        message = _message(name, [ast.literal_eval(literal) for literal in literals if literal])
        if message:
            yield message, calls.count("\n", 0, match.start()) + 1


def _message(name: str, texts: list[str]) -> Message | None:
    """Return what a call of ``name`` with the literal ``texts`` asks to translate; None when it asks for nothing."""
    if name in SINGULAR and texts and texts[0]:
        return Message(None, texts[0], None)
    if name in PLURAL and len(texts) >= 2:
        return Message(None, texts[0], texts[1])
    if name in WITH_CONTEXT and len(texts) >= 2:
        return Message(texts[0], texts[1], None)
    if name in PLURAL_WITH_CONTEXT and len(texts) >= 3:
        return Message(texts[0], texts[1], texts[2])
    return None


def _sources(root: Path) -> Iterator[tuple[Path, Finder]]:
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, in_python
    for file in sorted((root / "templates").rglob("*")):
        if file.suffix in TEMPLATE_SUFFIXES and file.is_file():
            yield file, in_template
