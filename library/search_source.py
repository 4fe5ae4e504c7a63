"""Downloads as the search finds them: by their title and, where it is a PDF, their text."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import pgettext_lazy

from library.generated import NothingToRender
from library.models import Download, LibraryDocument
from library.rendering import current_file
from search.analysis.terms import Texts
from search.documents import UnreadableDocument
from search.sources import Attachment, Findable


class DownloadSource:
    """Published downloads whose file everybody may read; see ``search.sources.Source``."""

    name = "download"
    # With a context: packages translate the bare word as the command to download.
    kinds = {"download": pgettext_lazy("kind of search result", "Download")}

    def findables(self, object_ids: Iterable[str]) -> Iterator[Findable]:
        """Yield those of these downloads that everybody may read now."""
        return map(findable_of, Download.objects.public().with_files().filter(pk__in=object_ids))

    def all(self) -> Iterator[Findable]:
        """Yield every download that everybody may read."""
        return map(findable_of, Download.objects.public().with_files())

    def count(self) -> int:
        """Return the number of these."""
        return Download.objects.public().count()


def findable_of(download: Download) -> Findable:
    """Return what the index keeps of a download; its file is read by the worker."""
    document = download.document
    facts = download.facts
    return Findable(
        object_id=str(download.pk),
        language=(document.language if document else "") or settings.LANGUAGE_CODE,
        kind=DownloadSource.name,
        url=download.url,
        texts=Texts(title=download.title, body=facts.file_name if facts else ""),
        date=facts.date if facts else None,
        attachments=(attachment_of(download),),
    )


def attachment_of(download: Download) -> Attachment:
    """Return the download's file: an editor's document, or what the portal renders in its place."""
    document = download.document
    if document is not None:
        return Attachment(document.filename, document.file_hash, lambda: read_document(document))
    rendered = getattr(download, "rendered", None)
    return Attachment(download.name, rendered.digest if rendered else "", lambda: read_rendered(download))


def read_document(document: LibraryDocument) -> bytes:
    """Return the content of the document an editor chose; OSError when the file is missing."""
    with document.file.open("rb") as file:
        return file.read()


def read_rendered(download: Download) -> bytes:
    """Return what the portal renders. Raises UnreadableDocument where there is nothing to render."""
    try:
        return bytes(current_file(download).content)
    except NothingToRender as error:
        raise UnreadableDocument("nothing to render") from error
