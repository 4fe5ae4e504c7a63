"""The mails about the five, read as their recipients do."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import cosigner_mails, links
from membership.domain import (
    decline_cosignature,
    record_signature,
    replace_cosigner,
    revoke_invitation,
    void_confirmations,
)
from membership.models import Application
from tests.factories.membership import create_user
from tests.factories.signatures import confirm, create_digital_group, move, reject_waiting, row_of

pytestmark = pytest.mark.django_db

BASE = settings.WAGTAILADMIN_BASE_URL
TO_COSIGNERS = [cosigner_mails.invited, cosigner_mails.reminded, cosigner_mails.changed]


def only(found):
    (mail,) = found
    return mail


def links_in(text: str) -> list[str]:
    return re.findall(rf"{re.escape(BASE)}(/mitglied-werden/\S+)", text)


@pytest.mark.parametrize("compose", TO_COSIGNERS)
def test_the_person_gets_the_link_and_nothing_of_the_others(compose) -> None:
    application = create_digital_group(answers={"phone": "0371 987654"})
    row = row_of(application, 2)
    mail = only(compose(row.pk))
    assert (mail.to, links_in(mail.body)) == (["ben@example.org"], [links.cosigner_path(row)])
    assert mail.body.startswith("Guten Tag Ben Zwei,")
    both = mail.body + mail.alternatives[0][0]
    hidden = ["Anna", "Musterweg", "0371 987654", "mara@example.org", application.reference]
    assert [text for text in hidden if text in both] == []
    assert "Initiative Beispielhof" in mail.subject


def test_the_invitation_says_who_asks_and_until_when(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 4, 9, 30, tzinfo=dt.UTC), tick=False)
    mail = only(cosigner_mails.invited(row_of(create_digital_group(), 1).pk))
    assert mail.subject == "Bitte bestätigen Sie den Antrag von Initiative Beispielhof"
    assert "Kim Kontakt hat Sie als eine von ihnen genannt." in mail.body
    assert "Der Link gilt bis zum 18. Mai 2026, 11:30 Uhr und ist nur für Sie bestimmt." in mail.body


@pytest.mark.parametrize("compose", TO_COSIGNERS)
def test_nothing_is_sent_to_who_need_not_answer_any_more(compose) -> None:
    application = create_digital_group()
    rows = [row_of(application, position) for position in range(1, 6)]
    confirm(application, 1)
    decline_cosignature(rows[1], generation=1)
    revoke_invitation(rows[2])
    move(rows[3], days=14)
    assert [compose(row.pk) for row in rows[:4]] == [[], [], [], []]
    reject_waiting(application)
    assert compose(rows[4].pk) == []


def test_contact_and_office_hear_of_a_refusal() -> None:
    application = create_digital_group()
    row = decline_cosignature(row_of(application, 1), generation=1)
    mail = only(cosigner_mails.declined(row.pk))
    assert (mail.to, mail.subject) == (
        ["mara@example.org"],
        f"Antrag {application.reference}: Eine Person bestätigt nicht",
    )
    assert "Anna Eins möchte den Aufnahmeantrag" in mail.body
    assert links_in(mail.body) == [links.path(application, links.STATUS)]
    replace_cosigner(row, name="Ina Neu", email="ina@example.org")
    assert cosigner_mails.declined(row.pk) == []


@pytest.mark.parametrize("compose", [cosigner_mails.declined_notice, cosigner_mails.signatures_notice])
def test_the_office_reads_reference_and_link_alone(compose) -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3, 4, 5)
    mail = only(compose(application.pk))
    both = mail.body + mail.alternatives[0][0]
    assert mail.to == ["buero@example.org"]
    assert application.reference in mail.subject
    assert f"{BASE}{reverse('membership_applications:inspect', args=[application.pk])}" in mail.body
    assert [text for text in ("Anna", "Kim", "Beispielhof", "mitglied-werden") if text in both] == []


def test_the_contact_hears_that_five_have_confirmed() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3, 4)
    assert cosigner_mails.complete(application.pk) == []
    confirm(application, 5)
    mail = only(cosigner_mails.complete(application.pk))
    assert (mail.to, mail.subject) == (
        ["mara@example.org"],
        f"Antrag {application.reference}: Fünf Personen haben bestätigt",
    )


def test_the_contact_hears_what_a_change_has_voided() -> None:
    application = create_digital_group()
    confirm(application, 1)
    record_signature(
        application,
        position=6,
        present=True,
        name="Hana Neu",
        signed_on=timezone.localdate(),
        recorded_by=create_user(),
    )
    Application.objects.filter(pk=application.pk).update(content_hash="f" * 64)
    void_confirmations(application)
    mail = only(cosigner_mails.voided(application.pk))
    assert mail.to == ["mara@example.org"]
    assert "Auf dem neuen Papier unterschreiben bitte noch einmal: Hana Neu." in mail.body
    assert "Anna" not in mail.body
