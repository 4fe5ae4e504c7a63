"""One rate changed: the new amount is on the page, in the calculator, in the PDF and in the form, from one record."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client
from wagtail.models import Site

from dues.documents import render_order
from dues.models import DuesOrder
from dues.publishing import draft_from, publish_order
from membership import links
from portal.pdf.reading import read_text
from tests.factories.membership import create_application
from tests.membership.test_views_form import begin

pytestmark = pytest.mark.django_db
DUES_PAGE = "/mitglied-werden/beitragsordnung/"
CATEGORY = "Regelbeitrag (Muster)"
NEW_YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def newer(site: Site, time_machine) -> DuesOrder:
    """The sample order, and ten days after New Year one in which the regular dues rose from 60 to 72.40 euros."""
    draft = draft_from(DuesOrder.objects.get(), valid_from=NEW_YEAR, drafted_by=None)
    rate = draft.rates.get(category=CATEGORY)
    rate.amount = Decimal("72.40")
    rate.save()
    order = publish_order(draft, published_by=None)
    time_machine.move_to("2027-01-11 12:00+01:00", tick=False)
    return order


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace("\xa0", " ")


def test_page_and_calculator(newer: DuesOrder, client: Client) -> None:
    page = text_of(client.get(DUES_PAGE).content.decode())
    note = "Für Menschen, die selbst Mitglied werden."
    assert f"{CATEGORY} {note} natürliche Person ordentliche Mitgliedschaft 72,40 € im Jahr" in page
    query = {"art": "natural_person", "mitgliedschaft": "regular", "tag": "01.10.2027"}
    context = client.get(DUES_PAGE, query | {"gruppe": newer.rates.get(category=CATEGORY).pk}).context
    calculation = context["answer"].calculation
    assert (calculation.full_year.amount, calculation.first_year.amount) == (Decimal("72.40"), Decimal("18.10"))


def test_pdf(newer: DuesOrder) -> None:
    text = " ".join(read_text(render_order(newer)).split())
    # The other 60 euros are the groups' dues.
    assert (text.count("72,40 € im Jahr"), text.count("60,00 € im Jahr")) == (1, 1)


def test_form_and_what_it_stores(newer: DuesOrder, client: Client) -> None:
    text = text_of(client.get(links.draft_path(begin(), "beitrag")).content.decode())
    assert (
        f"{CATEGORY}: 72,40 € im Jahr Für Menschen, die selbst Mitglied werden. Dieses Jahr (2027), bei Aufnahme"
        in text
    )
    assert "heute 72,40 € Volles Jahr 72,40 €" in text
    assert "60,00" not in text
    application = create_application()
    assert (application.dues_order, application.yearly_dues) == (newer, Decimal("72.40"))
