"""robots.txt and sitemap.xml."""

import pytest
from wagtail.models import Locale, PageViewRestriction

from tests.factories.tree import plant_home, plant_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public_address(settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://lag.example"


def test_robots_may_read_everything_but_the_admin(client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: https://lag.example/sitemap.xml\n"
    )


def test_the_sitemap_lists_public_pages_in_all_their_languages(client) -> None:
    home = plant_home()
    about = plant_page(home, "Verein")
    plant_page(home, "Entwurf", live=False)
    internal = plant_page(home, "Intern")
    plant_page(internal, "Protokolle")
    PageViewRestriction.objects.create(page=internal, restriction_type=PageViewRestriction.LOGIN)
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english, alias=True)
    translated = about.copy_for_translation(english)
    translated.title = translated.slug = "association"
    translated.save()
    translated.last_published_at = None
    type(translated).objects.filter(pk=translated.pk).update(live=True, last_published_at="2026-11-22T10:00:00Z")

    response = client.get("/sitemap.xml")

    alternates = (
        '<xhtml:link rel="alternate" hreflang="de" href="https://lag.example/verein/"/>'
        '<xhtml:link rel="alternate" hreflang="en" href="https://lag.example/en/association/"/>'
    )
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert response.content.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        "<url><loc>https://lag.example/</loc></url>\n"
        f"<url><loc>https://lag.example/verein/</loc>{alternates}</url>\n"
        "<url><loc>https://lag.example/en/association/</loc><lastmod>2026-11-22T10:00:00Z</lastmod>"
        f"{alternates}</url>\n"
        "</urlset>\n"
    )


def test_a_warm_sitemap_costs_one_query(client, django_assert_num_queries) -> None:
    plant_home()
    client.get("/sitemap.xml")

    with django_assert_num_queries(1):
        client.get("/sitemap.xml")


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml"])
def test_they_are_for_reading_only(client, address: str) -> None:
    assert client.post(address).status_code == 405
