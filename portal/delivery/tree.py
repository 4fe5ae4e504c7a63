"""The public page tree: every published page that anybody may read, with address and place, and nothing else.

Pages below a privacy restriction never get in, nor do copies that wagtail-localize keeps in a language until somebody
translates them. Collecting costs a handful of queries, however many pages there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site, get_page_models

PART = "tree"
# What wagtail-localize keeps in a language until somebody translates it.
COPIES_OF_ANOTHER_LANGUAGE = Q(alias_of__isnull=False) & ~Q(alias_of__locale=F("locale"))


@dataclass(slots=True, eq=False)
class Node:
    """A public page: enough for menus, breadcrumbs, language links and the sitemap. Compared by identity.

    All threads read it: never change one. (Freezing would double the time a large tree takes.) ``label`` is its name in
    menus and breadcrumbs, ``changed_at`` when it was last published, in UTC, as the database writes it.
    """

    pk: int
    title: str
    label: str
    url: str
    language: str
    translation_key: str
    model: str
    in_menus: bool
    changed_at: str | None
    is_alias: bool
    parent: "Node | None"
    children: "list[Node]" = field(default_factory=list)

    @property
    def trail(self) -> "list[Node]":
        """The public ancestors from the language's home page down, without the page itself."""
        nodes: list[Node] = []
        node = self.parent
        while node is not None:
            nodes.append(node)
            node = node.parent
        return nodes[::-1]


@dataclass(frozen=True)
class Tree:
    """All public pages of the site, in the order editors gave them."""

    homes: dict[str, Node]
    by_url: dict[str, Node]
    by_pk: dict[int, Node]
    by_translation_key: dict[str, list[Node]]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.by_url.values())

    def at(self, path: str) -> Node | None:
        """Return the page with exactly this address."""
        return self.by_url.get(path if path.endswith("/") else f"{path}/")

    def nearest(self, path: str) -> Node | None:
        """Return the page with this address or the closest one above it."""
        steps = path.strip("/").split("/")
        for length in range(len(steps), 0, -1):
            node = self.by_url.get("/" + "/".join(steps[:length]) + "/")
            if node:
                return node
        return self.by_url.get("/")

    def translations(self, node: Node) -> list[Node]:
        """Return the page in every language it exists in, itself included."""
        return self.by_translation_key[node.translation_key]


def build_tree() -> Tree:
    """Collect the public tree of the default site in all its languages."""
    roots = _home_paths()
    tree = Tree(homes={}, by_url={}, by_pk={}, by_translation_key={})
    by_path: dict[str, Node] = {}
    menu_titles = _menu_titles()
    for pk, title, path, url_path, in_menus, changed_at, original, key, language, app, model in _public_pages():
        home_path = next((root for root in roots if path.startswith(root)), None)
        if home_path is None:
            continue
        parent = by_path.get(path[: -Page.steplen]) if path != home_path else None
        address, home_url_path = roots[home_path]
        url = address + url_path.removeprefix(home_url_path)
        node = by_path[path] = tree.by_url[url] = tree.by_pk[pk] = Node(
            pk,
            title,
            menu_titles.get(pk, title),
            url,
            language,
            key,
            f"{app}.{model}",
            in_menus,
            changed_at,
            original is not None,
            parent,
        )
        tree.by_translation_key.setdefault(key, []).append(node)
        if parent is not None:
            parent.children.append(node)
        elif path == home_path:
            tree.homes[language] = node
    return tree


def _public_pages() -> Iterator[tuple[Any, ...]]:
    return (
        Page.objects.live()
        .public()
        .exclude(COPIES_OF_ANOTHER_LANGUAGE)
        .order_by("path")
        .values_list(
            "pk",
            "title",
            "path",
            "url_path",
            "show_in_menus",
            # As texts: making moments and keys of them takes longer than all the rest.
            Cast("last_published_at", TextField()),
            "alias_of",
            Cast("translation_key", TextField()),
            "locale__language_code",
            "content_type__app_label",
            "content_type__model",
        )
        .iterator()
    )


def _menu_titles() -> dict[int, str]:
    """Return the names that pages have in menus where it is not their title, by one query over all kinds of pages."""
    named = [
        model.objects.exclude(menu_title="").order_by().values_list("pk", "menu_title")
        for model in get_page_models()
        if any(field.name == "menu_title" for field in model._meta.get_fields())
    ]
    return dict(named[0].union(*named[1:], all=True)) if named else {}


def _home_paths() -> dict[str, tuple[str, str]]:
    """Return tree path → (address, url path) of the home page in each language."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).select_related("locale")
    return {home.path: (_address(home.locale.language_code), home.url_path) for home in homes}


def _address(language: str) -> str:
    with translation.override(language):
        return reverse("wagtail_serve", args=[""])
