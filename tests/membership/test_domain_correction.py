"""Correcting a submitted application: what changes, what stays, what it voids."""

from typing import Any

import pytest

from membership.domain import completeness, correct_application, create_draft, mark_ready, withdraw_application
from membership.domain.errors import KindFixed, NotOpen, NotReady
from membership.models import Application, SepaMandate
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import complete, office, ready
from tests.factories.membership import (
    GROUP,
    IBAN,
    LEGAL,
    NATURAL,
    REGULAR,
    create_application,
    create_user,
    make_draft,
    make_mandate,
)

pytestmark = pytest.mark.django_db


def queued(application: Application, *kinds: str) -> list[str]:
    found = QueuedMail.objects.filter(object_id=application.pk, kind__in=kinds, state="queued").order_by("pk")
    return list(found.values_list("kind", flat=True))


def correction_line(application: Application) -> dict:
    (entry,) = [entry for entry in entries_of(application) if entry.action == "application_corrected"]
    return entry.details


def test_a_new_street_keeps_the_fingerprint() -> None:
    application = create_application()
    corrected = correct_application(application, make_draft(answers={"street": "Neuer Weg 5"}, email=""))
    assert corrected.answers["street"] == "Neuer Weg 5"
    assert (corrected.content_hash, corrected.email) == (application.content_hash, "mara@example.org")
    assert correction_line(application) == {"fields": ["street"], "fingerprint_changed": False}
    assert queued(application, "application_corrected", "correction_notice") == [
        "application_corrected",
        "correction_notice",
    ]


def test_a_new_name_changes_fingerprint_and_folded_name() -> None:
    application = create_application()
    checked = make_draft(answers={"last_name": "Müller"}, applicant_name="Dr. Mara Müller")
    corrected = correct_application(application, checked)
    assert (corrected.applicant_name, corrected.folded_name) == ("Dr. Mara Müller", "maramueller")
    assert corrected.content_hash != application.content_hash
    assert correction_line(application) == {"fields": ["last_name"], "fingerprint_changed": True}


def test_bank_data_is_replaced_and_not_named_in_the_log() -> None:
    application = create_application(iban=IBAN)
    other = "DE75512108001245126199"
    correct_application(application, make_draft(payment_way="direct_debit", mandate=make_mandate(other)))
    assert SepaMandate.objects.get().iban == other
    assert correction_line(application)["fields"] == ["iban"]
    correct_application(application, make_draft())
    assert SepaMandate.objects.count() == 0


def test_nothing_changed_leaves_no_trace() -> None:
    application = create_application()
    correct_application(application, make_draft())
    assert [entry.action for entry in entries_of(application)] == ["application_submitted", "application_confirmed"]
    assert queued(application, "application_corrected", "correction_notice") == []


@pytest.mark.parametrize(("answers", "state"), [({"phone": "0371 9"}, "ready"), ({"last_name": "Neu"}, "confirmed")])
def test_a_ready_application_goes_back_when_its_paper_changes(answers: dict[str, str], state: str) -> None:
    application = ready()
    assert correct_application(application, make_draft(answers=answers)).state == state


def test_the_office_corrects_at_request() -> None:
    application, office = create_application(), create_user("office@example.org")
    correct_application(application, make_draft(answers={"phone": "0371 9"}), corrected_by=office)
    assert entries_of(application).last().actor == office
    assert queued(application, "application_corrected", "correction_notice") == ["application_corrected"]


def test_the_draft_is_emptied() -> None:
    application = create_application()
    draft = create_draft(kind=NATURAL, membership_type=REGULAR, data={"city": "x"}, application=application)
    correct_application(application, make_draft(answers={"city": "Leipzig"}), key=draft.key)
    draft.refresh_from_db()
    assert (draft.payload, draft.submitted_at is None) == ("", False)


def test_refusals() -> None:
    with pytest.raises(NotOpen):
        correct_application(create_application(confirmed=False), make_draft())
    with pytest.raises(KindFixed):
        correct_application(create_application(GROUP), make_draft(LEGAL))
    withdrawn = withdraw_application(create_application())
    with pytest.raises(NotOpen):
        correct_application(withdrawn, make_draft(answers={"city": "Leipzig"}))


def test_papers_of_an_earlier_edition_do_not_count() -> None:
    application = correct_application(ready(LEGAL), make_draft(LEGAL, answers={"name": "Beispiel Wohnen"}))
    assert (application.state, application.edition, application.fingerprint) == (
        "confirmed",
        2,
        f"{application.content_hash[:8]}-2",
    )
    assert (application.receipts.get().edition, application.checked_lines.count()) == (1, 0)
    lines = [(line.code, line.is_done) for line in completeness(application)]
    assert lines == [("original", False), ("signatories", False)]
    assert list(Application.objects.complete()) == []
    with pytest.raises(NotReady):
        mark_ready(application, marked_by=office())
    assert mark_ready(complete(application), marked_by=office()).state == "ready"
    assert list(Application.objects.complete()) == [application]


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        (NATURAL, {"of_full_age": "no"}),
        (LEGAL, {"legal_form": "Genossenschaft"}),
        (LEGAL, {"register_number": "HRB 4321"}),
        (LEGAL, {"representation": "sole"}),
        (LEGAL, {"signatories": [{"name": "Erika Muster", "function": "Leitung"}]}),
    ],
)
def test_what_the_paper_states_cannot_change_without_a_new_one(kind: str, answers: dict[str, Any]) -> None:
    application = ready(kind)
    corrected = correct_application(application, make_draft(kind, answers=answers))
    assert (corrected.edition, corrected.state) == (2, "confirmed")
    assert corrected.content_hash == application.content_hash
    assert completeness(corrected)[0].is_done is False


def test_another_account_needs_another_paper_and_is_in_no_hash() -> None:
    application = complete(create_application(iban=IBAN))
    changed = make_draft(payment_way="direct_debit", mandate=make_mandate("DE75512108001245126199"))
    corrected = correct_application(application, changed)
    assert (corrected.edition, corrected.content_hash) == (2, application.content_hash)
    assert completeness(corrected)[0].is_done is False


def test_a_group_s_account_leaves_the_five_alone() -> None:
    application = ready(GROUP)
    corrected = correct_application(application, make_draft(GROUP, payment_way="direct_debit", mandate=make_mandate()))
    lines = [(line.code, line.is_done) for line in completeness(corrected)]
    assert lines == [("original", False), ("cosignatures", True), ("mandate", False)]
    assert (corrected.state, corrected.cosignatures.present().count()) == ("confirmed", 5)
