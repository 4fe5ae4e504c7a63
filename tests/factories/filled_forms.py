"""Forms filled in as programs do it: with PDFium's form interface (the engine of Chromium's viewer), and by pikepdf."""

import io
from collections.abc import Iterator, Mapping

import pikepdf
import pypdfium2
from pikepdf import Name, String
from pypdfium2 import raw

from tests.factories.files import saved

Place = tuple[int, float, float]


def fill_with_pikepdf(content: bytes, values: Mapping[str, str]) -> bytes:
    """Set the fields' values as a program without a screen does: boxes and buttons by the name of their state."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            value = values.get(str(field.T))
            if value is None:
                continue
            field.V = Name(f"/{value}") if Name.Btn == field.FT else String(value)
            for button in field.get("/Kids", [field] if Name.Btn == field.FT else []):
                button.AS = Name(f"/{value}") if f"/{value}" in button.AP.N else Name.Off
        return saved(pdf)


def change_fields(content: bytes, values: Mapping[str, pikepdf.Object]) -> bytes:
    """Write values as they are, whatever kind the field is of; add fields that the form does not have."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        known = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        for name, value in values.items():
            field = known.get(name)
            if field is None:
                field = pdf.make_indirect(pikepdf.Dictionary(FT=Name.Tx, T=String(name)))
                pdf.Root.AcroForm.Fields.append(field)
            field.V = value
        return saved(pdf)


def without_fields(content: bytes) -> bytes:
    """Return the form as a print to PDF leaves it: everything looks the same, nothing can be read."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.Root.AcroForm
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj.Annots
        return saved(pdf)


def fill_with_pdfium(content: bytes, values: Mapping[str, str]) -> bytes:
    """Type and click as somebody in Chromium's viewer does; returns what its „Herunterladen“ saves.

    Texts are typed, choices and boxes clicked (their value is the state's name).
    """
    places = dict(_places(content))
    pdf = pypdfium2.PdfDocument(content)
    try:
        pdf.init_forms()
        environment = pdf.formenv
        for name, value in values.items():
            number, x, y = places[f"{name}={value}"] if f"{name}={value}" in places else places[name]
            page = pdf[number]
            raw.FORM_OnMouseMove(environment, page, 0, x, y)
            raw.FORM_OnLButtonDown(environment, page, 0, x, y)
            raw.FORM_OnLButtonUp(environment, page, 0, x, y)
            if name in places and f"{name}={value}" not in places:
                # PDFium takes UTF-16 with a zero at the end.
                typed = (value + "\0").encode("utf-16-le")
                raw.FORM_ReplaceSelection(environment, page, _as_widestring(typed))
            raw.FORM_ForceToKillFocus(environment)
            page.close()
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()
    finally:
        pdf.close()


def _as_widestring(encoded: bytes) -> object:
    import ctypes

    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    return ctypes.cast(buffer, raw.FPDF_WIDESTRING)


def _places(content: bytes) -> Iterator[tuple[str, Place]]:
    """Yield page and middle of each field („name“), of each button and box („name=state“)."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            for widget in page.obj.get("/Annots", []):
                if widget.get("/Subtype") != Name.Widget:
                    continue
                left, bottom, right, top = (float(side) for side in widget.Rect)
                place = (number, (left + right) / 2, (bottom + top) / 2)
                name = str(widget.get("/T") or widget.Parent.T)
                states = [state for state in widget.AP.N if state != "/Off"] if _is_button(widget) else []
                for state in states:
                    yield f"{name}={state.removeprefix('/')}", place
                if not states:
                    yield name, place


def _is_button(widget: pikepdf.Object) -> bool:
    field = widget if "/FT" in widget else widget.Parent
    return bool(Name.Btn == field.FT)
