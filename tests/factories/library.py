"""Pictures, documents and downloads for tests."""

import io

import factory
from django.core.files.base import ContentFile
from PIL import Image

from library.models import Download, LibraryDocument, Picture

# The smallest file that is recognized as a PDF; nothing opens it.
TINY_PDF = b"%PDF-1.4\n%%EOF\n"


def picture_file(name: str = "bild.jpg", *, size: tuple[int, int] = (40, 30), color: str = "#1f6b4a") -> ContentFile:
    """A picture of one color; the name's ending says which format."""
    kind = {"jpg": "JPEG", "jpeg": "JPEG"}.get(name.rsplit(".", 1)[-1], name.rsplit(".", 1)[-1].upper())
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, kind)
    return ContentFile(content.getvalue(), name=name)


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    title = "Platz im Quartier"
    description = "Menschen sitzen auf einem Platz"
    file = factory.LazyFunction(picture_file)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LibraryDocument

    class Params:
        content = TINY_PDF
        file_name = "Satzung.pdf"

    title = "Satzung"
    file = factory.LazyAttribute(lambda values: ContentFile(values.content, name=values.file_name))


class DownloadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Download
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda number: f"download-{number}")
    title = "Satzung"
    document = factory.SubFactory(DocumentFactory)
