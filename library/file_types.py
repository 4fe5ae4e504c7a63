"""What a document is, told by its content and not by its name."""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO

HEAD = 4096
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# Where Office keeps macros; a document with them is a program.
MACROS = ("vbaproject.bin", "basic/", "scripts/")


class WrongType(Exception):
    """The content is not what the name's ending says."""


class HasMacros(Exception):
    """The document contains a program."""


def check_type(source: IO[bytes], file_name: str) -> None:
    """Raise ``WrongType`` unless the content fits the ending of ``file_name``, ``HasMacros`` for programs in it."""
    check = CHECKS.get(PurePath(file_name).suffix.lower().lstrip("."))
    source.seek(0)
    try:
        if check is None or not check(source):
            raise WrongType(file_name)
    finally:
        source.seek(0)


def _is_pdf(source: IO[bytes]) -> bool:
    return b"%PDF-" in source.read(1024)


def _is_office(folder: str) -> Callable[[IO[bytes]], bool]:
    """Word, Excel, PowerPoint: a ZIP archive with a folder of that program."""
    return lambda source: any(name.startswith(f"{folder}/") for name in _names_in_archive(source))


def _is_open_document(kind: str) -> Callable[[IO[bytes]], bool]:
    """OpenDocument: a ZIP archive that says its own type."""

    def check(source: IO[bytes]) -> bool:
        if "mimetype" not in _names_in_archive(source):
            return False
        with zipfile.ZipFile(source) as archive, archive.open("mimetype") as mimetype:
            return mimetype.read(100).decode("ascii", "replace").strip() == OPEN_DOCUMENT + kind

    return check


def _names_in_archive(source: IO[bytes]) -> list[str]:
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return []
    if any(macro in name.lower() for name in names for macro in MACROS):
        raise HasMacros
    return names


def _is_text(source: IO[bytes]) -> bool:
    return not {0, *range(1, 9), *range(14, 27)} & set(source.read(HEAD))


def _is_calendar(source: IO[bytes]) -> bool:
    return source.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR")


CHECKS: dict[str, Callable[[IO[bytes]], bool]] = {
    "pdf": _is_pdf,
    "docx": _is_office("word"),
    "xlsx": _is_office("xl"),
    "pptx": _is_office("ppt"),
    "odt": _is_open_document("text"),
    "ods": _is_open_document("spreadsheet"),
    "odp": _is_open_document("presentation"),
    "txt": _is_text,
    "csv": _is_text,
    "ics": _is_calendar,
}
