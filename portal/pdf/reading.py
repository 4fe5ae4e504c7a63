"""What stands in a PDF: values typed into its form, text, title and language.

Viewers write forms differently: a choice may hold its code or its label, a chosen button may be named by the group or
only by its look, line ends vary. What is read here is always the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import pikepdf
import pypdfium2

from .errors import UnreadablePdf

RADIO, PUSH_BUTTON, COMBO_OR_LIST = 1 << 15, 1 << 16, "/Ch"
REQUIRED = 1 << 1
LONGEST_NESTING = 10
# A hyphen that only divides a word at the end of a line: WeasyPrint's, PDFium's mark for it, a soft one.
DIVIDED_WORD = re.compile("[\u2010\ufffe\xad]\n")


@dataclass(frozen=True)
class FormField:
    """One field of a form.

    ``value``: the text; the code of a choice or of the chosen button; „on“ or empty for a box to tick.
    ``label``: what screen readers say (``/TU``). ``choices``: the codes that can be chosen.
    """

    name: str
    kind: Literal["text", "choice", "radio", "checkbox"]
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
        fields = [found for field in form.get("/Fields", []) for found in _fields(field)]
    return {field.name: field for field in fields}


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
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(str(error)) from error
    try:
        return [_page_text(pdf, number) for number in range(len(pdf))]
    finally:
        pdf.close()


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


def _fields(field: pikepdf.Object, prefix: str = "", depth: int = 0) -> Iterator[FormField]:
    """The field, or the fields below a node that only groups them."""
    name = prefix + str(field.get("/T", ""))
    children = [kid for kid in field.get("/Kids", []) if "/T" in kid]
    if children and depth < LONGEST_NESTING:
        for child in children:
            yield from _fields(child, f"{name}.", depth + 1)
        return
    flags = int(field.get("/Ff", 0))
    type_name = str(field.get("/FT", ""))
    if type_name == "/Btn" and flags & PUSH_BUTTON:
        return
    shared = {"name": name, "label": str(field.get("/TU", "")), "required": bool(flags & REQUIRED)}
    if type_name == "/Btn" and flags & RADIO:
        yield FormField(kind="radio", value=_chosen(field), choices=tuple(_states(field)), **shared)
    elif type_name == "/Btn":
        yield FormField(kind="checkbox", value="on" if _chosen(field) else "", **shared)
    elif type_name == COMBO_OR_LIST:
        options = dict(_options(field))
        value = _text(field.get("/V"))
        codes = {label: code for code, label in options.items()}
        yield FormField(
            kind="choice",
            value=value if value in options else codes.get(value, value),
            choices=tuple(options),
            **shared,
        )
    elif type_name == "/Tx":
        yield FormField(kind="text", value=_text(field.get("/V")), **shared)


def _buttons(field: pikepdf.Object) -> list[pikepdf.Object]:
    return list(field.get("/Kids", [field]))


def _states(field: pikepdf.Object) -> Iterator[str]:
    """The values of a group's buttons, without „off“."""
    labels = [_text(option) for option in field.get("/Opt", [])]
    for number, button in enumerate(_buttons(field)):
        looks = button.get("/AP", {}).get("/N", {})
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
