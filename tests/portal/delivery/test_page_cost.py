"""What a public page costs: queries with warm and cold caches, however many pages stand beside it, and bytes."""

import re

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from wagtail.models import Page

from pages.models import StandardPage
from portal.delivery import snapshot as delivery
from portal.delivery.tree import PART
from tests.factories.tree import plant_page

WARM, COLD = 12, 25
WITHOUT_LISTS = 4
LISTS = {"home.homepage", "pages.newsindexpage", "pages.meetingindexpage"}
LARGEST_HOME_PAGE = 30 * 1024
LARGEST_CSS = 60 * 1000
FORBIDDEN = (
    r"<style|\sstyle=|\son\w+=\"",
    r"<script(?! type=\"application/ld\+json\">)[^>]*>",
    r"(?:src|srcset|action)=\"(https?:[^\"]*)",
)


def public_addresses() -> list[str]:
    return [node.url for node in delivery.snapshot().part(PART)]


def forget_everything() -> None:
    delivery._kept = None
    cache.clear()
    ContentType.objects.clear_cache()


def costs(client, address: str, count_queries) -> int:
    with count_queries() as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries)


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


def test_no_page_costs_more_than_its_share(site, client, count_queries) -> None:
    cold, warm = {}, {}
    for address in [*public_addresses(), "/suche/", "/suche/?q=Verein", "/mitglied-werden/antrag/"]:
        # Pictures are cut to size once in their life, not once per cold start.
        client.get(address)
        forget_everything()
        cold[address] = costs(client, address, count_queries)
        warm[address] = costs(client, address, count_queries)

    assert {address: number for address, number in warm.items() if number > WARM} == {}
    assert {address: number for address, number in cold.items() if number > COLD} == {}


def test_a_page_without_lists_costs_four_queries_at_most(site, client, count_queries) -> None:
    """On SQLite and PostgreSQL alike; outside a test's transaction the first of them, for the version, falls away."""
    costly = {}
    for node in delivery.snapshot().part(PART):
        if node.model in LISTS:
            continue
        client.get(node.url)
        with count_queries() as queries:
            assert client.get(node.url).status_code == 200
        if len(queries) > WITHOUT_LISTS:
            costly[node.url] = [query["sql"] for query in queries]

    assert costly == {}


@pytest.mark.parametrize("address", ["/", "/aktuelles/", "/arbeitstreffen/", "/ueber-uns/"])
def test_siblings_cost_nothing(site, client, count_queries, address: str) -> None:
    def add_siblings(number: int, first: int) -> None:
        home = Page.objects.get(pk=site.root_page_id)
        for index in range(first, first + number):
            plant_page(home, f"Geschwister-{index}", model=StandardPage)

    add_siblings(3, first=0)
    client.get(address)
    with_three = costs(client, address, count_queries)
    add_siblings(297, first=3)
    client.get(address)

    assert costs(client, address, count_queries) == with_three


def test_the_home_page_is_small(site, client) -> None:
    assert len(client.get("/").content) <= LARGEST_HOME_PAGE


def test_our_own_css_is_small() -> None:
    folder = settings.BASE_DIR / "portal" / "static" / "css"

    assert sum(file.stat().st_size for file in folder.glob("*.css")) <= LARGEST_CSS


def test_readers_get_no_cookie(site, client) -> None:
    given = {address: dict(client.get(address).cookies) for address in public_addresses()}

    assert {address for address, cookies in given.items() if cookies} == {"/kontakt/"} & set(given)


def test_pages_hold_no_inline_style_or_script_and_name_no_other_host(site, client) -> None:
    offences = []
    for address in public_addresses():
        page = client.get(address).content.decode()
        offences += [(address, found) for found in re.findall(r"<style|\sstyle=|\son\w+=\"", page)]
        offences += [
            (address, found) for found in re.findall(r"<script(?! type=\"application/ld\+json\">)[^>]*>", page)
        ]
        offences += [(address, found) for found in re.findall(r"(?:src|srcset|action)=\"(https?:[^\"]*)", page)]

    assert offences == []
