"""Pictures, documents and downloads of the starter content."""

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.safestring import mark_safe
from wagtail.models import Collection

from home.starter.files import CONTENT_DIR, Entry, read_list, read_texts
from home.starter.records import load_once
from home.starter.rich_text import rich_text
from library.models import Download, LibraryDocument, Picture
from portal.pdf.render import render_pdf


def load_library() -> int:
    """Load pictures, documents and downloads that were not loaded before; returns how many."""
    loaded = [load_once(entry, create_picture) for entry in read_list("pictures.yaml")]
    loaded += [load_once(entry, create_document) for entry in read_texts("documents")]
    loaded += [load_once(entry, create_download) for entry in read_list("downloads.yaml")]
    return sum(loaded)


def create_picture(entry: Entry) -> Picture:
    """Store the drawing ``pictures/<name>.svg`` with its alternative text."""
    path = CONTENT_DIR / "pictures" / f"{entry.name}.svg"
    with path.open("rb") as file:
        return Picture.objects.create(
            title=entry.values["title"],
            description=entry.values.get("description", ""),
            is_decorative=entry.values.get("is_decorative", False),
            credit=entry.values.get("credit", ""),
            collection=Collection.get_first_root_node(),
            file=ImageFile(file, name=path.name),
        )


def create_document(entry: Entry) -> LibraryDocument:
    """Render a text as a PDF called like its file and store it."""
    title = entry.values["title"]
    body = mark_safe(rich_text(entry.values["text"], page_key=_no_page))  # noqa: S308 - our own file
    content = render_pdf("pdf/text.html", {"body": body}, title=title)
    return LibraryDocument.objects.create(
        title=title,
        collection=Collection.get_first_root_node(),
        file=ContentFile(content, name=f"{entry.name}.pdf"),
    )


def create_download(entry: Entry) -> Download:
    """Set up a permanent address; one that migrations made for a generated file gets its title."""
    download = Download.objects.filter(name=entry.name).first() or Download(name=entry.name)
    download.title = entry.values["title"]
    if file_name := entry.values.get("document"):
        download.document_id = document_key(file_name, entry)
    download.save()
    return download


def document_key(file_name: str, entry: Entry) -> int:
    """Return the primary key of the document loaded from ``documents/<file name>.md``."""
    for document in LibraryDocument.objects.all():
        if document.filename == file_name:
            return document.pk
    raise entry.error(f"there is no document {file_name}")


def _no_page(slug: str) -> int:
    raise LookupError(f"documents do not link to pages ({slug})")
