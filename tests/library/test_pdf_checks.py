"""What editors are told about a PDF from elsewhere; the portal's own have everything."""

import io

import pikepdf
import pytest

from library.pdf_checks import missing_in_pdf, pdf_findings
from tests.factories.library import DocumentFactory


def bare_pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def good_pdf() -> bytes:
    pdf = pikepdf.open(io.BytesIO(bare_pdf()))
    pdf.docinfo["/Title"] = "Muster"
    pdf.Root.Lang = "de"
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def test_title_language_and_tags_are_missed() -> None:
    assert [sentence.split(";")[0] for sentence in missing_in_pdf(bare_pdf())] == [
        "Dem PDF fehlt ein Titel",
        "Dem PDF fehlt die Angabe der Sprache",
        "Dem PDF fehlt die Gliederung für Vorleseprogramme (es ist nicht „getaggt“).",
    ]
    assert missing_in_pdf(good_pdf()) == []


@pytest.mark.django_db
def test_only_pdfs_are_looked_at() -> None:
    assert pdf_findings(None) == []
    assert len(pdf_findings(DocumentFactory(content=bare_pdf(), file_name="a.pdf"))) == 3
    assert pdf_findings(DocumentFactory(content=good_pdf(), file_name="b.pdf")) == []
