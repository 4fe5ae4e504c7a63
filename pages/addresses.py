"""Full addresses for what leaves the site: calendars, feeds, structured data."""

from django.conf import settings
from wagtail.models import Page


def absolute_url(address: str) -> str:
    """Return ``address`` (a path on this site) under the site's one public address."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + address


def page_address(page: Page) -> str:
    """Return the page's full address, or "" for one that is not below the site's home page yet."""
    return absolute_url(page.url) if page.url else ""
