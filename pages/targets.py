"""Where links in blocks lead: only to what the reader may see."""

from typing import TYPE_CHECKING

from django.utils.translation import get_language

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


def public_child(page: "Page", model: "type[Page]") -> "Node | None":
    """Return the first page of ``model`` right below ``page`` that everybody may read."""
    node = snapshot().part(public_tree.PART).by_pk.get(page.pk)
    return next((child for child in node.children if child.model == model._meta.label_lower), None) if node else None
