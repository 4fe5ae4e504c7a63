"""Forms work in viewers and screen readers."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from portal.pdf.errors import RenderError
from portal.pdf.profiles import Profile
from portal.pdf.reading import FormField, read_form, read_form_values
from portal.pdf.render import html_to_pdf

FORM = (
    '<html lang="de"><head><title>Muster</title><link rel="stylesheet" href="pdf/base.css"></head>'
    "<body><form>{}</form></body></html>"
)
TWO_OF_ONE_NAME = (
    '<p class="field"><label for="a">A</label><input id="a" name="x"></p>'
    '<p class="field"><label for="b">B</label><input id="b" name="x"></p>'
)


def field_named(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    (found,) = [field for field in pdf.Root.AcroForm.Fields if str(field.T) == name]
    return found


def test_all_fields_are_read_back_as_they_were_written(form_pdf: bytes) -> None:
    assert list(read_form(form_pdf).values()) == [
        FormField(
            "kind",
            "radio",
            "Art der Antragstellung",
            "legal_person",
            choices=("natural_person", "legal_person"),
        ),
        FormField("payment", "radio", "Zahlungsweise", "", choices=("transfer", "direct_debit")),
        FormField("first_name", "text", "Vorname", "Měrćin", required=True),
        FormField("last_name", "text", "Nachname", ""),
        FormField("work", "text", "Arbeitsfeld", ""),
        FormField("country", "choice", "Land", "DE", choices=("DE", "CZ")),
        FormField("statutes", "checkbox", "Ich erkenne die Satzung an.", ""),
        FormField("dues", "checkbox", "Ich habe die Beitragsordnung gelesen.", "on"),
    ]


def test_radio_buttons_belong_to_their_group(form_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(form_pdf)) as pdf:
        group = field_named(pdf, "kind")
        assert Name.legal_person == group.V
        assert [
            (sorted(button.keys() & {"/T", "/FT", "/TU"}), sorted(button.AP.N.keys()), button.AS, str(button.Contents))
            for button in group.Kids
        ] == [
            ([], ["/Off", "/natural_person"], Name.Off, "natürliche Person"),
            ([], ["/Off", "/legal_person"], Name.legal_person, "juristische Person"),
        ]
        assert Name.Off == field_named(pdf, "payment").V


def test_boxes_have_an_unchecked_look(form_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(form_pdf)) as pdf:
        boxes = [field_named(pdf, name) for name in ("statutes", "dues")]
        assert [(sorted(box.AP.N.keys()), box.AS) for box in boxes] == [
            (["/Off", "/on"], Name.Off),
            (["/Off", "/on"], Name.on),
        ]


def test_fonts_to_type_with_are_not_named_like_subsets(form_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(form_pdf)) as pdf:
        form = pdf.Root.AcroForm
        used = {str(field.DA).split(" Tf")[0].split()[-2] for field in form.Fields if "/DA" in field}
        assert {str(form.DR.Font[name].BaseFont) for name in used} == {"/Atkinson", "/ZapfDingbats"}


def test_length_limits_reach_the_field(form_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(form_pdf)) as pdf:
        assert field_named(pdf, "first_name").MaxLen == 80


def test_what_pikepdf_fills_in_is_read(form_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(form_pdf)) as pdf:
        field_named(pdf, "last_name").V = pikepdf.String("Čornak")
        field_named(pdf, "work").V = pikepdf.String("Zeile 1\r\nZeile 2\rZeile 3")
        field_named(pdf, "country").V = pikepdf.String("Tschechien")
        field_named(pdf, "statutes").V = Name.on
        group = field_named(pdf, "payment")
        group.V = Name.direct_debit
        filled = io.BytesIO()
        pdf.save(filled)
    assert read_form_values(filled.getvalue()) == {
        "kind": "legal_person",
        "payment": "direct_debit",
        "first_name": "Měrćin",
        "last_name": "Čornak",
        "work": "Zeile 1\nZeile 2\nZeile 3",
        "country": "CZ",
        "statutes": "on",
        "dues": "on",
    }


def test_chromiums_viewer_sees_the_form(form_pdf: bytes) -> None:
    pdf = pypdfium2.PdfDocument(form_pdf)
    pdf.init_forms()
    form_with_fields = 1  # FORMTYPE_ACRO_FORM
    assert pdf.get_formtype() == form_with_fields
    shown = pdf[0].render(may_draw_forms=True).to_pil()
    empty = pdf[0].render(may_draw_forms=False).to_pil()
    assert shown.tobytes() != empty.tobytes()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("<p>Nur Text</p>", "a form without fields"),
        (
            '<p class="field"><label>Name <input name="name"></label></p>',
            "fields without a name for screen readers: name",
        ),
        (
            TWO_OF_ONE_NAME,
            "fields of one name: x",
        ),
        (
            '<p class="choice"><input type="radio" id="a" name="kind" value="a"><label for="a">A</label></p>',
            "fields without a name for screen readers: kind",
        ),
    ],
)
def test_forms_that_would_not_work_are_refused(fields: str, message: str) -> None:
    with pytest.raises(RenderError) as refused:
        html_to_pdf(FORM.format(fields), profile=Profile.FORM)
    assert str(refused.value) == message
