"""The two promises of the renderer, checked by veraPDF."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.pdf_conformance


def test_form_is_accessible(form_pdf: bytes, assert_conformant: Callable[..., None]) -> None:
    assert_conformant(form_pdf, "PDFUA-1")


def test_document_is_accessible_and_lasting(document_pdf: bytes, assert_conformant: Callable[..., None]) -> None:
    assert_conformant(document_pdf, "PDFUA-1", "PDFA-2A")


def test_checker_finds_what_is_wrong(form_pdf: bytes, assert_conformant: Callable[..., None]) -> None:
    with pytest.raises(AssertionError) as failure:
        assert_conformant(form_pdf, "PDFA-2A")
    rules = [line.split(" ")[:3] for line in str(failure.value).splitlines()]
    assert ["PDFA-2A:", "FAIL", "6.4.1-3"] in rules


def test_checker_names_unreadable_files(assert_conformant: Callable[..., None]) -> None:
    with pytest.raises(AssertionError, match="ERROR"):
        assert_conformant(b"kein PDF", "PDFUA-1")
