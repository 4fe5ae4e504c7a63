"""Addresses lead to pages by the snapshot; what is not public is still Wagtail's to refuse."""

import pytest
from wagtail.models import PageViewRestriction

from portal.delivery.version import raise_content_version
from tests.factories.tree import plant_home, plant_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = plant_home()
    about = plant_page(home, "Verein")
    plant_page(plant_page(about, "Vorstand"), "Amtszeit")
    plant_page(plant_page(home, "Entwurf", live=False), "Unterseite")
    internal = plant_page(home, "Intern")
    plant_page(internal, "Protokolle")
    PageViewRestriction.objects.create(page=internal, restriction_type=PageViewRestriction.LOGIN)
    return home


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/", 200, "Startseite"),
        ("/verein/vorstand/amtszeit/", 200, "Amtszeit"),
        # published, although the page above it is not
        ("/entwurf/unterseite/", 200, "Unterseite"),
        ("/entwurf/", 404, None),
        ("/verein/unbekannt/", 404, None),
        ("/unbekannt/verein/", 404, None),
        ("/intern/", 302, None),
        ("/intern/protokolle/", 302, None),
        ("/intern/unbekannt/", 404, None),
    ],
)
def test_addresses_lead_where_they_should(client, home, address: str, status: int, title: str | None) -> None:
    response = client.get(address)

    page = (response.context or {}).get("page") if status == 200 else None
    assert (response.status_code, page and page.title) == (status, title)


def test_a_page_that_has_just_become_private_is_refused(client, home) -> None:
    page = home.get_children().get(slug="verein")
    before = client.get("/verein/").status_code
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert (before, client.get("/verein/").status_code) == (200, 302)


def test_a_restriction_written_without_a_signal_counts_at_once(client, home) -> None:
    client.get("/verein/")
    page = home.get_children().get(slug="verein")
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="login")])

    assert client.get("/verein/").status_code == 302


def test_a_copy_of_a_restricted_page_is_as_restricted(client, home) -> None:
    client.get("/verein/")
    page = home.get_children().get(slug="verein").specific
    page.create_alias(update_slug="doppel")
    before = client.get("/doppel/").status_code
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert (before, client.get("/doppel/").status_code) == (200, 302)


def test_depth_costs_nothing(client, home, django_assert_num_queries) -> None:
    client.get("/verein/")
    client.get("/verein/vorstand/amtszeit/")

    for address in ("/verein/", "/verein/vorstand/amtszeit/"):
        # version, page
        with django_assert_num_queries(2):
            client.get(address)


def test_a_request_that_changes_content_sees_its_own_change(rf, home) -> None:
    from portal.delivery import snapshot as delivery

    delivery.begin_request()
    try:
        before = delivery.snapshot()
        same = delivery.snapshot()
        raise_content_version()
        after = delivery.snapshot()
    finally:
        delivery.end_request()

    assert (same is before, after is before) == (True, False)
