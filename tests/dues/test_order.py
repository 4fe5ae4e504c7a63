"""A dues order: standing from the dates, frozen once published, copied into a new draft."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from dues.enums import Standing
from dues.models import DuesOrder, OrderFrozenError
from portal.association.enums import ApplicantKind, MembershipType
from tests.factories.dues import create_order, make_rate

pytestmark = pytest.mark.django_db


def test_standing_follows_from_the_dates():
    old = create_order(valid_from=dt.date(2024, 1, 1))
    current = create_order(valid_from=dt.date(2026, 1, 1))
    coming = create_order(valid_from=dt.date(2027, 1, 1))
    draft = create_order(valid_from=dt.date(2026, 6, 1), published=False)
    day = dt.date(2026, 12, 31)
    assert [order.standing(day) for order in (old, current, coming, draft)] == [
        Standing.SUPERSEDED,
        Standing.IN_FORCE,
        Standing.UPCOMING,
        Standing.DRAFT,
    ]
    assert DuesOrder.objects.in_force(day) == current
    assert list(DuesOrder.objects.upcoming(day)) == [coming]
    assert list(DuesOrder.objects.superseded(day)) == [old]
    assert DuesOrder.objects.in_force(dt.date(2027, 1, 1)) == coming
    assert DuesOrder.objects.in_force(dt.date(2023, 12, 31)) is None
    assert list(DuesOrder.objects.superseded(dt.date(2023, 12, 31))) == []


def test_versions_are_counted_when_published():
    draft = create_order(published=False)
    first = create_order(valid_from=dt.date(2024, 1, 1))
    second = create_order(valid_from=dt.date(2025, 1, 1))
    assert (draft.version, first.version, second.version) == (None, 1, 2)
    assert second.version_label == "Fassung 2, gültig ab 01.01.2025"
    assert draft.version_label == "Entwurf, gilt ab 01.01.2020"


def test_rates_for_kind_and_type_in_order_of_display():
    order = create_order(
        rates=[
            make_rate(category="Vereine", applicant_kinds=[ApplicantKind.LEGAL_PERSON]),
            make_rate(category="Alle"),
            make_rate(category="Förderer", membership_types=[MembershipType.SUPPORTING]),
        ]
    )
    names = [rate.category for rate in order.rates_for(ApplicantKind.LEGAL_PERSON, MembershipType.REGULAR)]
    assert names == ["Vereine", "Alle"]
    names = [rate.category for rate in order.rates_for(ApplicantKind.NATURAL_PERSON, MembershipType.SUPPORTING)]
    assert names == ["Alle", "Förderer"]


def test_published_order_refuses_changes():
    order = create_order()
    order.title = "Anders"
    with pytest.raises(OrderFrozenError) as refusal:
        order.save()
    assert refusal.value.messages == [
        "Diese Ordnung ist veröffentlicht und unveränderlich. Legen Sie eine neue Fassung an."
    ]
    with pytest.raises(OrderFrozenError):
        order.delete()
    with pytest.raises(OrderFrozenError):
        order.freeze()
    rate = order.rates.get()
    rate.amount = Decimal(70)
    with pytest.raises(OrderFrozenError):
        rate.save()
    with pytest.raises(OrderFrozenError):
        rate.delete()


def test_two_orders_on_one_day_are_refused():
    create_order(valid_from=dt.date(2026, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        create_order(valid_from=dt.date(2026, 1, 1))
    assert refusal.value.messages == ["An diesem Tag tritt schon eine andere Fassung in Kraft."]


def test_a_new_version_is_a_draft_with_the_same_rates():
    order = create_order(rates=[make_rate(amount=Decimal("60.00")), make_rate(category="Ermäßigt")], title="Ordnung")
    draft = order.copy_as_draft(dt.date(2027, 1, 1))
    assert (draft.title, draft.version, draft.published_at, draft.valid_from) == (
        "Ordnung",
        None,
        None,
        dt.date(2027, 1, 1),
    )
    assert [(rate.category, rate.amount) for rate in draft.rates.all()] == [
        ("Regelbeitrag", Decimal("60.00")),
        ("Ermäßigt", Decimal("60.00")),
    ]
    assert [rate.category for rate in DuesOrder.objects.get(pk=order.pk).rates.all()] == ["Regelbeitrag", "Ermäßigt"]
