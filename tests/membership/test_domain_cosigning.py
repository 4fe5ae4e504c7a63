"""Confirming and declining at a personal link; paper and digital count together."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from membership.domain import (
    add_cosigner,
    confirm_cosignature,
    decline_cosignature,
    mark_ready,
    missing_for_acceptance,
    record_original,
    record_signature,
    replace_cosigner,
    resend_invitation,
    revoke_invitation,
)
from membership.domain.cosigning import link_state
from membership.domain.errors import ContactMayNotSign, NotReady
from membership.domain.signing_errors import (
    AlreadyGiven,
    AlreadySigned,
    ContentChanged,
    InvitationRunning,
    LinkClosed,
    OtherName,
)
from membership.enums import LinkState
from membership.models import Application, CoSignature
from portal.association.models import LegalText
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import told
from tests.factories.membership import create_user
from tests.factories.signatures import (
    PEOPLE,
    confirm,
    cosigners,
    create_digital_group,
    move,
    reject_waiting,
    row_of,
    switch_digital,
)

pytestmark = pytest.mark.django_db

ONE_LACKS = "Es fehlt eine der fünf Bestätigungen."
NEITHER = (
    "Noch ist weder eine digitale Bestätigung noch der unterschriebene Antrag eingegangen (unterschriebenes Original "
    "auf Papier oder hochgeladene Kopie des unterschriebenen Antrags)."
)
NO_ORIGINAL = (
    "Der unterschriebene Antrag ist noch nicht eingegangen (unterschriebenes Original auf Papier oder "
    "hochgeladene Kopie des unterschriebenen Antrags)."
)


def sign_on_paper(application: Application, position: int, name: str) -> CoSignature:
    office = create_user(f"buero{position}@example.org")
    today = timezone.localdate()
    return record_signature(
        application, position=position, present=True, name=name, signed_on=today, recorded_by=office
    )


def confirm_as(row: CoSignature, name: str, **more) -> CoSignature:
    values = {"generation": row.generation, "seen_hash": row.application.content_hash, **more}
    return confirm_cosignature(row, name=name, **values)


def queued(kind: str, key: int) -> int:
    return QueuedMail.objects.filter(kind=kind, object_id=key, state="queued").count()


# -- confirming


def test_what_a_confirmation_stores(time_machine) -> None:
    application = create_digital_group()
    moment = timezone.now() + dt.timedelta(days=2)
    time_machine.move_to(moment, tick=False)
    confirm_as(row_of(application, 1), "  anna   EINS ")
    row = row_of(application, 1)
    declaration = LegalText.objects.get(kind="group_declaration")
    assert (row.name, row.folded_name, row.channel, row.present) == ("anna EINS", "annaeins", "digital", True)
    assert (row.recorded_at, row.recorded_by) == (moment, None)
    assert (row.content_hash, row.declaration) == (application.content_hash, declaration)
    assert [field.name for field in CoSignature._meta.get_fields() if "ip" in field.name.split("_")] == []
    entry = entries_of(application).last()
    assert (entry.action, entry.actor, entry.details) == ("cosignature_confirmed", None, {"position": 1})


def test_five_confirmations_need_no_paper_and_tell_contact_and_office() -> None:
    application = create_digital_group()
    told = []
    for position in range(1, 6):
        confirm(application, position)
        told.append((queued("signatures_notice", application.pk), queued("cosignatures_complete", application.pk)))
    assert told == [(0, 0)] * 4 + [(1, 1)]
    assert missing_for_acceptance(application) == []
    assert list(Application.objects.complete()) == [application]
    assert mark_ready(application, marked_by=create_user()).state == "ready"


def test_four_never_suffice() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3, 4)
    assert missing_for_acceptance(application) == [ONE_LACKS]
    assert list(Application.objects.complete()) == []
    with pytest.raises(NotReady, match=ONE_LACKS):
        mark_ready(application, marked_by=create_user())


def test_six_with_one_declined_suffice() -> None:
    application = create_digital_group(6)
    declining = row_of(application, 2)
    decline_cosignature(declining, generation=1)
    confirm(application, 1, 3, 4, 5)
    assert missing_for_acceptance(application) == [ONE_LACKS]
    confirm(application, 6)
    assert missing_for_acceptance(application) == []
    assert str(row_of(application, 2).standing) == "declined"


def test_paper_and_digital_count_together() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3)
    sign_on_paper(application, 4, "Dora Vier")
    assert missing_for_acceptance(application) == [ONE_LACKS]
    sign_on_paper(application, 6, "Hana Neu")
    assert missing_for_acceptance(application) == []
    assert list(Application.objects.complete()) == [application]


def told_of_five(application: Application) -> tuple[int, int]:
    return queued("cosignatures_complete", application.pk), queued("signatures_notice", application.pk)


def test_contact_and_office_are_told_of_the_fifth_on_paper() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3)
    sign_on_paper(application, 4, "Dora Vier")
    assert told_of_five(application) == (0, 0)
    sign_on_paper(application, 6, "Hana Neu")
    assert told_of_five(application) == (1, 1)
    sign_on_paper(application, 7, "Ida Mehr")
    assert told_of_five(application) == (1, 1)


def test_a_row_given_to_somebody_else_is_no_second_fifth() -> None:
    application = create_digital_group(6)
    confirm(application, 1, 2, 3, 4, 5)
    sign_on_paper(application, 7, "Hana Neu")
    assert told_of_five(application) == (1, 1)


def test_nobody_is_told_of_what_is_all_on_paper() -> None:
    application = create_digital_group()
    for position, name in enumerate(PEOPLE[:5], start=1):
        sign_on_paper(application, position, name)
    assert told_of_five(application) == (0, 0)


def test_without_digital_confirmation_in_force_the_original_is_needed_again() -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3, 4, 5)
    switch_digital(on=False)
    assert missing_for_acceptance(application) == [NO_ORIGINAL]
    assert list(Application.objects.complete()) == []
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=create_user())
    assert list(Application.objects.complete()) == [application]


def test_where_both_ways_are_open_both_are_named() -> None:
    assert missing_for_acceptance(create_digital_group()) == [NEITHER, "Es fehlen 5 der fünf Bestätigungen."]


def test_five_paper_rows_alone_still_need_the_original() -> None:
    application = create_digital_group()
    for position, name in enumerate(PEOPLE[:5], start=1):
        sign_on_paper(application, position, name)
    assert missing_for_acceptance(application) == [NEITHER]
    assert list(Application.objects.complete()) == []


# -- who confirms


def test_a_forwarded_link_signed_with_another_name_is_refused() -> None:
    application = create_digital_group()
    with pytest.raises(OtherName):
        confirm_as(row_of(application, 1), "Paul Passend")
    assert str(row_of(application, 1).standing) == "invited"
    assert entries_of(application).last().action == "cosigners_invited"


def test_the_same_person_in_two_spellings_signs_once() -> None:
    application = create_digital_group(5, cosigners=cosigners("Jörg Müller", *PEOPLE[:4]))
    sign_on_paper(application, 6, "JOERG MUELLER")
    with pytest.raises(AlreadySigned):
        confirm_as(row_of(application, 1), "Jörg Müller")
    assert application.cosignatures.people() == 1


def test_a_person_who_confirmed_and_then_signs_paper_counts_once() -> None:
    application = create_digital_group(5)
    confirm(application, 1, 2, 3, 4)
    sign_on_paper(application, 6, "ANNA EINS")
    assert missing_for_acceptance(application) == [
        f"{ONE_LACKS} Wer mehrfach unterschrieben oder bestätigt hat, zählt einmal."
    ]


def test_the_same_address_confirms_once_whatever_wrote_it() -> None:
    application = create_digital_group()
    confirm(application, 1)
    CoSignature.objects.filter(application=application, position=2).update(email="ANNA@example.org")
    with pytest.raises(AlreadySigned):
        confirm(application, 2)
    first = row_of(application, 1)
    values = {"present": True, "signed_on": first.signed_on, "recorded_at": first.recorded_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        CoSignature.objects.filter(application=application, position=2).update(
            content_hash=first.content_hash, declaration=first.declaration, **values
        )


def test_a_digital_signature_is_stored_whole_or_not_at_all() -> None:
    application = create_digital_group()
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        CoSignature.objects.filter(application=application, position=1).update(
            present=True, signed_on=timezone.localdate(now), recorded_at=now
        )


def test_the_contact_is_refused_where_the_setting_changed_meanwhile() -> None:
    application = create_digital_group()
    row = add_cosigner(application, name="Kim Kontakt", email="kim@example.org")
    switch_digital(contact_may_cosign=False)
    with pytest.raises(ContactMayNotSign):
        confirm_as(row, "Kim Kontakt")


def test_what_was_read_is_what_is_confirmed() -> None:
    application = create_digital_group()
    with pytest.raises(ContentChanged):
        confirm_as(row_of(application, 1), "Anna Eins", seen_hash="0" * 64)
    assert application.cosignatures.people() == 0


# -- declining


def test_declining_tells_contact_and_office() -> None:
    application = create_digital_group()
    row = decline_cosignature(row_of(application, 1), generation=1)
    assert str(row.standing) == "declined"
    assert (queued("cosigner_declined", row.pk), queued("declined_notice", application.pk)) == (1, 1)
    with pytest.raises(LinkClosed, match="abgelehnt"):
        confirm_as(row, "Anna Eins")
    assert str(resend_invitation(row).standing) == "invited"
    confirm(application, 1)
    assert application.cosignatures.people() == 1


# -- where links lead


def state_of(application: Application, position: int = 1, generation: int = 1) -> LinkState:
    return link_state(row_of(application, position), generation=generation, now=timezone.now())


def test_every_link_says_where_it_leads() -> None:
    application = create_digital_group(7)
    confirm(application, 1)
    decline_cosignature(row_of(application, 2), generation=1)
    revoke_invitation(row_of(application, 3))
    move(row_of(application, 4), days=14)
    sign_on_paper(application, 5, "Emil Fünf")
    replace_cosigner(row_of(application, 6), name="Ina Neu", email="ina@example.org")
    assert [str(state_of(application, position)) for position in range(1, 8)] == [
        "confirmed",
        "declined",
        "revoked",
        "expired",
        "signed",
        "replaced",
        "open",
    ]
    assert state_of(application, 6, generation=2) == LinkState.OPEN
    switch_digital(on=False)
    assert state_of(application, 7) == LinkState.PAPER_ONLY


def test_a_link_works_to_the_last_second_of_fourteen_days() -> None:
    application = create_digital_group()
    row = row_of(application, 1)
    assert row.invited_at is not None
    end = row.invited_at + dt.timedelta(days=14)
    second = dt.timedelta(seconds=1)
    assert [str(link_state(row, generation=1, now=moment)) for moment in (end - second, end)] == ["open", "expired"]


def test_nobody_confirms_after_the_decision() -> None:
    application = create_digital_group()
    told(reject_waiting(application))
    for act in (lambda row: confirm_as(row, row.name), lambda row: decline_cosignature(row, generation=1)):
        with pytest.raises(LinkClosed) as refusal:
            act(row_of(application, 1))
        assert refusal.value.state == LinkState.DECIDED


def test_a_link_is_used_once() -> None:
    application = create_digital_group()
    confirm(application, 1)
    with pytest.raises(LinkClosed) as refusal:
        confirm_as(row_of(application, 1), "Anna Eins")
    assert refusal.value.state == LinkState.CONFIRMED


# -- paper rows beside invitations


def test_a_line_of_paper_takes_no_running_invitation_away() -> None:
    application = create_digital_group()
    office = create_user()
    with pytest.raises(InvitationRunning):
        sign_on_paper(application, 1, "Hana Neu")
    with pytest.raises(InvitationRunning):
        record_signature(application, position=1, present=False, name="Anna Eins", recorded_by=office)
    assert str(row_of(application, 1).standing) == "invited"


def test_a_line_of_paper_takes_no_confirmation_away() -> None:
    application = create_digital_group()
    confirm(application, 1)
    with pytest.raises(AlreadyGiven):
        sign_on_paper(application, 1, "Anna Eins")
    assert row_of(application, 1).channel == "digital"


def test_a_line_that_nobody_waits_for_may_be_somebody_elses() -> None:
    application = create_digital_group()
    decline_cosignature(row_of(application, 1), generation=1)
    row = sign_on_paper(application, 1, "Hana Neu")
    assert (row.name, row.email, row.declined_at, str(row.standing)) == ("Hana Neu", "", None, "signed")
