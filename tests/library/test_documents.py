"""Documents as editors upload and replace them."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import UploadedFile

from library.models import DownloadVersion, LibraryDocument
from tests.factories.library import TINY_PDF, DocumentFactory, DownloadFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/documents/add/"
ENDINGS = "PDF, DOCX, ODT, XLSX, ODS, PPTX, ODP, TXT, CSV, ICS"


def stored_names() -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def errors(response: Any, field: str) -> list[str]:
    return list(response.context["form"].errors.get(field, []))


def test_document_keeps_its_name_size_and_hash(editor_client: Client) -> None:
    DocumentFactory(file_name="Empfehlungen_BAG_Verstetigung.pdf")
    upload = SimpleUploadedFile("Empfehlungen_BAG_Verstetigung.pdf", TINY_PDF)
    assert editor_client.post(ADD, {"title": "Empfehlungen", "file": upload}).status_code == 302
    document = LibraryDocument.objects.get(title="Empfehlungen")
    assert document.file.name != "documents/Empfehlungen_BAG_Verstetigung.pdf"
    assert document.filename == "Empfehlungen_BAG_Verstetigung.pdf"
    assert document.url == f"/dokumente/{document.pk}/Empfehlungen_BAG_Verstetigung.pdf"
    assert (document.file_size, len(document.file_hash), document.content_type) == (15, 40, "application/pdf")


def test_document_made_by_a_program_knows_its_size_and_hash() -> None:
    document = DocumentFactory(content=b"%PDF-1.7 lang", file_name="Satzung.pdf")
    assert (document.file_size, document.filename) == (13, "Satzung.pdf")
    assert document.file_hash == hashlib.sha1(b"%PDF-1.7 lang").hexdigest()  # noqa: S324 - how Wagtail tells files apart


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("programm.exe", b"MZ\x90", f"Dateien mit der Endung „.exe“ gehen nicht. Möglich sind: {ENDINGS}."),
        (
            "programm.pdf",
            b"MZ\x90",
            "Die Datei heißt „.pdf“, enthält aber etwas anderes oder ist beschädigt. Speichern Sie sie neu.",
        ),
        ("leer.pdf", b"", "Die übertragene Datei ist leer."),
        (
            "gross.pdf",
            TINY_PDF + b"\0" * 21 * 1024 * 1024,
            "Die Datei ist größer als 20 MB. Verkleinern Sie enthaltene Bilder, oder teilen Sie das Dokument.",
        ),
    ],
)
def test_unfit_files_are_refused_and_leave_nothing(
    editor_client: Client, name: str, content: bytes, message: str
) -> None:
    response = editor_client.post(ADD, {"title": "Datei", "file": SimpleUploadedFile(name, content)})
    assert errors(response, "file") == [message]
    assert (LibraryDocument.objects.count(), stored_names()) == (0, [])


def test_unfit_files_among_many_leave_nothing(editor_client: Client) -> None:
    address = reverse("wagtaildocs:add_multiple")
    upload = SimpleUploadedFile("programm.pdf", b"MZ\x90")
    answer = editor_client.post(address, {"title": "Datei", "files[]": upload}).json()
    assert answer["success"] is False
    assert (LibraryDocument.objects.count(), UploadedFile.objects.count(), stored_names()) == (0, 0, [])


def replace_file(client: Client, document: LibraryDocument, name: str, content: bytes) -> None:
    upload = SimpleUploadedFile(name, content)
    response = client.post(f"/admin/documents/edit/{document.pk}/", {"title": document.title, "file": upload})
    assert response.status_code == 302


def test_replaced_file_of_an_unused_document_is_deleted(editor_client: Client, run_on_commit: Any) -> None:
    document = DocumentFactory(file_name="Alt.pdf")
    with run_on_commit():
        replace_file(editor_client, document, "Neu.pdf", b"%PDF-1.7 neu")
    assert (LibraryDocument.objects.count(), stored_names()) == (1, ["Neu.pdf"])


def test_replaced_file_of_a_download_goes_to_its_archive(editor_client: Client, run_on_commit: Any) -> None:
    download = DownloadFactory(name="statuten", document=DocumentFactory(content=TINY_PDF, file_name="Alt.pdf"))
    with run_on_commit():
        replace_file(editor_client, download.document, "Neu.pdf", b"%PDF-1.7 neu")
    assert stored_names() == ["Alt.pdf", "Neu.pdf"]
    (version,) = download.versions.all()
    now, before = editor_client.get("/downloads/statuten/"), editor_client.get(version.url)
    assert (b"".join(now.streaming_content), b"".join(before.streaming_content)) == (b"%PDF-1.7 neu", TINY_PDF)
    assert now["Content-Disposition"] == 'inline; filename="Neu.pdf"'
    assert before["Content-Disposition"] == 'inline; filename="Alt.pdf"'


def test_archive_keeps_its_file_when_the_document_gets_another_one(editor_client: Client, run_on_commit: Any) -> None:
    document = DocumentFactory(content=TINY_PDF, file_name="Alt.pdf")
    download = DownloadFactory(name="statuten")
    version = DownloadVersion.objects.create(
        download=download, document=document, version="2020-01-01", valid_until="2021-01-01"
    )
    with run_on_commit():
        replace_file(editor_client, document, "Neu.pdf", b"%PDF-1.7 neu")
    assert b"".join(editor_client.get(version.url).streaming_content) == TINY_PDF


@pytest.mark.parametrize("used_by", ["download", "archive"])
def test_document_of_a_download_cannot_be_deleted(editor_client: Client, used_by: str) -> None:
    document = DocumentFactory()
    download = DownloadFactory(document=document if used_by == "download" else DocumentFactory())
    if used_by == "archive":
        DownloadVersion.objects.create(download=download, document=document, version="1", valid_until="2021-01-01")
    one = reverse("wagtaildocs:delete", args=[document.pk])
    many = reverse("wagtail_bulk_action", args=["library", "librarydocument", "delete"]) + f"?id={document.pk}"
    editor_client.post(one)
    editor_client.post(many)
    assert LibraryDocument.objects.filter(pk=document.pk).exists()


def test_unused_documents_can_be_deleted_together(editor_client: Client) -> None:
    documents = [DocumentFactory(), DocumentFactory()]
    address = reverse("wagtail_bulk_action", args=["library", "librarydocument", "delete"])
    query = "&".join(f"id={document.pk}" for document in documents)
    assert editor_client.post(f"{address}?{query}").status_code == 302
    assert LibraryDocument.objects.count() == 0


def test_photo_cannot_be_uploaded_as_document(editor_client: Client, photo: Callable[..., bytes]) -> None:
    response = editor_client.post(ADD, {"title": "Foto", "file": SimpleUploadedFile("foto.pdf", photo())})
    assert len(errors(response, "file")) == 1
