"""Forms as other programs write them, and files that cannot be read."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from portal.pdf.errors import UnreadablePdf
from portal.pdf.profiles import Profile
from portal.pdf.reading import read_form, read_form_values, read_pages, read_properties, read_text
from portal.pdf.render import html_to_pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    content = io.BytesIO()
    pdf.save(content, **options)  # type: ignore[arg-type]
    return content.getvalue()


def pdf_with(*fields: Dictionary) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field) for field in fields]))
    return saved(pdf)


def test_document_without_a_form_has_no_fields(document_pdf: bytes) -> None:
    assert read_form(document_pdf) == {}


def test_numbered_buttons_are_read_by_the_values_beside_them() -> None:
    button = Dictionary(AS=Name("/1"), AP=Dictionary(N=Dictionary({"/1": Dictionary()})))
    other = Dictionary(AS=Name.Off, AP=Dictionary(N=Dictionary({"/0": Dictionary()})))
    group = Dictionary(
        FT=Name.Btn,
        Ff=1 << 15,
        T=String("kind"),
        V=Name("/1"),
        Opt=Array([String("natural_person"), String("legal_person")]),
        Kids=Array([other, button]),
    )
    field = read_form(pdf_with(group))["kind"]
    assert (field.value, field.choices) == ("legal_person", ("natural_person", "legal_person"))


def test_chosen_button_is_found_by_its_look_when_the_group_says_nothing() -> None:
    buttons = [
        Dictionary(AS=Name.Off, AP=Dictionary(N=Dictionary({"/a": Dictionary()}))),
        Dictionary(AS=Name.b, AP=Dictionary(N=Dictionary({"/b": Dictionary()}))),
    ]
    group = Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("kind"), Kids=Array(buttons))
    assert read_form_values(pdf_with(group)) == {"kind": "b"}


def test_grouped_names_are_joined_by_dots() -> None:
    child = Dictionary(FT=Name.Tx, T=String("city"), V=String("Bautzen"))
    assert read_form_values(pdf_with(Dictionary(T=String("address"), Kids=Array([child])))) == {
        "address.city": "Bautzen"
    }


def test_buttons_to_press_are_no_fields() -> None:
    assert read_form_values(pdf_with(Dictionary(FT=Name.Btn, Ff=1 << 16, T=String("send")))) == {}


def test_choices_without_codes_are_their_own_code() -> None:
    field = Dictionary(
        FT=Name.Ch, T=String("country"), V=String("Polen"), Opt=Array([String("Polen"), String("Deutschland")])
    )
    assert read_form_values(pdf_with(field)) == {"country": "Polen"}


def test_forms_that_run_in_circles_end() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    node = pdf.make_indirect(Dictionary(T=String("a")))
    node.Kids = Array([node, node, pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("b"), V=String("c")))])
    pdf.Root.AcroForm = Dictionary(Fields=Array([node]))
    assert read_form_values(saved(pdf)) == {"a.b": "c"}


@pytest.mark.parametrize(
    "field",
    [
        Dictionary(FT=Name.Tx, T=String("a"), Ff=String("x")),
        Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("a"), Kids=Array([1])),
        Dictionary(FT=Name.Ch, T=String("a"), Opt=Array([Array([])])),
    ],
)
def test_forms_built_wrong_are_named(field: Dictionary) -> None:
    with pytest.raises(UnreadablePdf):
        read_form(pdf_with(field))


@pytest.mark.parametrize("read", [read_form, read_properties, read_pages, read_text])
@pytest.mark.parametrize("content", [b"", b"kein PDF", b"%PDF-1.7\nabgeschnitten"])
def test_damaged_files_are_named(read: object, content: bytes) -> None:
    with pytest.raises(UnreadablePdf):
        read(content)  # type: ignore[operator]


@pytest.mark.parametrize("read", [read_form, read_properties, read_pages, read_text])
def test_locked_files_are_named(read: object, document_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(document_pdf)) as pdf:
        locked = saved(pdf, encryption=pikepdf.Encryption(owner="geheim", user="geheim"))
    with pytest.raises(UnreadablePdf):
        read(locked)  # type: ignore[operator]


def test_words_divided_at_line_ends_are_joined() -> None:
    html = (
        '<html lang="de"><head><title>Muster</title><link rel="stylesheet" href="pdf/base.css"></head>'
        f"<body><p>{'Quartiersmanagement Gemeinwesenarbeit Stadtteilentwicklung ' * 8}</p></body></html>"
    )
    content = html_to_pdf(html, profile=Profile.DOCUMENT)
    assert "\x02" in read_pages(content)[0]
    assert ("Quartiersmanagement Gemeinwesenarbeit Stadtteilentwicklung " * 8).strip() in read_text(content)
