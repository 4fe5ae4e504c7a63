"""What editors are told about a PDF from elsewhere; the portal's own have everything."""

import io

import pikepdf
import pytest
from django.urls import reverse

from library.pdf_checks import missing_in_pdf, pdf_findings
from tests.factories.library import DocumentFactory, DownloadFactory


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


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "told"), [(bare_pdf(), 3), (good_pdf(), 0)], ids=["bare", "good"])
def test_who_keeps_a_download_is_told(admin_client, content: bytes, told: int) -> None:
    download = DownloadFactory(document=DocumentFactory(content=content, file_name="a.pdf"))
    page = admin_client.get(reverse("downloads:edit", args=[download.pk])).content.decode()
    assert page.count("<li>Dem PDF fehlt") == told
