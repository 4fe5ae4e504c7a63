"""A change after the first confirmation: everything confirmed is void, everybody is told, old links say so."""

from decimal import Decimal

import pytest
from django.utils import timezone

from membership.domain import (
    confirm_cosignature,
    confirmations_at_risk,
    decline_cosignature,
    mark_ready,
    missing_for_acceptance,
    record_signature,
    revoke_invitation,
    void_confirmations,
)
from membership.domain.cosigning import link_state
from membership.domain.signing_errors import LinkClosed
from membership.enums import LinkState
from membership.fingerprint import content_hash
from membership.models import Application
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.dues import make_rate
from tests.factories.membership import GROUP, SUPPORTING, create_user, current_offer, make_draft
from tests.factories.signatures import confirm, create_digital_group, move, row_of, switch_digital

pytestmark = pytest.mark.django_db

NEW_HASH = "f" * 64


def change(application: Application) -> int:
    """Change the content as a correction does, and void what was confirmed."""
    Application.objects.filter(pk=application.pk).update(content_hash=NEW_HASH)
    application.refresh_from_db()
    return void_confirmations(application)


def mails_of(application: Application, kind: str) -> list[int]:
    rows = {row.pk: row.position for row in application.cosignatures.all()}
    return sorted(rows[mail.object_id] for mail in QueuedMail.objects.filter(kind=kind, state="queued"))


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": {"name": "Initiative Anderswo"}},
        {"answers": {"field_of_work": "Etwas anderes"}},
        {"answers": {"contact_name": "Karl Kontakt"}},
        {"membership_type": SUPPORTING},
        {"dues_rate": make_rate(category="Anderer Beitrag", amount=Decimal("99.00"))},
    ],
    ids=["name", "purpose", "contact", "membership type", "dues category"],
)
def test_what_is_confirmed_is_part_of_the_hash(changes) -> None:
    current_offer()
    assert content_hash(make_draft(GROUP, **changes)) != content_hash(make_draft(GROUP))


@pytest.mark.parametrize("answers", [{"phone": "0371 1"}, {"street": "Neuer Weg 5"}, {"city": "Leipzig"}])
def test_what_is_not_confirmed_is_not(answers) -> None:
    current_offer()
    assert content_hash(make_draft(GROUP, answers=answers)) == content_hash(make_draft(GROUP))


def test_nothing_is_void_before_the_first_confirmation() -> None:
    application = create_digital_group()
    assert confirmations_at_risk(application) == []
    assert change(application) == 0
    row = row_of(application, 1)
    assert link_state(row, generation=1, now=timezone.now()) == LinkState.OPEN
    assert (mails_of(application, "cosigner_changed"), row.generation) == ([], 1)


def test_a_change_after_three_voids_all_and_invites_anew() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3)
    assert [row.position for row in confirmations_at_risk(application)] == [1, 2, 3]
    assert change(application) == 3
    assert application.cosignatures.people() == 0
    assert [str(row.standing) for row in application.cosignatures.order_by("position")] == ["invited"] * 5
    assert mails_of(application, "cosigner_changed") == [1, 2, 3, 4, 5]
    assert mails_of(application, "cosigner_invited") == []
    assert QueuedMail.objects.filter(kind="confirmations_voided", object_id=application.pk).count() == 1
    entry = entries_of(application).last()
    assert (entry.action, entry.details) == ("confirmations_voided", {"count": 3})


def test_old_links_say_that_the_application_was_changed() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3)
    change(application)
    now = timezone.now()
    states = [link_state(row_of(application, position), generation=1, now=now) for position in range(1, 6)]
    assert states == [LinkState.CHANGED] * 5
    row = row_of(application, 4)
    with pytest.raises(LinkClosed, match="geändert"):
        confirm_cosignature(row, generation=1, name=row.name, seen_hash=NEW_HASH)


def test_a_ready_application_goes_back_to_the_office() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3, 4, 5)
    mark_ready(application, marked_by=create_user())
    change(application)
    application.refresh_from_db()
    assert application.state == "confirmed"
    assert QueuedMail.objects.filter(kind="board_notice", object_id=application.pk, state="queued").count() == 0


def test_five_new_confirmations_complete_it_again() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3, 4, 5)
    assert missing_for_acceptance(application) == []
    change(application)
    assert len(missing_for_acceptance(application)) == 2
    confirm(application, 1, 2, 3, 4, 5)
    assert missing_for_acceptance(application) == []
    assert {row.content_hash for row in application.cosignatures.all()} == {NEW_HASH}


def test_paper_is_void_too_and_those_with_an_address_are_invited() -> None:
    application = create_digital_group()
    office, today = create_user(), timezone.localdate()
    for position, name in ((1, "Anna Eins"), (6, "Hana Neu")):
        record_signature(application, position=position, present=True, name=name, signed_on=today, recorded_by=office)
    assert change(application) == 2
    row = row_of(application, 6)
    assert (str(row.standing), row.voided_at is not None, row.signed_on) == ("named", True, None)
    assert str(row_of(application, 1).standing) == "invited"
    assert mails_of(application, "cosigner_changed") == [1, 2, 3, 4, 5]


def test_who_declined_was_revoked_or_let_the_link_expire_is_not_asked_again() -> None:
    application = create_digital_group()
    confirm(application, 1)
    decline_cosignature(row_of(application, 2), generation=1)
    revoke_invitation(row_of(application, 3))
    move(row_of(application, 4), days=15)
    change(application)
    standings = [str(row.standing) for row in application.cosignatures.order_by("position")]
    assert standings == ["invited", "declined", "revoked", "expired", "invited"]
    assert mails_of(application, "cosigner_changed") == [1, 5]


def test_where_digital_confirmation_was_switched_off_paper_is_needed() -> None:
    application = create_digital_group()
    confirm(application, 1)
    switch_digital(on=False)
    change(application)
    row = row_of(application, 1)
    assert (str(row.standing), mails_of(application, "cosigner_changed")) == ("named", [])
    assert link_state(row, generation=1, now=timezone.now()) == LinkState.CHANGED
