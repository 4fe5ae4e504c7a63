"""Reading the text of PDFs."""

import logging

import pikepdf
import pytest

from search.documents import MOST_PAGES, UnreadableDocument, document_text
from tests.search.pdfs import pdf_with


def test_words_broken_at_line_ends_are_joined():
    assert document_text(pdf_with("Quartiers-\nmanagement")).strip() == "Quartiersmanagement"


def test_a_pdf_without_text_has_none():
    assert document_text(pdf_with("")).strip() == ""


def test_only_the_first_pages_of_a_long_pdf_are_read_and_logged(caplog):
    caplog.set_level(logging.INFO)
    text = document_text(pdf_with(*(f"Seite{number}." for number in range(1, 501))), name="lang.pdf")
    assert text.split()[-1] == f"Seite{MOST_PAGES}."
    assert "lang.pdf" in caplog.text


@pytest.mark.parametrize("content", [b"", b"Hallo", b"%PDF-1.7\nkaputt"])
def test_what_is_no_pdf_is_refused(content):
    with pytest.raises(UnreadableDocument):
        document_text(content)


def test_an_encrypted_pdf_is_refused():
    with pytest.raises(UnreadableDocument):
        document_text(pdf_with("geheim", encryption=pikepdf.Encryption(owner="a", user="b")))
