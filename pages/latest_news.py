"""Public news in the order lists show them, from the snapshot: a screen costs the same however many there are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from portal.delivery import tree as public_tree
from portal.delivery.snapshot import snapshot

if TYPE_CHECKING:
    from wagtail.models import Page

    from pages.models.news import NewsQuerySet

PART = "latest_news"


@dataclass(frozen=True)
class LatestNews:
    """News, the latest first; as many as there are keys, read from the database only where somebody looks."""

    keys: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> "NewsQuerySet":
        return _news().filter(pk__in=self.keys[part]).latest_first().for_lists()


def latest_news(below: "Page") -> LatestNews:
    """Return the news below a page that everybody may read."""
    return LatestNews(snapshot().part(PART).get(below.pk, []))


def collect() -> dict[int, list[int]]:
    """Return the keys of all public news, the latest first, for each page they lie below."""
    nodes = snapshot().part(public_tree.PART).by_pk
    keys: dict[int, list[int]] = {}
    for key in _news().latest_first().values_list("pk", flat=True):
        for page in nodes[key].trail if key in nodes else []:
            keys.setdefault(page.pk, []).append(key)
    return keys


def _news() -> "NewsQuerySet":
    return apps.get_model("pages.NewsPage").objects.all()
