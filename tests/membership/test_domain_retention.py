"""What nobody confirms goes after fourteen days, with everything that belongs to it."""

from datetime import timedelta

import pytest

from membership.domain import delete_unconfirmed
from membership.models import Application, ApplicationText, CoSignature, SepaMandate
from portal.mailing.models import QueuedMail
from portal.mailing.periodic import periodic_jobs
from portal.privacy.models import AuditEntry
from tests.factories.membership import GROUP, create_application, make_mandate

pytestmark = pytest.mark.django_db


def test_unconfirmed_goes_after_fourteen_days() -> None:
    old = create_application(GROUP, confirmed=False, payment_way="direct_debit", mandate=make_mandate())
    confirmed = create_application(GROUP)
    due = old.submitted_at + timedelta(days=14)
    assert delete_unconfirmed(due - timedelta(seconds=1)) == 0
    assert delete_unconfirmed(due) == 1
    assert list(Application.objects.all()) == [confirmed]
    assert SepaMandate.objects.count() == 0
    assert {row.application for row in CoSignature.objects.all()} == {confirmed}
    assert {row.application for row in ApplicationText.objects.all()} == {confirmed}


def test_its_mail_is_taken_back_and_a_line_stays() -> None:
    application = create_application(confirmed=False)
    key, reference = application.pk, application.reference
    delete_unconfirmed(application.submitted_at + timedelta(days=15))
    assert [mail.state for mail in QueuedMail.objects.filter(object_id=key)] == ["cancelled"]
    assert list(AuditEntry.objects.values_list("action", "subject_reference")) == [
        ("application_submitted", reference),
        ("unconfirmed_deleted", reference),
    ]


def test_a_second_run_finds_nothing() -> None:
    application = create_application(confirmed=False)
    later = application.submitted_at + timedelta(days=15)
    assert [delete_unconfirmed(later), delete_unconfirmed(later)] == [1, 0]


def test_the_worker_does_it() -> None:
    (job,) = [job for job in periodic_jobs() if job.name == "delete_unconfirmed_applications"]
    assert (job.run, job.every) == (delete_unconfirmed, timedelta(hours=1))
