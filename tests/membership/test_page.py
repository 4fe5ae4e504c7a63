"""„Mitglied werden“: costs, way, both ways in; an address that stays, and one that is kept free."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, Site

from dues.models import DuesOrder
from membership.models import MembershipPage
from pages.models import StandardPage
from portal.association.enums import ApplicantKind
from tests.factories.membership import create_association

pytestmark = pytest.mark.django_db

URL = "/mitglied-werden/"


@pytest.fixture
def page(site: Site) -> MembershipPage:
    return MembershipPage.objects.get(locale__language_code="de")


def test_costs_come_from_the_dues_order(page: MembershipPage, client: Client) -> None:
    html = client.get(URL).content.decode()
    order = DuesOrder.objects.in_force()
    categories = re.findall(r'class="costs__category">([^<]+)<', html)
    assert categories == [
        rate.category for kind in ApplicantKind.values for rate in order.rates.all() if kind in rate.applicant_kinds
    ]


def test_the_lowest_amount_stands_at_a_glance(page: MembershipPage, client: Client) -> None:
    html = client.get(URL).content.decode()
    assert "ab 30,00\N{NO-BREAK SPACE}€ im Jahr" in html


def test_each_way_at_a_glance_leads_to_its_section(page: MembershipPage, client: Client) -> None:
    create_association(decision_duration="vier bis sechs Wochen")
    html = client.get(URL).content.decode()
    targets = re.findall(r'class="glance__link" href="#(\w+)"', html)
    assert targets == ["wer", "kosten", "ablauf", "antrag"]
    assert [html.count(f'id="{target}"') for target in targets] == [1, 1, 1, 1]


def test_without_dues_order_it_says_so(page: MembershipPage, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("membership.models.page.order_in_force", lambda: None)
    html = client.get(URL).content.decode()
    assert "Die Beitrags- und Finanzordnung wird zurzeit überarbeitet." in html
    assert "costs__category" not in html
    assert "im Jahr</strong>" not in html


def test_both_ways(page: MembershipPage, client: Client) -> None:
    html = client.get(URL).content.decode()
    assert 'href="/mitglied-werden/antrag/"' in html
    downloads = re.findall(r'class="download-link"[^>]*href="([^"]+)"', html)
    assert downloads == ["/downloads/aufnahmeantrag/", "/downloads/beitragsordnung/", "/downloads/satzung/"]


def test_duration_is_said_where_it_is_known(page: MembershipPage, client: Client) -> None:
    assert "In der Regel dauert das" not in client.get(URL).content.decode()
    create_association(decision_duration="vier bis sechs Wochen")
    assert "In der Regel dauert das vier bis sechs Wochen." in client.get(URL).content.decode()


def test_it_stays_where_it_is(page: MembershipPage, admin_user) -> None:
    tester = page.permissions_for_user(admin_user)
    assert [tester.can_delete(), tester.can_unpublish(), tester.can_move()] == [False, False, False]
    page.slug = "anders"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert refused.value.messages == [
        (
            "Die Adresse dieser Seite bleibt „mitglied-werden“: "
            "Formular, Beitragsordnung und gedruckte Anträge verweisen auf sie."
        )
    ]


def test_no_page_takes_the_address_of_the_form(page: MembershipPage) -> None:
    child = StandardPage(title="Antrag", slug="antrag", locale=page.locale)
    with pytest.raises(ValidationError) as refused:
        page.add_child(instance=child)
    assert refused.value.messages == ["Die Adresse „antrag“ ist schon vergeben. Bitte wählen Sie eine andere."]
    assert not Page.objects.filter(slug="antrag").exists()


def test_the_form_wins_over_pages(page: MembershipPage, client: Client) -> None:
    response = client.get("/mitglied-werden/antrag/")
    assert next(template.name for template in response.templates if template.name) == "membership/choose.html"
