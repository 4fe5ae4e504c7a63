"""Languages, site and home page: what every other page hangs from."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

HTTP_PORTS = {"http": 80, "https": 443}
# Wagtail's first migrations leave a page and two groups behind that nobody here uses.
WAGTAILS_GROUPS = ("Moderators", "Editors")


def ensure_locales() -> None:
    """Make sure that pages can exist in every content language."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def ensure_site(home: Page) -> None:
    """Serve ``home`` at the portal's address; a site that an administrator has set up stays."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and site.root_page.specific_class is type(home):
        return
    site = site or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or HTTP_PORTS.get(address.scheme, 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    remove_wagtails_welcome()


def remove_wagtails_welcome() -> None:
    """Remove the page and the groups of Wagtail's first migrations while nothing depends on them."""
    plain = ContentType.objects.get_for_model(Page)
    for page in Page.objects.filter(depth=2, slug="home", content_type=plain, numchild=0, latest_revision=None):
        page.delete()
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None).delete()
