"""Where links in blocks lead: only to what the reader may see."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from library.models import Download
from portal.delivery import tree as public_tree
from portal.delivery.snapshot import snapshot

if TYPE_CHECKING:
    from wagtail.models import Page

    from portal.delivery.tree import Node


def public_target(page: "Page | None") -> "Node | None":
    """Return ``page`` in the reader's language, else as it was chosen; None unless it is published for everybody."""
    tree = snapshot().part(public_tree.PART)
    node = tree.by_pk.get(page.pk) if page else None
    if node is None:
        return None
    language = get_language()
    return next((other for other in tree.translations(node) if other.language == language), node)


def public_downloads(chosen: "Iterable[Download | None]") -> list[Download]:
    """Return the downloads among ``chosen`` that everybody may read, in the same order, ready to be shown."""
    keys = [download.pk for download in chosen if download]
    if not keys:
        return []
    found = Download.objects.public().with_files().in_bulk(keys)
    return [found[key] for key in keys if key in found]
