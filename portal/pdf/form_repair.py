"""Repair of the forms WeasyPrint writes.

Its radio groups lose the chosen value when read back, unchecked buttons have no appearance, and whole fonts are named
like subsets, which makes viewers refuse to type with them.
"""

import re
from collections import Counter
from xml.etree.ElementTree import Element

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .errors import RenderError

OFF = Name.Off
SUBSET_TAG = re.compile(r"^/[A-Z]{6}\+")
READ_ONLY, REQUIRED = 1 << 0, 1 << 1
FONT_AND_SIZE = re.compile(r"/(\S+) ([\d.]+) Tf")
COLOR = re.compile(r"[\d.]+ [\d.]+ [\d.]+ rg")


def repair_form(pdf: pikepdf.Pdf, html: Element) -> None:
    """Make the form in ``pdf``, rendered from ``html``, work in viewers and screen readers.

    Radio groups are named by their ``<legend>``, other fields by their ``<label for>``. ``RenderError`` when a field
    has no such name or its ``name`` is used twice.
    """
    form = pdf.Root.get("/AcroForm")
    if form is None:
        raise RenderError("a form without fields")
    legends = _legends(html)
    for group in [field for field in form.Fields if "/Kids" in field]:
        _repair_radio_group(pdf, group, legends)
    form.Fields = Array([field for field in form.Fields if "/Parent" not in field])
    for field in form.Fields:
        if field.get("/FT") == Name.Btn and "/Kids" not in field:
            _add_off_appearance(pdf, field)
            _let_viewers_draw_tick(form, field)
    for field in form.Fields:
        if "/DA" in field:
            field.DA = _plain_appearance(str(field.DA))
    _mark(form, html, "required", REQUIRED)
    _mark(form, html, "readonly", READ_ONLY)
    _name_fonts_as_whole(form)
    _check_fields(form, _labelled(html) | legends.keys())


def _legends(html: Element) -> dict[str, str]:
    """The legend of the innermost fieldset around each radio group, by the group's name."""
    legends: dict[str, str] = {}
    for fieldset in html.iter("fieldset"):
        legend = fieldset.find("legend")
        if legend is None:
            continue
        text = " ".join("".join(legend.itertext()).split())
        # document order: an inner fieldset comes after the outer one and overwrites it
        legends.update(
            {field.get("name", ""): text for field in fieldset.iter("input") if field.get("type") == "radio"}
        )
    return legends


def _labelled(html: Element) -> set[str]:
    """Names of all controls that a ``<label for>`` points to."""
    targets = {label.get("for") for label in html.iter("label")} - {None}
    return {
        control.get("name", "")
        for kind in ("input", "select", "textarea")
        for control in html.iter(kind)
        if control.get("id") in targets
    }


def _repair_radio_group(pdf: pikepdf.Pdf, group: pikepdf.Object, legends: dict[str, str]) -> None:
    chosen = OFF
    for button, option in zip(group.Kids, group.Opt, strict=True):
        state = Name("/" + str(option))
        (drawn,) = button.AP.N.keys()
        is_chosen = button.AS != OFF
        button.AP.N = Dictionary({str(state): button.AP.N[drawn]})
        button.AS = state if is_chosen else OFF
        chosen = state if is_chosen else chosen
        _add_off_appearance(pdf, button)
        # one choice of the group, not a field of its own: its label becomes the description of the button
        button.Contents = button.TU
        for key in ("/T", "/TU", "/FT"):
            del button[key]
    group.V = chosen
    del group["/Opt"]
    group.TU = String(legends.get(str(group.T), ""))


def _add_off_appearance(pdf: pikepdf.Pdf, button: pikepdf.Object) -> None:
    """Give a button the empty look of its unchecked state."""
    drawn = next(iter(button.AP.N.keys()))
    off = pdf.make_stream(b"")
    off.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": button.AP.N[drawn].BBox})
    button.AP.N[OFF] = off


def _let_viewers_draw_tick(form: pikepdf.Object, box: pikepdf.Object) -> None:
    """Name the tick for viewers that draw a box to tick themselves; they all bring this font."""
    form.DR.Font.ZaDb = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    box.DA = String("0 g /ZaDb 0 Tf")
    box.MK.CA = String("4")


def _plain_appearance(appearance: str) -> str:
    """Font, size and color alone: viewers do not understand the graphics state WeasyPrint puts before them."""
    font, color = FONT_AND_SIZE.search(appearance), COLOR.search(appearance)
    if font is None:
        raise RenderError(f"a field without a font: {appearance}")
    return f"{color[0] if color else '0 g'} {font[0]}"


def _mark(form: pikepdf.Object, html: Element, attribute: str, flag: int) -> None:
    """Set ``flag`` on the fields whose control has ``attribute``."""
    marked = {
        control.get("name")
        for kind in ("input", "select", "textarea")
        for control in html.iter(kind)
        if attribute in control.attrib
    }
    for field in form.Fields:
        if str(field.T) in marked:
            field.Ff = int(field.get("/Ff", 0)) | flag


def _name_fonts_as_whole(form: pikepdf.Object) -> None:
    """Strip the subset tag from fonts that fields type with: WeasyPrint embeds these whole."""
    used = {name for field in form.Fields for name, _size in FONT_AND_SIZE.findall(str(field.get("/DA", "")))}
    for key, font in form.DR.Font.items():
        if key.lstrip("/") not in used:
            continue
        for part in (font, *font.get("/DescendantFonts", [])):
            part.BaseFont = _without_tag(part.BaseFont)
            if "/FontDescriptor" in part:
                part.FontDescriptor.FontName = _without_tag(part.FontDescriptor.FontName)


def _without_tag(name: pikepdf.Object) -> Name:
    return Name(SUBSET_TAG.sub("/", str(name)))


def _check_fields(form: pikepdf.Object, labelled: set[str]) -> None:
    names = [str(field.T) for field in form.Fields]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise RenderError(f"fields of one name: {', '.join(twice)}")
    unnamed = sorted(str(field.T) for field in form.Fields if str(field.T) not in labelled or not str(field.TU).strip())
    if unnamed:
        raise RenderError(f"fields without a name for screen readers: {', '.join(unnamed)}")
