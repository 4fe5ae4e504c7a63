"""The database refuses changes of a published order by itself, whoever writes."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from dues import triggers
from dues.models import DuesOrder, DuesRate
from tests.factories.dues import create_order, make_rate

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises((IntegrityError, DatabaseError)) as refusal, transaction.atomic():
        change()
    return triggers.MESSAGE in str(refusal.value)


def test_published_rows_cannot_be_updated_or_deleted():
    order = create_order()
    orders, rates = DuesOrder.objects.filter(pk=order.pk), DuesRate.objects.filter(order=order)
    assert refused(lambda: orders.update(title="Anders"))
    assert refused(lambda: orders.update(published_at=None))
    assert refused(lambda: orders._raw_delete("default"))
    assert refused(lambda: rates.update(amount=1))
    assert refused(lambda: rates._raw_delete("default"))
    assert refused(lambda: DuesRate.objects.bulk_create([make_rate(order=order)]))
    stored = DuesOrder.objects.get(pk=order.pk)
    assert (stored.title, stored.rates.get().amount) == (order.title, order.rates.get().amount)


def test_a_rate_cannot_be_moved_into_or_out_of_a_published_order():
    order = create_order()
    draft = create_order(published=False, valid_from=dt.date(2030, 1, 1))
    assert refused(lambda: DuesRate.objects.filter(order=draft).update(order=order))
    assert refused(lambda: DuesRate.objects.filter(order=order).update(order=draft))


def test_drafts_can_be_changed_and_deleted():
    draft = create_order(published=False)
    DuesOrder.objects.filter(pk=draft.pk).update(title="Anders")
    DuesRate.objects.filter(order=draft).update(category="Anders")
    draft = DuesOrder.objects.get(pk=draft.pk)
    assert (draft.title, draft.rates.get().category) == ("Anders", "Anders")
    draft.delete()
    assert not DuesOrder.objects.exists()


def test_installing_twice_and_removing_leave_no_trace():
    order = create_order()
    triggers.install(connection)
    triggers.remove(connection)
    triggers.remove(connection)
    DuesOrder.objects.filter(pk=order.pk).update(title="Anders")
    triggers.install(connection)
    assert refused(lambda: DuesOrder.objects.filter(pk=order.pk).update(title="Wieder anders"))
