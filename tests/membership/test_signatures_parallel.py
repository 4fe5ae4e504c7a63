"""Several people at once, on PostgreSQL: every outcome is one that some order of theirs would have given."""

import pytest
from django.utils import timezone

from membership.domain import (
    confirm_cosignature,
    record_signature,
    remind_cosigners,
    void_confirmations,
)
from membership.domain.signing_errors import AlreadySigned, ContentChanged, LinkClosed
from membership.models import Application
from portal.mailing.models import QueuedMail
from tests.factories.decisions import reject
from tests.factories.membership import create_user
from tests.factories.signatures import confirm, cosigners, create_digital_group, move, ready_on_paper, row_of
from tests.portal.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def confirm_at(application: Application, position: int):
    row = row_of(application, position)
    return confirm_cosignature(row, generation=1, name=row.name, seen_hash=row.application.content_hash)


def outcomes(results: list) -> list[str]:
    return sorted(type(each).__name__ for each in results)


def test_five_people_confirm_at_once() -> None:
    application = create_digital_group()
    results = at_once(5, lambda number: confirm_at(application, number + 1))
    assert outcomes(results) == ["CoSignature"] * 5
    assert application.cosignatures.people() == 5
    for kind in ("cosignatures_complete", "signatures_notice"):
        assert QueuedMail.objects.filter(kind=kind, object_id=application.pk).count() == 1


def test_one_person_presses_the_button_five_times_at_once() -> None:
    application = create_digital_group()
    rows = [row_of(application, 1) for _time in range(5)]
    seen = application.content_hash
    results = at_once(
        5, lambda number: confirm_cosignature(rows[number], generation=1, name="Anna Eins", seen_hash=seen)
    )
    assert outcomes(results) == ["CoSignature"] + ["LinkClosed"] * 4
    assert application.cosignatures.people() == 1


def test_the_same_person_on_paper_and_online_at_once() -> None:
    application = create_digital_group(5, cosigners=cosigners("Jörg Müller", "Ben Zwei", "Cem Drei", "Dora Vier"))
    office, today = create_user(), timezone.localdate()

    def act(number: int):
        if number:
            return confirm_at(application, 1)
        return record_signature(
            application, position=6, present=True, name="JOERG MUELLER", signed_on=today, recorded_by=office
        )

    paper, online = at_once(2, act)
    assert type(paper).__name__ == "CoSignature"
    assert isinstance(online, AlreadySigned) or online.present
    assert application.cosignatures.people() == 1


def test_a_confirmation_against_a_change() -> None:
    application = create_digital_group()
    confirm(application, 1)
    old = application.content_hash
    row = row_of(application, 2)

    def act(number: int):
        if number:
            return confirm_cosignature(row, generation=1, name="Ben Zwei", seen_hash=old)
        Application.objects.filter(pk=application.pk).update(content_hash="f" * 64)
        return void_confirmations(application)

    voided, confirmed = at_once(2, act)
    # Before the change it is voided with the rest; after it, or in between, it is refused.
    is_row = type(confirmed).__name__ == "CoSignature"
    assert (voided, is_row or isinstance(confirmed, LinkClosed | ContentChanged)) == (2 if is_row else 1, True)
    assert application.cosignatures.people() == 0
    assert [str(each.standing) for each in application.cosignatures.all()] == ["invited"] * 5


def test_a_confirmation_against_the_decision() -> None:
    application = ready_on_paper(create_digital_group())
    _decision, confirmed = at_once(2, lambda number: confirm_at(application, 1) if number else reject(application))
    assert Application.objects.get().state == "rejected"
    assert row_of(application, 1).present is not isinstance(confirmed, LinkClosed)


def test_two_workers_remind_once() -> None:
    application = create_digital_group()
    for position in range(1, 6):
        move(row_of(application, position), days=8)
    assert sum(at_once(2, lambda number: remind_cosigners())) == 5
    assert QueuedMail.objects.filter(kind="cosigner_reminded").count() == 5
