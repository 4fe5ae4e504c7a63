"""The PDF: made from the record, opened again and read; permanent addresses."""

import datetime as dt
import io
import re
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest

from dues.documents import render_current, render_order
from library.generated import NothingToRender
from tests.factories.dues import create_order, make_minimum, make_percentage, make_rate

pytestmark = pytest.mark.django_db

ADDRESS = "/downloads/beitragsordnung/"


def pdf_text(content):
    """Return the whole text with single spaces."""
    document = pypdfium2.PdfDocument(content)
    pages = []
    for page in document:
        text_page = page.get_textpage()
        pages.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def body_of(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False)


def test_the_pdf_reads_the_same_record(client):
    create_order(
        title="Beitrags- und Finanzordnung",
        resolution_body="Mitgliederversammlung",
        resolution_date=dt.date(2019, 11, 2),
        resolution_reference="TOP 5",
        preamble="<p>Ein Vorspruch.</p>",
        paragraphs=[("paragraph", {"number": "§ 1", "title": "Grundsatz", "text": "<p>Alle zahlen.</p>"})],
        rates=[make_rate(amount=Decimal(1200), paragraph="§ 2 Absatz 1")],
        first_year_paragraph="§ 4",
    )
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="Beitragsordnung_Fassung_1.pdf"'
    content = body_of(response)
    text = pdf_text(content)
    for sentence in (
        "Fassung 1, gültig ab 01.01.2020, beschlossen von: Mitgliederversammlung, am 2. November 2019, TOP 5",
        "Ein Vorspruch.",
        "§ 1 Grundsatz",
        "Alle zahlen.",
        "1.200,00 € im Jahr",
        "§ 2 Absatz 1",
        "je angefangenem Monat ein Zwölftel (§ 4)",
        "Seite 1 von 1",
    ):
        assert sentence in text
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.docinfo["/Title"] == "Beitrags- und Finanzordnung"
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"


def test_every_version_keeps_an_address_of_its_own(client):
    create_order(rates=[make_rate(amount=Decimal(40))])
    create_order(valid_from=dt.date(2027, 1, 1), rates=[make_rate(amount=Decimal(70))])
    create_order(valid_from=dt.date(2028, 1, 1), rates=[make_rate(amount=Decimal(90))], published=False)
    assert "40,00 € im Jahr" in pdf_text(body_of(client.get(ADDRESS)))
    assert "40,00 € im Jahr" in pdf_text(body_of(client.get(f"{ADDRESS}fassung-1/")))
    assert "70,00 € im Jahr" in pdf_text(body_of(client.get(f"{ADDRESS}fassung-2/")))
    assert client.get(f"{ADDRESS}fassung-3/").status_code == 404
    assert client.post(f"{ADDRESS}fassung-1/").status_code == 405


def test_the_address_follows_the_date(client, time_machine):
    create_order(rates=[make_rate(amount=Decimal(40))])
    create_order(valid_from=dt.date(2027, 1, 1), rates=[make_rate(amount=Decimal(70))])
    assert "40,00 € im Jahr" in pdf_text(body_of(client.get(ADDRESS)))
    time_machine.move_to(dt.datetime(2026, 12, 31, 23, 0, 1, tzinfo=dt.UTC), tick=False)  # midnight here
    assert "70,00 € im Jahr" in pdf_text(body_of(client.get(ADDRESS)))


def test_nothing_to_give_without_an_order_in_force(client):
    create_order(published=False)
    assert client.get(ADDRESS).status_code == 404
    with pytest.raises(NothingToRender):
        render_current()


@pytest.mark.parametrize(
    ("published", "title", "status"),
    [(False, "Ordnung", "Entwurf"), (True, "Ordnung (Muster)", "Muster"), (True, "Ordnung", None)],
)
def test_drafts_and_samples_say_so(published, title, status):
    order = create_order(published=published, title=title)
    text = pdf_text(render_order(order))
    assert [word for word in ("Entwurf", "Muster") if re.search(rf"\b{word}\b(?!\))", text)] == (
        [status] if status else []
    )


@pytest.mark.pdf_conformance
@pytest.mark.django_db
@pytest.mark.parametrize("published", [True, False])
def test_the_pdf_is_accessible_and_lasting(published, assert_conformant):
    order = create_order(
        published=published,
        preamble="<p>Vorspruch.</p><ul><li>eins</li></ul>",
        resolution_date=dt.date(2020, 1, 1),
        resolution_body="Mitgliederversammlung",
        paragraphs=[("paragraph", {"number": "§ 1", "title": "Grundsatz", "text": "<p>Alle zahlen.</p>"})],
        rates=[make_rate(note="Für alle."), make_minimum(), make_percentage(proof="Bescheid")],
    )
    assert_conformant(render_order(order), "PDFUA-1", "PDFA-2A")
