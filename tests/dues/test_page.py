"""The page: order in force, calculator, versions, archive."""

import pytest
from wagtail.models import Site

from dues.models import DuesPage
from membership.models import MembershipPage
from tests.factories.dues import create_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    root = Site.objects.get(is_default_site=True).root_page
    parent = root.add_child(instance=MembershipPage(title="Mitglied werden", slug="mitglied-werden"))
    page = DuesPage(title="Beitrags- und Finanzordnung", slug="beitragsordnung", intro="Was es kostet.")
    parent.add_child(instance=page)
    return page


def test_shows_the_order_in_force(client, page):
    create_order()
    response = client.get(page.url)
    assert response.status_code == 200
    assert "60,00 € im Jahr" in response.content.decode()
