"""What the files say becomes the values of model fields and blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock

from home.starter.rich_text import rich_text
from library.blocks import DownloadChooserBlock
from library.models import Download, Picture


@dataclass(frozen=True)
class References:
    """Finds what the files name: primary keys by page slug, picture name and download name."""

    page: Callable[[str], int]
    picture: Callable[[str], int]
    download: Callable[[str], int]

    def rich_text(self, text: str) -> str:
        """Return Markdown as rich text with links to pages."""
        return rich_text(text, page_key=self.page)


def field_value(field: models.Field, written: Any, references: References) -> Any:
    """Return what to assign to ``field`` (to its column, for a foreign key)."""
    if isinstance(field, StreamField):
        return stream_value(field.stream_block, written, references)
    if isinstance(field, RichTextField):
        return references.rich_text(written)
    if isinstance(field, models.ForeignKey):
        return related_key(field.related_model, written, references)
    if isinstance(field, models.DateTimeField):
        return moment(written)
    return written.strip() if isinstance(written, str) else written


def related_key(model: type[models.Model], name: str, references: References) -> int:
    """Return the primary key of the picture, download or page called ``name``."""
    if issubclass(model, Picture):
        return references.picture(name)
    if issubclass(model, Download):
        return references.download(name)
    return references.page(name)


def moment(written: str | datetime) -> datetime:
    """Return „2027-03-18 10:00“ as that hour in Germany."""
    parsed = written if isinstance(written, datetime) else parse_datetime(written)
    if parsed is None:
        raise ValueError(f"{written!r} is no date with time")
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)


def stream_value(block: blocks.StreamBlock, written: list[dict[str, Any]], references: References) -> Any:
    """Return a stream of ``[{block name: value}, …]``, checked as if an editor had typed it."""
    raw = []
    for item in written:
        ((name, value),) = item.items()
        raw.append({"type": name, "value": raw_value(block.child_blocks[name], value, references)})
    return block.clean(block.to_python(raw))


def raw_value(block: blocks.Block, written: Any, references: References) -> Any:
    """Return a block's value in the form it is stored in."""
    if isinstance(block, blocks.StructBlock):
        return {
            name: raw_value(child, written[name], references)
            for name, child in block.child_blocks.items()
            if name in written
        }
    if isinstance(block, blocks.ListBlock):
        return [raw_value(block.child_block, item, references) for item in written]
    if isinstance(block, blocks.RichTextBlock):
        return references.rich_text(written)
    if isinstance(block, blocks.ChooserBlock):
        return _chosen_key(block, written, references)
    return block.get_prep_value(block.to_python(written.strip() if isinstance(written, str) else written))


def _chosen_key(block: blocks.ChooserBlock, name: str, references: References) -> int:
    if isinstance(block, ImageChooserBlock):
        return references.picture(name)
    if isinstance(block, DownloadChooserBlock):
        return references.download(name)
    return references.page(name)
