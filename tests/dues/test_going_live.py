"""The portal is not ready while the dues order is missing or says that it is a sample."""

import datetime as dt

import pytest

from dues.going_live import open_points
from portal.association import going_live
from tests.factories.dues import create_order, make_rate

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/beitragsordnungen/"


def points():
    return [(str(point.label), point.url) for point in open_points()]


def test_without_an_order_in_force():
    create_order(valid_from=dt.date(2099, 1, 1))
    assert points() == [("Es ist keine Beitrags- und Finanzordnung in Kraft.", ADDRESS)]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Beitrags- und Finanzordnung (Muster)"},
        {"resolution_body": "Mitgliederversammlung (Muster)"},
        {"preamble": "<p>Muster: noch nicht beschlossen.</p>"},
        {"paragraphs": [("paragraph", {"number": "§ 1", "title": "Muster", "text": "<p>Text</p>"})]},
        {"rates": [{"category": "Regelbeitrag (Muster)"}]},
    ],
)
def test_while_anything_says_sample(fields):
    if "rates" in fields:
        fields = {"rates": [make_rate(**rate) for rate in fields["rates"]]}
    create_order(**fields)
    assert points() == [("Die Beitrags- und Finanzordnung ist noch ein Muster.", ADDRESS)]


def test_nothing_is_open_with_an_order_of_the_association_own():
    create_order(preamble="<p>Das gilt zum Beispiel für Träger.</p>")
    assert points() == []


def test_the_check_is_registered():
    labels = [str(point.label) for point in going_live.open_points()]
    assert "Es ist keine Beitrags- und Finanzordnung in Kraft." in labels
