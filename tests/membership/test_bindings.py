"""Applications bind the time since they were submitted: no order begins before them any more."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dues import bindings
from dues.guards import errors
from dues.publishing import publish_order
from membership.bindings import submitted_since
from tests.factories.dues import create_order
from tests.factories.membership import create_application, create_user

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 3, 10)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    # Half past midnight in Germany: still the day before in UTC.
    time_machine.move_to("2027-03-10 00:30+01:00", tick=False)


def test_counts_from_the_beginning_of_the_day_here() -> None:
    create_application()
    create_application(confirmed=False)
    assert timezone.localdate() == TODAY
    assert [submitted_since(day) for day in (dt.date(2020, 1, 1), TODAY, dt.date(2027, 3, 11))] == [2, 2, 0]


def test_dues_ask_membership() -> None:
    create_application()
    assert bindings.bound_since(dt.date(2027, 3, 9)) == 1


def test_an_order_that_begins_before_an_application_is_refused() -> None:
    create_application()
    draft = create_order(published=False, valid_from=dt.date(2027, 3, 9))
    with pytest.raises(ValidationError) as refusal:
        publish_order(draft, published_by=create_user("kasse@example.org"))
    (message,) = refusal.value.messages
    assert message == (
        "Die Ordnung beginnt am 09.03.2027, also in der Vergangenheit. An die Zeit seither sind schon Anträge oder "
        "Forderungen gebunden (1). Bitte wählen Sie einen Tag ab heute."
    )


def test_without_applications_since_then_it_is_a_warning() -> None:
    draft = create_order(published=False, valid_from=dt.date(2027, 3, 9))
    assert errors(draft) == []
