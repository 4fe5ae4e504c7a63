"""Menus, breadcrumbs and language links of a page's frame, all read from the snapshot of the public tree."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_info

from portal.delivery import tree as public_tree
from portal.delivery.snapshot import Snapshot, snapshot
from portal.delivery.tree import Node, Tree

# Pages that the footer of every page links to, whatever their place in the tree.
FOOTER_MODELS = ("pages.legalpage", "pages.contactpage")


@dataclass(frozen=True)
class MenuItem:
    """A line of a menu."""

    title: str
    url: str
    is_current: bool = False
    is_ancestor: bool = False
    children: "list[MenuItem]" = field(default_factory=list)


@dataclass(frozen=True)
class LanguageLink:
    """The page in one language it exists in."""

    code: str
    label: str
    url: str
    absolute_url: str
    is_current: bool


def absolute(url: str) -> str:
    """Return ``url`` under the site's one public address."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + url


def own_name(language: str) -> str:
    """Return what speakers call ``language``."""
    try:
        return get_language_info(language)["name_local"].capitalize()
    except KeyError:
        # Languages Django does not know are named in the settings as their speakers do.
        return str(dict(settings.LANGUAGES)[language])


def language_links(node: Node, tree: Tree) -> list[LanguageLink]:
    """Return links to the page in every language it exists in; empty unless there is a choice."""
    translations = tree.translations(node)
    if len(translations) < 2:
        return []
    return [
        LanguageLink(
            code=translation.language,
            label=own_name(translation.language),
            url=translation.url,
            absolute_url=absolute(translation.url),
            is_current=translation is node,
        )
        for translation in translations
    ]


class Shell:
    """The frame of the page at ``path``; everything is looked up in the snapshot, once, when first asked for."""

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def _snapshot(self) -> Snapshot:
        return snapshot()

    @cached_property
    def _tree(self) -> Tree:
        return self._snapshot.part(public_tree.PART)

    @cached_property
    def _node(self) -> Node | None:
        return self._tree.at(self.path)

    @cached_property
    def _trail(self) -> list[Node]:
        """The pages from the home page to this address; for an address that is no page, to the one above it."""
        nearest = self._tree.nearest(self.path)
        return [*nearest.trail, nearest] if nearest else []

    @cached_property
    def home(self) -> Node | None:
        """The home page in the language of this page, or else in the site's first language."""
        language = self._node.language if self._node else get_language()
        return self._tree.homes.get(language) or self._tree.homes.get(settings.LANGUAGE_CODE)

    @property
    def is_home(self) -> bool:
        return self._node is not None and self._node is self.home

    @cached_property
    def association(self) -> Any:
        return self._snapshot.part("association")

    @cached_property
    def is_live(self) -> bool:
        return self._snapshot.part("is_live")

    @cached_property
    def main_menu(self) -> list[MenuItem]:
        """The home page's children that are shown in menus, with theirs."""
        return self._items(self.home.children if self.home else [], levels=2)

    @cached_property
    def place_in_menu(self) -> tuple[Any, ...]:
        """What header and footer depend on: which entries of the menus are marked, and the page's other languages."""
        shown = [node.pk for node in self._trail[1:3] if node.in_menus]
        is_marked_itself = self._node is not None and (self.is_home or self._node.pk in shown)
        return (
            self.home and self.home.pk,
            tuple(shown),
            is_marked_itself,
            self._node.pk if self._node and (self.languages or self._node.model in FOOTER_MODELS) else None,
        )

    @cached_property
    def footer_menu(self) -> list[MenuItem]:
        """Contact and legal pages in the language of this page."""
        home = self.home
        nodes = [node for node in self._tree if node.model in FOOTER_MODELS and home and node.language == home.language]
        return [self._item(node, levels=1) for node in nodes]

    @cached_property
    def footer_areas(self) -> list[MenuItem]:
        """What the main menu has beside the pages that stand in the footer's own menu."""
        told = {item.url for item in self.footer_menu}
        return [item for item in self.main_menu if item.url not in told]

    @cached_property
    def breadcrumbs(self) -> list[MenuItem]:
        """The way from the home page to here; the last one is current if this address is a page."""
        return [] if self.is_home else [self._item(node, levels=1) for node in self._trail]

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The page in every language it exists in; empty unless there is a choice."""
        return language_links(self._node, self._tree) if self._node else []

    @property
    def canonical_url(self) -> str:
        """The one address search engines should keep, without a query; the frame adds the part of a long list."""
        return absolute(self._node.url if self._node else self.path)

    @property
    def structured_data(self) -> list[dict[str, Any]]:
        """The association and the way here, in the words of schema.org."""
        items: list[dict[str, Any]] = [
            {
                "@type": "Organization",
                "@id": absolute("/#organisation"),
                "name": self.association.full_name,
                "alternateName": self.association.short_name,
                "url": absolute("/"),
            }
        ]
        if self.breadcrumbs:
            places = [
                {"@type": "ListItem", "position": number, "name": item.title, "item": absolute(item.url)}
                for number, item in enumerate(self.breadcrumbs, start=1)
            ]
            items.append({"@type": "BreadcrumbList", "itemListElement": places})
        return items

    def _items(self, nodes: list[Node], *, levels: int) -> list[MenuItem]:
        return [self._item(node, levels=levels) for node in nodes if node.in_menus]

    def _item(self, node: Node, *, levels: int) -> MenuItem:
        return MenuItem(
            title=node.label,
            url=node.url,
            is_current=node is self._node,
            is_ancestor=node in self._trail and node is not self._node,
            children=self._items(node.children, levels=levels - 1) if levels > 1 else [],
        )
