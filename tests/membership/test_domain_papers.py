"""What the office records, and what is still missing."""

import datetime as dt

import pytest
from django.utils import timezone

from membership.domain import correct_application, missing_for_acceptance, record_original, record_signature
from membership.domain.errors import (
    ContactMayNotSign,
    FormNotAccepted,
    ImplausibleDate,
    NoSuchEdition,
    NoSuchRow,
    NotOpen,
    SignatureIncomplete,
)
from membership.models import Application, CoSignature, ReceiptRecord
from portal.privacy.audit import entries_of
from tests.factories.membership import GROUP, create_application, create_association, create_user, make_draft

pytestmark = pytest.mark.django_db

NO_ORIGINAL = (
    "Der unterschriebene Antrag ist noch nicht eingegangen (unterschriebenes Original auf Papier oder "
    "hochgeladene Kopie des unterschriebenen Antrags)."
)
PEOPLE = ["Anna Eins", "Ben Zwei", "Cem Drei", "Dora Vier", "Emil Fünf"]


def sign(application: Application, position: int, name: str, **more) -> CoSignature:
    values = {"present": True, "recorded_by": office(), "signed_on": timezone.localdate(), **more}
    return record_signature(application, position=position, name=name, **values)


def office():
    from portal.accounts.models import User

    return User.objects.filter(email="buero@example.org").first() or create_user()


def record(application: Application, **more) -> ReceiptRecord:
    values = {"received_on": timezone.localdate(), "form": "paper", "recorded_by": office(), **more}
    return record_original(application, **values)


def test_a_person_needs_the_original() -> None:
    application = create_application()
    assert missing_for_acceptance(application) == [NO_ORIGINAL]
    assert list(Application.objects.incomplete()) == [application]
    record(application)
    assert missing_for_acceptance(application) == []
    assert list(Application.objects.complete()) == [application]
    assert list(Application.objects.incomplete()) == []


def test_a_receipt_keeps_the_edition_that_the_paper_shows() -> None:
    application = create_application()
    corrected = correct_application(application, make_draft(answers={"last_name": "Anders"}))
    assert record(corrected, edition=1).edition == 1
    assert missing_for_acceptance(corrected) == [NO_ORIGINAL]
    assert record(corrected).edition == 2
    assert missing_for_acceptance(corrected) == []


@pytest.mark.parametrize("edition", [0, 2])
def test_a_paper_has_no_edition_that_was_never_printed(edition: int) -> None:
    application = create_application()
    with pytest.raises(NoSuchEdition):
        record(application, edition=edition)
    assert application.receipts.count() == 0


def test_the_receipt_is_noted() -> None:
    application = create_application()
    receipt = record(application, form="scan")
    assert (receipt.form, receipt.recorded_by) == ("scan", office())
    entry = entries_of(application).last()
    assert (entry.action, entry.actor) == ("original_recorded", office())
    assert entry.details == {"form": "scan", "received_on": timezone.localdate().isoformat()}


def test_forms_that_are_not_taken() -> None:
    application = create_application()
    create_association(accepted_forms=["paper"])
    for form in ("scan", "digital", "fax"):
        with pytest.raises(FormNotAccepted):
            record(application, form=form)
    assert ReceiptRecord.objects.count() == 0


def test_a_receipt_in_a_form_no_longer_taken_does_not_count() -> None:
    application = create_application()
    record(application, form="scan")
    create_association(accepted_forms=["paper"])
    assert missing_for_acceptance(application) == [
        "Der unterschriebene Antrag ist noch nicht eingegangen (unterschriebenes Original auf Papier)."
    ]
    assert list(Application.objects.complete()) == []


@pytest.mark.parametrize("days", [-1, 1])
def test_days_that_cannot_be(days: int) -> None:
    application = create_application()
    with pytest.raises(ImplausibleDate):
        record(application, received_on=timezone.localdate() + dt.timedelta(days=days))


def test_nothing_is_recorded_before_confirmation() -> None:
    application = create_application(GROUP, confirmed=False)
    with pytest.raises(NotOpen):
        record(application)
    with pytest.raises(NotOpen):
        sign(application, 1, "Anna Eins")


def test_a_group_needs_five_people() -> None:
    application = create_application(GROUP)
    record(application)
    assert missing_for_acceptance(application) == ["Es fehlen 5 der fünf Unterschriften."]
    for position, name in enumerate(PEOPLE[:4], start=1):
        sign(application, position, name)
    assert missing_for_acceptance(application) == ["Es fehlt eine der fünf Unterschriften."]
    assert list(Application.objects.complete()) == []
    sign(application, 5, PEOPLE[4])
    assert missing_for_acceptance(application) == []
    assert list(Application.objects.complete()) == [application]


def test_the_same_person_counts_once() -> None:
    application = create_application(GROUP)
    record(application)
    for position, name in enumerate([*PEOPLE[:3], "Jörg Müller", "JOERG  MUELLER"], start=1):
        sign(application, position, name)
    assert missing_for_acceptance(application) == [
        "Es fehlt eine der fünf Unterschriften. Wer mehrfach unterschrieben oder bestätigt hat, zählt einmal.",
    ]
    assert list(Application.objects.complete()) == []


def test_a_row_is_recorded_again() -> None:
    application = create_application(GROUP)
    sign(application, 1, "Anna Eins", function="Garten")
    row = record_signature(application, position=1, present=False, name="Anna Eins", recorded_by=office())
    assert (row.present, row.signed_on, row.function) == (False, None, "")
    assert application.cosignatures.count() == 1


@pytest.mark.parametrize("position", [0, -1, 16])
def test_rows_that_are_not_there(position: int) -> None:
    with pytest.raises(NoSuchRow):
        sign(create_application(GROUP), position, "Anna Eins")


def test_only_groups_have_rows() -> None:
    with pytest.raises(NoSuchRow):
        sign(create_application(), 1, "Anna Eins")


@pytest.mark.parametrize("more", [{"name": " "}, {"name": "…"}, {"signed_on": None}])
def test_a_signature_needs_name_and_day(more) -> None:
    application = create_application(GROUP)
    with pytest.raises(SignatureIncomplete):
        sign(application, 1, more.pop("name", "Anna Eins"), **more)


def test_the_contact_may_sign_unless_the_rules_say_otherwise() -> None:
    application = create_application(GROUP)
    assert sign(application, 1, "KIM KONTAKT").present is True
    create_association(contact_may_cosign=False)
    with pytest.raises(ContactMayNotSign):
        sign(application, 2, "Kim  Kontakt")
