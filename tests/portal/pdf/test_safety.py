"""PDFs from outside: what they must not have."""

import io
import subprocess
import sys

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pikepdf.settings import get_qpdf_limits, set_qpdf_limits

from portal.pdf.limits import UNPACKED_MOST
from portal.pdf.safety import Danger, UnsafePdf, check_pdf
from tests.factories.files import (
    LAUNCH,
    SCRIPT,
    action,
    make_encrypted_pdf,
    make_pdf,
    make_pdf_with_button,
    make_pdf_with_file,
    saved,
)


def danger_of(content: bytes) -> Danger:
    with pytest.raises(UnsafePdf) as refusal:
        check_pdf(content)
    return refusal.value.danger


@pytest.mark.parametrize("pages", [1, 3])
def test_a_plain_pdf_passes(pages: int) -> None:
    assert check_pdf(make_pdf(pages)) == pages


def test_our_own_papers_pass(form_pdf: bytes, document_pdf: bytes) -> None:
    assert [check_pdf(form_pdf) > 0, check_pdf(document_pdf) > 0] == [True, True]


def test_a_link_to_an_address_passes() -> None:
    assert check_pdf(make_pdf_with_button(action("URI", URI=String("https://example.org/")))) == 1


@pytest.mark.parametrize("password", ["geheim", ""])
def test_encrypted(password: str) -> None:
    assert danger_of(make_encrypted_pdf(password)) is Danger.ENCRYPTED


@pytest.mark.parametrize(
    "root",
    [
        {"/Names": Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))},
        {"/OpenAction": SCRIPT},
        {"/AA": Dictionary(WC=SCRIPT)},
        {"/OpenAction": LAUNCH},
        {"/AcroForm": Dictionary(Fields=Array([]), XFA=String("<xdp/>"))},
    ],
    ids=["by name", "opening", "closing", "launch", "xfa"],
)
def test_programs(root: dict[str, object]) -> None:
    assert danger_of(make_pdf(root=root)) is Danger.PROGRAM


@pytest.mark.parametrize("what", [SCRIPT, LAUNCH, action("SubmitForm", F=String("https://example.org/"))])
def test_programs_behind_a_button(what: Dictionary) -> None:
    assert danger_of(make_pdf_with_button(what)) is Danger.PROGRAM


def test_a_program_that_no_page_reaches() -> None:
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        hidden = pdf.make_indirect(Array([Dictionary(Next=Array([SCRIPT]))]))
        pdf.Root.PieceInfo = hidden
        content = saved(pdf)
    assert danger_of(content) is Danger.PROGRAM


def test_a_file_within() -> None:
    assert danger_of(make_pdf_with_file()) is Danger.EMBEDDED_FILE


def test_a_file_pinned_to_the_page() -> None:
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].obj.Annots = Array([note])
        content = saved(pdf)
    assert danger_of(content) is Danger.EMBEDDED_FILE


def test_opening_at_an_own_place_passes() -> None:
    assert check_pdf(make_pdf(root={"/OpenAction": Array([0, Name.Fit])})) == 1
    assert check_pdf(make_pdf(root={"/OpenAction": action("GoTo", D=Array([0, Name.Fit]))})) == 1


@pytest.mark.parametrize(
    "opening",
    [
        action("URI", URI=String("https://example.org/")),
        action("GoToR", F=String("andere.pdf"), D=Array([0, Name.Fit])),
        action("GoTo", D=Array([0, Name.Fit]), Next=action("URI", URI=String("https://example.org/"))),
        action("GoTo", D=5),
        True,
    ],
)
def test_opening_at_any_other_place(opening: object) -> None:
    assert danger_of(make_pdf(root={"/OpenAction": opening})) is Danger.OPEN_ACTION


def test_a_page_that_does_something_when_it_is_turned() -> None:
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        pdf.pages[0].obj.AA = Dictionary(O=action("URI", URI=String("https://example.org/")))
        content = saved(pdf)
    assert danger_of(content) is Danger.OPEN_ACTION


@pytest.mark.parametrize("content", [b"", b"kein PDF", b"%PDF-1.7\nabgeschnitten", make_pdf()[:-40], make_pdf()[:200]])
def test_damaged(content: bytes) -> None:
    assert danger_of(content) is Danger.DAMAGED


def test_a_picture_of_too_many_pixels() -> None:
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        picture = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=30_000, Height=30_000)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=picture))
        content = saved(pdf)
    assert danger_of(content) is Danger.TOO_LARGE_PICTURE


def test_a_file_that_unpacks_to_very_much_is_refused_without_unpacking_it() -> None:
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        pdf.Root.PieceInfo = pdf.make_indirect(Dictionary(A=String("x" * 2_000_000)))
        content = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert check_pdf(content) == 1
    assert get_qpdf_limits()["flate_max_memory"] == UNPACKED_MOST
    before = set_qpdf_limits(flate_max_memory=1_000_000)
    try:
        assert danger_of(content) is Danger.DAMAGED
    finally:
        set_qpdf_limits(**before)


@pytest.mark.parametrize("module", ["portal.pdf.safety", "portal.pdf.reading"])
def test_whatever_reads_foreign_files_limits_what_is_unpacked(module: str) -> None:
    code = (
        f"import {module}; from pikepdf.settings import get_qpdf_limits as limits; print(limits()['flate_max_memory'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == UNPACKED_MOST
