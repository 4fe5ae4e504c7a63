"""What stands in a PDF: values typed into its form, text, title and language.

Viewers write forms differently: a choice may hold its code or its label, a chosen button may be named by the group or
only by its look, line ends vary. What is read here is always the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import pikepdf
import pypdfium2

from . import pdfium
from .errors import UnreadablePdf
from .limits import limit_qpdf

RADIO, PUSH_BUTTON = 1 << 15, 1 << 16
REQUIRED = 1 << 1
# How programs other than viewers write that a box is not ticked.
OFF_WORDS = frozenset({"", "off", "no", "nein", "false", "0"})
Kind = Literal["text", "choice", "radio", "checkbox"]
# A hyphen that only divides a word at the end of a line: WeasyPrint's, PDFium's mark for it, a soft one.
# PDFium gives back a hyphen at a line's end as U+0002, without the end of the line.
DIVIDED_WORD = re.compile("[\u2010\ufffe\xad]\n|\u0002")

limit_qpdf()


@dataclass(frozen=True)
class FormField:
    """One field of a form.

    ``value``: the text; the code of a choice or of the chosen button; „on“ or empty for a box to tick.
    ``label``: what screen readers say (``/TU``). ``choices``: the codes that can be chosen.
    """

    name: str
    kind: Kind
    label: str
    value: str
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Properties:
    """What a document says about itself."""

    title: str
    author: str
    language: str
    page_count: int


def read_form(content: bytes) -> dict[str, FormField]:
    """All fields by name, in the form's order; empty without a form. Raises ``UnreadablePdf``."""
    with _opened(content) as pdf:
        form = pdf.Root.get("/AcroForm")
        if form is None:
            return {}
        try:
            leaves = list(_leaves(form.get("/Fields", []), "", set()))
            fields = [_field(name, node) for name, node in leaves]
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise UnreadablePdf("the form is not built as forms are") from error
    return {field.name: field for field in fields if field is not None}


def read_form_values(content: bytes) -> dict[str, str]:
    """The value of each field by its name. Raises ``UnreadablePdf``."""
    return {name: field.value for name, field in read_form(content).items()}


def read_properties(content: bytes) -> Properties:
    """Title, author, language and number of pages. Raises ``UnreadablePdf``."""
    with _opened(content) as pdf:
        return Properties(
            title=str(pdf.docinfo.get("/Title", "")),
            author=str(pdf.docinfo.get("/Author", "")),
            language=str(pdf.Root.get("/Lang", "")),
            page_count=len(pdf.pages),
        )


def read_pages(content: bytes) -> list[str]:
    """The text of each page, lines as they stand on paper, without space around them. Raises ``UnreadablePdf``."""
    with pdfium.opened(content) as pdf:
        return [_page_text(pdf, number) for number in range(len(pdf))]


def read_text(content: bytes) -> str:
    """The whole text with single spaces, words divided at line ends joined again. Raises ``UnreadablePdf``."""
    text = DIVIDED_WORD.sub("", "\n".join(read_pages(content)))
    return " ".join(text.split())


@contextmanager
def _opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise UnreadablePdf(str(error)) from error
    with pdf:
        yield pdf


def _page_text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        return "\n".join(line.strip() for line in text_page.get_text_bounded().splitlines())
    finally:
        text_page.close()
        page.close()


def _leaves(
    nodes: Iterable[pikepdf.Object], prefix: str, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, pikepdf.Object]]:
    """The fields with their full names; nodes that only group fields give way to those below. Circles end."""
    for node in nodes:
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        name = prefix + str(node.get("/T", ""))
        children = [kid for kid in node.get("/Kids", []) if "/T" in kid]
        if children:
            yield from _leaves(children, f"{name}.", seen)
        else:
            yield name, node


def _field(name: str, field: pikepdf.Object) -> FormField | None:
    """``None`` for what holds no value: buttons to press, signatures."""
    flags = int(field.get("/Ff", 0))
    kind: Kind
    choices: tuple[str, ...] = ()
    match str(field.get("/FT", "")):
        case "/Btn" if flags & PUSH_BUTTON:
            return None
        case "/Btn" if flags & RADIO:
            kind, value, choices = "radio", _chosen(field), tuple(_states(field))
        case "/Btn":
            kind, value = "checkbox", "" if _chosen(field).lower() in OFF_WORDS else "on"
        case "/Ch":
            options = dict(_options(field))
            codes = {label: code for code, label in options.items()}
            typed = _text(field.get("/V"))
            kind, value, choices = "choice", typed if typed in options else codes.get(typed, typed), tuple(options)
        case "/Tx":
            kind, value = "text", _text(field.get("/V"))
        case _:
            return None
    return FormField(name, kind, str(field.get("/TU", "")), value, choices, required=bool(flags & REQUIRED))


def _buttons(field: pikepdf.Object) -> list[pikepdf.Object]:
    return list(field.get("/Kids", [field]))


def _states(field: pikepdf.Object) -> Iterator[str]:
    """The values of a group's buttons, without „off“."""
    labels = [_text(option) for option in field.get("/Opt", [])]
    for number, button in enumerate(_buttons(field)):
        appearance = button.get("/AP")
        looks = appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None
        for state in looks.keys() if isinstance(looks, pikepdf.Dictionary) else ():
            if state != "/Off":
                # Some programs number the states and keep the values beside them.
                yield labels[number] if number < len(labels) else state.removeprefix("/")


def _chosen(field: pikepdf.Object) -> str:
    """The value of the chosen button, by the field's value or else by the look of a button; empty when off."""
    state = _text(field.get("/V"))
    if state in ("", "Off"):
        looks = (_text(button.get("/AS")) for button in _buttons(field))
        state = next((look for look in looks if look not in ("", "Off")), "")
    labels = [_text(option) for option in field.get("/Opt", [])]
    return labels[int(state)] if state.isdigit() and int(state) < len(labels) else state


def _options(field: pikepdf.Object) -> Iterator[tuple[str, str]]:
    for option in field.get("/Opt", []):
        if isinstance(option, pikepdf.Array):
            yield _text(option[0]), _text(option[1])
        else:
            yield _text(option), _text(option)


def _text(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, pikepdf.Name):
        text = text.removeprefix("/")
    return text.replace("\r\n", "\n").replace("\r", "\n")
