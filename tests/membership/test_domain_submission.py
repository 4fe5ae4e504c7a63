"""Submitting: everything in one transaction, and one application per form."""

import threading

import pytest
from django.db import IntegrityError, connection

from membership.domain import submit_application
from membership.models import Application, CoSignature, SepaMandate
from portal.association.enums import ApplicantKind
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.membership import GROUP, IBAN, LEGAL, NATURAL, SUPPORTING, make_draft, make_mandate

pytestmark = pytest.mark.django_db


def test_stores_what_was_answered_and_shown() -> None:
    draft = make_draft(GROUP, SUPPORTING)
    application = submit_application(draft, key="k1")
    stored = Application.objects.get()
    assert stored == application
    assert stored.state == "unconfirmed"
    assert stored.answers == dict(draft.answers)
    assert (stored.dues_order, stored.dues_rate) == (draft.dues_order, draft.dues_rate)
    assert set(stored.texts.all()) == set(draft.texts)
    assert str(stored) == stored.reference
    assert [(row.position, row.name, row.present) for row in stored.cosignatures.all()] == [(1, "Anna Eins", False)]
    assert not SepaMandate.objects.exists()


def test_queues_one_mail_and_notes_it() -> None:
    application = submit_application(make_draft(), key="k1")
    assert list(QueuedMail.objects.values_list("kind", "object_id")) == [("application_confirm", application.pk)]
    (entry,) = entries_of(application)
    assert (entry.action, entry.details) == (
        "application_submitted",
        {"kind": "natural_person", "membership_type": "regular"},
    )


def test_bank_data_is_unreadable_in_the_database() -> None:
    application = submit_application(make_draft(payment_way="direct_debit", mandate=make_mandate()), key="k1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban, account_holder FROM membership_sepamandate")
        stored = cursor.fetchone()
    assert [value.split(":")[0] for value in stored] == ["test", "test"]
    assert IBAN not in stored[0]
    mandate = SepaMandate.objects.get()
    assert (mandate.iban, mandate.account_holder) == (IBAN, "Mara Muster")
    assert mandate.masked_iban == "DE02 •••• •••• •••• ••20 51"
    assert IBAN not in str(application.answers)


def test_the_same_form_again_is_the_same_application() -> None:
    draft = make_draft()
    first = submit_application(draft, key="k1")
    second = submit_application(make_draft(applicant_name="Jemand anders"), key="k1")
    assert second == first
    assert Application.objects.get().applicant_name == "Dr. Mara Muster"
    assert QueuedMail.objects.count() == 1


def test_another_form_is_another_application() -> None:
    submit_application(make_draft(), key="k1")
    submit_application(make_draft(), key="k2")
    assert Application.objects.count() == 2


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = make_draft(GROUP)

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("membership.domain.submission.queue_mail", fail)
    with pytest.raises(RuntimeError):
        submit_application(draft, key="k1")
    assert [model.objects.count() for model in (Application, CoSignature, QueuedMail)] == [0, 0, 0]


def test_broken_data_is_no_repetition() -> None:
    draft = make_draft(cosigners=[{"name": "A"}], applicant_name=None)
    with pytest.raises(IntegrityError):
        submit_application(draft, key="k1")


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"email": "neu@example.org"}, True),
        ({"phone": "0371 999"}, True),
        ({"first_name": "Maria"}, False),
        ({"field_of_work": "Anderes"}, False),
    ],
)
def test_fingerprint_covers_what_is_signed(changes: dict[str, str], same: bool) -> None:
    draft = make_draft()
    first = submit_application(draft, key="k1")
    email = changes.get("email", draft.email)
    answers = {**draft.answers, **{name: value for name, value in changes.items() if name != "email"}}
    second = submit_application(make_draft(email=email, answers=answers), key="k2")
    assert (second.content_hash == first.content_hash) is same
    assert len(first.content_hash) == 64
    assert first.fingerprint == first.content_hash[:8]


def test_references_are_apart() -> None:
    references = {submit_application(make_draft(kind), key=kind).reference for kind in ApplicantKind}
    assert len(references) == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_parallel_submissions_of_one_form() -> None:
    draft = make_draft(NATURAL)
    start = threading.Barrier(8)
    found: list[int] = []

    def submit() -> None:
        start.wait()
        try:
            found.append(submit_application(draft, key="one form").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Application.objects.get().pk] * 8
    assert QueuedMail.objects.count() == 1


def test_legal_person_keeps_its_signatories() -> None:
    signatories = [{"name": "Vera Vorstand", "function": "Leitung"}]
    application = submit_application(make_draft(LEGAL, answers={"signatories": signatories}), key="k1")
    assert Application.objects.get(pk=application.pk).answers["signatories"] == signatories
