"""Publishing: checked, logged, once; two people at once on PostgreSQL."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from dues.models import DuesOrder, OrderFrozenError
from dues.publishing import draft_from, publish_order
from portal.association.enums import ApplicantKind
from portal.delivery.version import content_version
from portal.privacy.audit import entries_of
from tests.factories.dues import create_order, make_rate


@pytest.mark.django_db
def test_publishing_freezes_logs_and_raises_the_content_version():
    draft = create_order(published=False)
    before = content_version()
    order = publish_order(draft, published_by=None)
    assert (order.version, order.is_published) == (1, True)
    assert [(entry.action, entry.details) for entry in entries_of(order)] == [("dues_order.published", {"version": 1})]
    assert content_version() > before
    with pytest.raises(OrderFrozenError):
        publish_order(draft, published_by=None)


@pytest.mark.django_db
def test_publishing_refuses_what_the_guards_find():
    draft = create_order(published=False, rates=[make_rate(applicant_kinds=[ApplicantKind.LEGAL_PERSON])])
    with pytest.raises(ValidationError) as refusal:
        publish_order(draft, published_by=None)
    assert refusal.value.messages == [
        f"Für „{who} / {membership}“ gibt es keinen Beitragssatz."
        for who in ("natürliche Person", "nichtrechtsfähiger Zusammenschluss")
        for membership in ("ordentliche Mitgliedschaft", "Fördermitgliedschaft")
    ]
    assert not DuesOrder.objects.get().is_published


@pytest.mark.django_db
def test_publishing_a_deleted_draft():
    draft = create_order(published=False)
    DuesOrder.objects.get().delete()
    with pytest.raises(ValidationError) as refusal:
        publish_order(draft, published_by=None)
    assert refusal.value.messages == ["Diesen Entwurf gibt es nicht mehr."]


@pytest.mark.django_db
def test_a_new_draft_is_logged_with_its_source():
    order = create_order()
    draft = draft_from(order, valid_from=dt.date(2030, 1, 1), drafted_by=None)
    assert [(entry.action, entry.details) for entry in entries_of(draft)] == [
        ("dues_order.drafted", {"source": order.pk})
    ]


def publish_at_once(*drafts):
    """Publish all drafts in threads that start together; return what each got: a version or the error's class."""
    barrier, results = threading.Barrier(len(drafts)), []

    def publish(draft):
        try:
            barrier.wait()
            results.append(publish_order(draft, published_by=None).version)
        except ValidationError as refusal:
            results.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results, key=str)


@pytest.mark.django_db(transaction=True)
def test_two_people_publish_the_same_draft_at_once():
    draft = create_order(published=False)
    assert publish_at_once(draft, draft) == [1, "OrderFrozenError"]


@pytest.mark.django_db(transaction=True)
def test_two_people_publish_two_drafts_for_one_day_at_once():
    drafts = [create_order(published=False), create_order(published=False)]
    assert publish_at_once(*drafts) == [1, "ValidationError"]
    assert DuesOrder.objects.published().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_publish_drafts_for_two_days_at_once():
    drafts = [create_order(published=False), create_order(published=False, valid_from=dt.date(2030, 1, 1))]
    assert publish_at_once(*drafts) == [1, 2]
