"""Uploads: told by content, refused with a sentence that says what to do, joined to one document."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Dictionary

from membership.uploads import MOST_BYTES, UnusableUpload, document_from
from portal.pdf.safety import check_pdf
from tests.factories.files import (
    LAUNCH,
    SCRIPT,
    make_encrypted_pdf,
    make_huge_png,
    make_pdf,
    make_pdf_with_button,
    make_pdf_with_file,
    make_photo,
)

SCAN_AGAIN = "Scannen oder fotografieren Sie den unterschriebenen Antrag, und laden Sie das Ergebnis hoch."
NO_PROGRAMS = f"Das PDF enthält ein Programm (zum Beispiel JavaScript). Solche nehmen wir nicht an. {SCAN_AGAIN}"
DAMAGED = f"Das PDF ist beschädigt oder unvollständig. {SCAN_AGAIN}"
LOCKED = "Das PDF ist mit einem Passwort geschützt. Speichern Sie es ohne Schutz, und laden Sie es neu hoch."
OTHER = (
    "Die Datei ist kein PDF und kein Foto (JPEG oder PNG), auch wenn sie so heißt. Scannen oder fotografieren Sie den "
    "unterschriebenen Antrag, und laden Sie das Ergebnis hoch."
)
TOO_LARGE = (
    "Die Dateien sind zusammen größer als 10 MB. Scannen Sie mit 150 bis 300 dpi in Graustufen, oder wählen Sie eine "
    "kleinere Bildgröße."
)
PHONE_PHOTO = (
    "Dieses Foto hat das Format HEIC, das wir nicht lesen können. Stellen Sie die Kamera auf „Maximale "
    "Kompatibilität“ (JPEG), oder speichern Sie das Foto als JPEG."
)
BAD = {
    "program named .pdf": (b"MZ\x90\0" + b"\0" * 200, OTHER),
    "eleven megabytes": (b"%PDF-" + b"0" * (11 * 1024 * 1024), TOO_LARGE),
    "nothing": (b"", "Bitte wählen Sie mindestens eine Datei aus, die nicht leer ist."),
    "encrypted": (make_encrypted_pdf("geheim"), LOCKED),
    "javascript": (make_pdf(root={"/OpenAction": SCRIPT}), NO_PROGRAMS),
    "launch": (make_pdf_with_button(LAUNCH), NO_PROGRAMS),
    "a file within": (
        make_pdf_with_file(),
        f"Im PDF stecken weitere Dateien. Solche PDFs nehmen wir nicht an. {SCAN_AGAIN}",
    ),
    "opens an address": (
        make_pdf(root={"/OpenAction": Dictionary(S=pikepdf.Name.URI)}),
        f"Das PDF führt beim Öffnen von selbst etwas aus. Solche PDFs nehmen wir nicht an. {SCAN_AGAIN}",
    ),
    "forty pages": (
        make_pdf(40),
        "Das sind 40 Seiten, erlaubt sind höchstens 10. Schicken Sie nur die Seiten des Antrags.",
    ),
    "no pages": (make_pdf(0), DAMAGED),
    "truncated": (make_pdf(3)[:-60], DAMAGED),
    "truncated photo": (
        make_photo((400, 600))[:-300],
        "Ein Bild ist beschädigt oder unvollständig. Fotografieren oder scannen Sie die Seite noch einmal.",
    ),
    "30,000 by 30,000 pixels": (
        make_huge_png(),
        "Ein Bild hat zu viele Bildpunkte. Speichern Sie es kleiner; 2.500 mal 3.500 Punkte genügen immer.",
    ),
    "a phone's own format": (
        b"\0\0\0\x18ftypheic" + b"\0" * 50,
        PHONE_PHOTO,
    ),
    "gif": (make_photo(kind="GIF"), OTHER),
    "text before the pdf": (b"<script>alert(1)</script>" + make_pdf(), OTHER),
}


def refusal(*files: object) -> str:
    with pytest.raises(UnusableUpload) as refused:
        document_from(files)  # type: ignore[arg-type]
    return str(refused.value)


def pictures(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the pictures on a page."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return list(resources.get("/XObject", pikepdf.Dictionary()).values())


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_files_are_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    assert refusal(SimpleUploadedFile("antrag.pdf", content)) == sentence


def test_nothing_chosen() -> None:
    assert refusal() == "Bitte wählen Sie mindestens eine Datei aus, die nicht leer ist."


def test_one_empty_file_among_others_is_named() -> None:
    assert refusal(make_pdf(), b"") == (
        "Eine der Dateien ist leer (0 Byte). Scannen oder fotografieren Sie die Seite noch einmal."
    )


def test_the_limit_is_for_all_files_together() -> None:
    half = b"%PDF-" + b"0" * (MOST_BYTES // 2)
    assert refusal(half, half) == TOO_LARGE


def test_pages_are_counted_together() -> None:
    assert refusal(make_pdf(6), make_pdf(4), make_photo()).startswith("Das sind 11 Seiten, erlaubt sind höchstens 10.")


@pytest.mark.parametrize("name", ["../../x.pdf", "x" * 300 + ".pdf", "scan.exe", ""])
def test_names_mean_nothing(name: str) -> None:
    content = make_pdf(2)
    file = SimpleUploadedFile("antrag", content)
    file._name = name
    document = document_from([file])
    assert (document.content, document.page_count) == (content, 2)


def test_a_photo_becomes_a_page_without_its_place() -> None:
    document = document_from([make_photo(with_place=True)])
    assert (document.page_count, check_pdf(document.content)) == (1, 1)
    with pikepdf.open(io.BytesIO(document.content)) as pdf:
        (image,) = pictures(pdf.pages[0])
        assert b"Beispielkamera" not in image.read_raw_bytes()
        assert b"Exif" not in image.read_raw_bytes()


def test_pictures_and_pdfs_become_one_document_in_their_order() -> None:
    document = document_from([make_photo(), make_pdf(2), make_photo(kind="PNG")])
    assert (document.page_count, check_pdf(document.content)) == (4, 4)
    with pikepdf.open(io.BytesIO(document.content)) as pdf:
        assert [len(pictures(page)) for page in pdf.pages] == [1, 0, 0, 1]
