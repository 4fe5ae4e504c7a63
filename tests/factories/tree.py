"""Small page trees for tests of what stands around the pages."""

from typing import Any

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from pages.models import StandardPage


def plant_home(**fields: Any) -> HomePage:
    """Make a home page the root of the default site, without any other page."""
    Page.objects.filter(depth__gt=1).delete()
    home = HomePage(**{"title": "Startseite", "slug": "start", "locale": Locale.get_default(), **fields})
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def plant_page(parent: Page, title: str, *, model: type[Page] = StandardPage, **fields: Any) -> Page:
    """Publish a page below ``parent`` that menus show; its address is its title in lower case."""
    page = model(**{"title": title, "slug": title.lower(), "show_in_menus": True, "locale": parent.locale, **fields})
    parent.add_child(instance=page)
    return page
