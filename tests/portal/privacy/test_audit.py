"""The audit log: added to, read, never changed."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portal.privacy import audit
from portal.privacy.models import AppendOnly, AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return Group.objects.create(name="Beispielgruppe")


@pytest.fixture
def actor():
    return get_user_model().objects.create_user("ada@example.org", "geheim-genug-1")


def test_an_entry_keeps_who_what_when_and_no_text_of_the_subject(subject, actor, time_machine):
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    time_machine.move_to(now, tick=False)

    entry = audit.record(subject, "state_changed", actor=actor, before="received", after="accepted")

    entry = AuditEntry.objects.get(pk=entry.pk)
    assert (entry.at, entry.actor, entry.action, entry.subject_id) == (now, actor, "state_changed", subject.pk)
    assert entry.details == {"before": "received", "after": "accepted"}
    assert entry.subject_reference == ""
    assert "Beispielgruppe" not in str(vars(entry))


def test_a_subject_with_a_reference_keeps_it(subject):
    subject.reference = "2026-0007"

    assert audit.record(subject, "opened").subject_reference == "2026-0007"


def test_the_history_of_one_object_in_order(subject, actor, django_assert_num_queries):
    other = Group.objects.create(name="Andere")
    audit.record(subject, "first", actor=actor)
    audit.record(other, "foreign")
    audit.record(actor, "same_key_other_type")
    audit.record(subject, "second", actor=AnonymousUser())

    with django_assert_num_queries(1):
        history = [(entry.action, entry.actor and entry.actor.email) for entry in audit.entries_of(subject)]

    assert history == [("first", "ada@example.org"), ("second", None)]


def test_entries_cannot_be_changed_or_deleted(subject):
    entry = audit.record(subject, "opened")
    entry.action = "closed"

    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="closed"),
        lambda: AuditEntry.objects.bulk_update([entry], ["action"]),
        lambda: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"action": "closed"}),
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            attempt()

    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["opened"]


def test_an_entry_cannot_be_written_over(subject):
    entry = audit.record(subject, "opened")
    forged = AuditEntry(pk=entry.pk, action="forged", subject_type=entry.subject_type, subject_id=subject.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()

    assert AuditEntry.objects.get().action == "opened"


def test_an_entry_goes_with_the_transaction_that_failed(subject):
    def change_and_fail():
        with transaction.atomic():
            audit.record(subject, "opened")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()

    assert AuditEntry.objects.count() == 0


def test_somebody_who_acted_cannot_be_deleted(subject, actor):
    audit.record(subject, "opened", actor=actor)

    with pytest.raises(ProtectedError):
        actor.delete()
