"""What render_pdf writes, opened again and read."""

import io

import pikepdf
import pytest
from PIL import ImageFile

from portal.pdf.errors import RenderError
from portal.pdf.profiles import Profile
from portal.pdf.reading import Properties, read_pages, read_properties, read_text
from portal.pdf.render import html_to_pdf, render_pdf

PAGE = '<html lang="de"><head><title>Muster</title>{head}</head><body>{body}</body></html>'


def test_document_says_what_it_is(document_pdf: bytes) -> None:
    assert read_properties(document_pdf) == Properties(
        title="Beitrags- und Finanzordnung",
        author="Landesarbeitsgemeinschaft Muster e.V.",
        language="de",
        page_count=3,
    )


def test_letterhead_stands_on_the_first_page_only(document_pdf: bytes) -> None:
    first, second, _third = (page.splitlines() for page in read_pages(document_pdf))
    assert first[:4] == [
        "Landesarbeitsgemeinschaft Muster e.V.",
        "Musterstraße 1, 09111 Chemnitz · info@example.org",
        "Muster",
        "Beitrags- und Finanzordnung",
    ]
    assert "Landesarbeitsgemeinschaft Muster e.V." not in second
    assert "LAG Muster Beitrags- und Finanzordnung" in second


def test_every_page_names_reference_fingerprint_and_number(document_pdf: bytes) -> None:
    pages = read_pages(document_pdf)
    assert [f"Seite {number} von 3" in page for number, page in enumerate(pages, 1)] == [True, True, True]
    assert ["Vorgang M-2026-0001 · Prüfzeichen 1a2b3c4d" in page for page in pages] == [True, True, True]


def test_table_head_repeats_on_each_page_of_the_table(document_pdf: bytes) -> None:
    assert [page.count("Mitglied") for page in read_pages(document_pdf)] == [1, 1, 1]


def test_rows_of_a_list_of_facts_are_never_broken() -> None:
    label = "Eine Bezeichnung Nummer {0}, die so lang ist, dass sie in drei Zeilen steht und endet mit: Ende{0}."
    rows = "".join(f"<dt>{label.format(number)}</dt><dd>Wert{number}.</dd>" for number in range(60))
    html = PAGE.format(head='<link rel="stylesheet" href="pdf/base.css">', body=f'<dl class="facts">{rows}</dl>')
    pages = read_pages(html_to_pdf(html, profile=Profile.DOCUMENT))
    for words in ("Nummer {},", "Ende{}.", "Wert{}."):
        found = [[number for number in range(60) if words.format(number) in page] for page in pages]
        assert found == [list(range(first, first + 10)) for first in range(0, 60, 10)]


def test_letters_of_sorbian_are_in_the_font(document_pdf: bytes) -> None:
    assert "Serbsce: čěłšžńśćř – deutsch: „Grüße“, 60,00 €." in read_text(document_pdf)
    with pikepdf.open(io.BytesIO(document_pdf)) as pdf:
        fonts = {str(font.BaseFont).partition("+")[2] for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts == {"Atkinson", "Atkinson-Bold"}


def test_hyphens_and_lists_in_lists_need_no_other_font() -> None:
    body = "<p>" + "Quartiersentwicklungsgesellschaft " * 40 + "</p><ul><li>eins<ul><li>zwei</li></ul></li></ul>"
    html = PAGE.format(head='<link rel="stylesheet" href="pdf/base.css">', body=body)
    content = html_to_pdf(html, profile=Profile.DOCUMENT)
    assert "Quartiersentwick\x02lungsgesellschaft" in read_pages(content)[0]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = {str(font.BaseFont).partition("+")[2] for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts == {"Atkinson"}


def test_same_input_gives_same_bytes() -> None:
    first, second = (
        render_pdf("pdf_samples/form.html", {}, title="Antrag", profile=Profile.FORM),
        render_pdf("pdf_samples/form.html", {}, title="Antrag", profile=Profile.FORM),
    )
    assert first == second


def test_other_language_is_said_and_used() -> None:
    content = render_pdf("pdf_samples/document.html", {}, title="Dues", language="en")
    assert read_properties(content).language == "en"


def test_text_of_the_context_is_escaped() -> None:
    content = render_pdf("pdf/base.html", {"pdf_status": "<b>A & B</b>"}, title="<script>alert(1)</script>")
    assert read_properties(content).title == "<script>alert(1)</script>"
    assert "<b>A & B</b>" in read_text(content)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/bild.png",
        "http://127.0.0.1:1/bild.png",
        "file:///etc/passwd",
        "file:///etc/hostname.css",
        "../settings/base.py",
        "fonts/OFL.txt",
        "pdf/gibt-es-nicht.css",
    ],
)
def test_other_files_than_own_static_ones_stop_the_rendering(address: str) -> None:
    html = PAGE.format(head=f'<link rel="stylesheet" href="{address}">', body="<p>Text</p>")
    with pytest.raises(RenderError):
        html_to_pdf(html, profile=Profile.DOCUMENT)


def test_rendering_does_not_let_half_pictures_through(document_pdf: bytes) -> None:
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
