"""Inviting five to fifteen people, and what the contact does with the invitations."""

import datetime as dt

import pytest
from django.utils import timezone

from membership.domain import (
    add_cosigner,
    confirm_email,
    decline_cosignature,
    invitations,
    record_signature,
    remind_cosigners,
    replace_cosigner,
    resend_invitation,
    revoke_invitation,
)
from membership.domain.errors import ContactMayNotSign, NoSuchRow, NotOpen
from membership.domain.signing_errors import (
    AlreadyGiven,
    DigitalNotAccepted,
    InvitedTooOften,
    KnownAddress,
    KnownName,
    NoAddress,
    NotInvited,
    TooManyCosigners,
)
from membership.models import Application, CoSignature
from portal.mailing.models import QueuedMail
from portal.mailing.queue import queue_mail
from portal.privacy.audit import entries_of
from tests.factories.membership import GROUP, create_application, create_user
from tests.factories.signatures import (
    PEOPLE,
    confirm,
    cosigners,
    create_digital_group,
    move,
    ready_on_paper,
    reject_waiting,
    row_of,
    switch_digital,
)

pytestmark = pytest.mark.django_db


def mails_to(row: CoSignature) -> list[tuple[str, str]]:
    queued = QueuedMail.objects.filter(kind__startswith="cosigner_", object_id=row.pk).order_by("pk")
    return [(mail.kind, mail.state) for mail in queued]


def standings(application: Application) -> list[str]:
    return [str(row.standing) for row in application.cosignatures.order_by("position")]


# -- the first invitation


def test_nobody_is_invited_before_the_contact_has_confirmed_the_address() -> None:
    application = create_digital_group(confirmed=False)
    assert standings(application) == ["named"] * 5
    assert QueuedMail.objects.filter(kind="cosigner_invited").count() == 0
    confirm_email(application)
    assert standings(application) == ["invited"] * 5
    assert [mails_to(row) for row in application.cosignatures.all()] == [[("cosigner_invited", "queued")]] * 5
    entry = entries_of(application).last()
    assert (entry.action, entry.details) == ("cosigners_invited", {"count": 5})


def test_nobody_is_invited_where_only_paper_is_taken() -> None:
    application = create_digital_group(confirmed=False)
    switch_digital(on=False)
    confirm_email(application)
    assert standings(application) == ["named"] * 5
    assert QueuedMail.objects.filter(kind="cosigner_invited").count() == 0


def test_people_without_an_address_are_not_invited() -> None:
    switch_digital()
    application = create_application(GROUP)
    assert standings(application) == ["named"]


# -- resend


def test_a_resend_sends_a_new_link_and_takes_back_the_waiting_mail(time_machine) -> None:
    application = create_digital_group()
    row = row_of(application, 1)
    time_machine.move_to(timezone.now() + dt.timedelta(days=15))
    assert str(row.standing) == "expired"
    fresh = resend_invitation(row)
    assert (fresh.generation, str(fresh.standing)) == (2, "invited")
    assert mails_to(row) == [("cosigner_invited", "cancelled"), ("cosigner_invited", "queued")]
    assert entries_of(application).last().details == {"position": 1}


def test_ten_links_are_enough() -> None:
    row = row_of(create_digital_group(), 1)
    for _time in range(9):
        row = resend_invitation(row)
    with pytest.raises(InvitedTooOften):
        resend_invitation(row)
    with pytest.raises(InvitedTooOften):
        replace_cosigner(row, name="Ina Neu", email="ina@example.org")


def test_who_has_confirmed_is_left_alone() -> None:
    application = create_digital_group()
    confirm(application, 1)
    row = row_of(application, 1)
    for step in (resend_invitation, revoke_invitation):
        with pytest.raises(AlreadyGiven):
            step(row)
    with pytest.raises(AlreadyGiven):
        replace_cosigner(row, name="Ina Neu", email="ina@example.org")
    assert str(row_of(application, 1).standing) == "confirmed"


def test_without_an_address_there_is_nobody_to_write_to() -> None:
    switch_digital()
    with pytest.raises(NoAddress):
        resend_invitation(row_of(create_application(GROUP), 1))


# -- revoke


def test_a_revoked_invitation_sends_nothing_more() -> None:
    application = create_digital_group()
    row = revoke_invitation(row_of(application, 2))
    assert str(row.standing) == "revoked"
    assert mails_to(row) == [("cosigner_invited", "cancelled")]
    with pytest.raises(NotInvited):
        revoke_invitation(row)
    assert str(resend_invitation(row).standing) == "invited"


# -- replace and add


def test_replacing_a_person_leaves_nothing_of_the_one_before() -> None:
    application = create_digital_group()
    old = row_of(application, 3)
    new = replace_cosigner(old, name="  Ina   Neu ", email="ina@example.org", function="Kasse")
    assert (new.name, new.folded_name, new.email, new.function) == ("Ina Neu", "inaneu", "ina@example.org", "Kasse")
    assert (new.position, new.generation, str(new.standing)) == (3, 2, "invited")
    assert CoSignature.objects.filter(name="Cem Drei").count() == 0
    assert mails_to(new) == [("cosigner_invited", "cancelled"), ("cosigner_invited", "queued")]


def test_a_mistyped_address_is_corrected_by_the_same_step() -> None:
    row = replace_cosigner(row_of(create_digital_group(), 1), name="Anna Eins", email="anna.eins@example.org")
    assert (row.email, row.generation) == ("anna.eins@example.org", 2)


def test_people_are_added_up_to_fifteen() -> None:
    application = create_digital_group()
    for number in range(6, 16):
        row = add_cosigner(application, name=f"Person {number}", email=f"person{number}@example.org")
        assert (row.position, str(row.standing)) == (number, "invited")
    with pytest.raises(TooManyCosigners):
        add_cosigner(application, name="Person 16", email="person16@example.org")
    assert application.cosignatures.count() == 15


def test_nobody_is_named_twice_in_whatever_spelling() -> None:
    application = create_digital_group(4, cosigners=cosigners("Jörg Müller", *PEOPLE[:3]))
    with pytest.raises(KnownName, match="Zeile 1"):
        add_cosigner(application, name="JOERG  MUELLER", email="anders@example.org")
    with pytest.raises(KnownName, match="Zeile 1"):
        replace_cosigner(row_of(application, 2), name="Joerg Mueller", email="anders@example.org")
    assert application.cosignatures.count() == 4


def test_no_address_is_named_twice() -> None:
    application = create_digital_group()
    with pytest.raises(KnownAddress, match="Zeile 2"):
        add_cosigner(application, name="Ina Neu", email="BEN@example.org")
    assert application.cosignatures.count() == 5


def test_the_contact_is_one_of_the_five_unless_the_rules_say_otherwise() -> None:
    application = create_digital_group()
    assert add_cosigner(application, name="Kim Kontakt", email="mara@example.org").position == 6
    switch_digital(contact_may_cosign=False)
    with pytest.raises(ContactMayNotSign):
        resend_invitation(row_of(application, 6))
    revoke_invitation(row_of(application, 6))
    for name, email in (("KIM  KONTAKT", "kim@example.org"), ("Ina Neu", "MARA@example.org")):
        with pytest.raises(ContactMayNotSign):
            replace_cosigner(row_of(application, 6), name=name, email=email)


# -- when nothing is possible


def test_nothing_is_possible_after_the_decision() -> None:
    application = create_digital_group()
    reject_waiting(application)
    row = row_of(application, 1)
    for step in (resend_invitation, revoke_invitation):
        with pytest.raises(NotOpen):
            step(row)
    with pytest.raises(NotOpen):
        replace_cosigner(row, name="Ina Neu", email="ina@example.org")
    with pytest.raises(NotOpen):
        add_cosigner(application, name="Ina Neu", email="ina@example.org")


def test_nobody_is_invited_once_digital_confirmation_is_switched_off() -> None:
    application = create_digital_group()
    switch_digital(on=False)
    with pytest.raises(DigitalNotAccepted):
        resend_invitation(row_of(application, 1))
    with pytest.raises(DigitalNotAccepted):
        add_cosigner(application, name="Ina Neu", email="ina@example.org")


def test_only_groups_have_co_signatories() -> None:
    switch_digital()
    with pytest.raises(NoSuchRow):
        add_cosigner(create_application(), name="Ina Neu", email="ina@example.org")


# -- reminders


def test_a_reminder_after_seven_days_once(time_machine) -> None:
    application = create_digital_group()
    start = row_of(application, 1).invited_at
    assert start is not None
    confirm(application, 1)
    revoke_invitation(row_of(application, 2))
    assert remind_cosigners(start + dt.timedelta(days=7) - dt.timedelta(seconds=1)) == 0
    assert remind_cosigners(start + dt.timedelta(days=8)) == 3
    assert remind_cosigners(start + dt.timedelta(days=9)) == 0
    kinds = [[kind for kind, _state in mails_to(row)] for row in application.cosignatures.order_by("position")]
    assert kinds == [["cosigner_invited"]] * 2 + [["cosigner_invited", "cosigner_reminded"]] * 3


def test_no_reminder_once_the_link_has_expired_or_the_board_has_decided() -> None:
    application = create_digital_group()
    move(row_of(application, 1), days=14)
    for position in range(2, 6):
        move(row_of(application, position), days=8)
    reject_waiting(application)
    assert remind_cosigners() == 0


def test_no_reminder_once_five_have_signed_or_the_board_can_decide() -> None:
    group, ready = create_digital_group(7), create_digital_group()
    confirm(group, 1, 2, 3, 4)
    for application in (group, ready):
        for row in application.cosignatures.filter(present=False):
            move(row, days=8)
    ready_on_paper(ready)
    office, today = create_user("buero@example.org"), timezone.localdate()
    record_signature(group, position=8, present=True, name="Hana Neu", signed_on=today, recorded_by=office)
    assert remind_cosigners() == 0
    record_signature(group, position=8, present=False, recorded_by=office)
    assert remind_cosigners() == 3


def test_one_reminder_that_fails_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = row_of(create_digital_group(), 1), row_of(create_digital_group(), 1)
    for row in (first, second):
        move(row, days=8)

    def queue_or_break(kind: str, pk: int) -> None:
        if pk == first.pk:
            raise ValueError("anna@example.org")
        queue_mail(kind, pk)

    monkeypatch.setattr(invitations, "queue_mail", queue_or_break)
    assert remind_cosigners() == 1
    assert [row_of(row.application, 1).reminded_at is None for row in (first, second)] == [True, False]
    assert caplog.messages == ["A reminder failed: ValueError"]


def test_who_was_invited_anew_is_reminded_anew() -> None:
    row = row_of(create_digital_group(), 1)
    move(row, days=8)
    assert remind_cosigners() == 1
    row = resend_invitation(row)
    assert row.reminded_at is None
    move(row, days=8)
    assert remind_cosigners() == 1


# -- paper beside digital


def test_who_was_invited_may_sign_on_paper() -> None:
    application = create_digital_group()
    office, today = create_user(), timezone.localdate()
    row = record_signature(application, position=1, present=True, name="ANNA EINS", signed_on=today, recorded_by=office)
    assert (str(row.standing), row.email) == ("signed", "anna@example.org")
    assert mails_to(row) == [("cosigner_invited", "cancelled")]


def test_that_nobody_signed_on_paper_leaves_the_refusals_on_record() -> None:
    application, office = create_digital_group(), create_user("buero@example.org")
    decline_cosignature(row_of(application, 1), generation=1)
    revoke_invitation(row_of(application, 2))
    for position in (1, 2):
        record_signature(application, position=position, present=False, name=PEOPLE[position - 1], recorded_by=office)
    assert standings(application)[:2] == ["declined", "revoked"]
    today = timezone.localdate()
    row = record_signature(application, position=1, present=True, name=PEOPLE[0], signed_on=today, recorded_by=office)
    assert (str(row.standing), row.declined_at) == ("signed", None)
