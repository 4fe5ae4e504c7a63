"""The content must fit the name."""

import io
import zipfile

import pytest

from library.file_types import HasMacros, WrongType, check_type


def archive(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "/"), text)
    return content.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
FITTING = {
    "a.pdf": b"%PDF-1.7 ...",
    "a.PDF": b"\n%PDF-1.7 ...",
    "a.docx": archive(word__document="x"),
    "a.xlsx": archive(xl__workbook="x"),
    "a.pptx": archive(ppt__presentation="x"),
    "a.odt": archive(mimetype=f"{OPEN_DOCUMENT}text"),
    "a.ods": archive(mimetype=f"{OPEN_DOCUMENT}spreadsheet"),
    "a.odp": archive(mimetype=f"{OPEN_DOCUMENT}presentation"),
    "a.txt": "Grüße\r\n\tText".encode(),
    "a.csv": "Straße;Ort".encode("cp1252"),
    "a.ics": b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n",
}


@pytest.mark.parametrize(("name", "content"), FITTING.items())
def test_fitting_content_passes(name: str, content: bytes) -> None:
    source = io.BytesIO(content)
    check_type(source, name)
    assert source.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\0"),
        ("a.pdf", FITTING["a.docx"]),
        ("a.docx", FITTING["a.xlsx"]),
        ("a.docx", b"PK\x03\x04 abgeschnitten"),
        ("a.odt", FITTING["a.ods"]),
        ("a.odt", archive(word__document="x")),
        ("a.txt", b"MZ\x90\0\x03"),
        ("a.csv", FITTING["a.docx"]),
        ("a.ics", b"<html>"),
        ("a.exe", b"MZ"),
        ("ohne-endung", b"%PDF-1.7"),
    ],
)
def test_other_content_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(WrongType):
        check_type(io.BytesIO(content), name)


def test_programs_in_documents_are_refused() -> None:
    with pytest.raises(HasMacros):
        check_type(io.BytesIO(archive(word__document="x", **{"word__vbaProject.bin": "x"})), "a.docx")
    with pytest.raises(HasMacros):
        check_type(io.BytesIO(archive(mimetype=f"{OPEN_DOCUMENT}text", Basic__script="x")), "a.odt")
