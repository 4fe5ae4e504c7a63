"""Every step pressed several times at the same moment, on PostgreSQL: taken as often as it makes sense, told once.

Votes and decisions are in test_deciding_at_once.py, confirmations in test_signatures_parallel.py, erasing in
test_erasure_parallel.py.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from membership import domain, mail_kinds
from membership.domain import attachments
from membership.domain.errors import ApplicationError
from membership.enums import CompletenessCode
from membership.models import Application, ApplicationDraft, Attachment, CoSignature, Letter, ReceiptRecord
from portal.mailing.models import QueuedMail
from portal.privacy.models import AuditEntry
from tests.factories.decisions import board, office, ready
from tests.factories.files import make_pdf
from tests.factories.membership import GROUP, NATURAL, REGULAR, create_application, make_draft
from tests.factories.signatures import create_digital_group, row_of
from tests.portal.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 4
Press = Callable[[], Any]


class Step(NamedTuple):
    """How to press a button; how often it is taken; the line in the log and how often; the mail that waits once."""

    prepare: Callable[[], Press]
    taken: int
    action: str
    logged: int
    mail: str = ""


def unconfirmed(step: Callable[..., Any], **fields: Any) -> Callable[[], Press]:
    def prepare() -> Press:
        application = create_application(confirmed=False)
        return lambda: step(application, **fields)

    return prepare


def by_office(step: Callable[..., Any], who: str, *, answers: Any = None, **fields: Any) -> Callable[[], Press]:
    def prepare() -> Press:
        application, person = create_application(answers=answers), office()
        return lambda: step(application, **{who: person}, **fields)

    return prepare


def with_row(step: Callable[..., Any], **fields: Any) -> Callable[[], Press]:
    def prepare() -> Press:
        row = row_of(create_digital_group(), 1)
        return lambda: step(row, **fields)

    return prepare


def reopening() -> Press:
    application = ready()
    return lambda: domain.reopen_application(application, reopened_by=office())


def answering() -> Press:
    application = create_application()
    domain.request_completion(application, points=["Der Stempel fehlt."], message="", requested_by=office())
    return lambda: domain.answer_completion(application, answer="Hier ist er.")


def correcting() -> Press:
    application, checked = create_application(), make_draft(answers={"street": "Neuer Weg 5"})
    return lambda: domain.correct_application(application, checked)


def entering() -> Press:
    checked, person = make_draft(channel="paper"), office()
    day = timezone.localdate()
    return lambda: domain.enter_application(checked, key="eins", received_on=day, is_signed=True, entered_by=person)


def adding() -> Press:
    application = create_digital_group()
    return lambda: domain.add_cosigner(application, name="Neu Dazu", email="neu@example.org")


def cancelling() -> Press:
    people = board(2)
    decision = domain.open_vote(ready(), opened_by=people[0], closes_on=timezone.localdate())
    return lambda: domain.cancel_vote(decision, cancelled_by=people[1])


def posting() -> Press:
    person, today = office(), timezone.localdate()
    checked = make_draft(channel="paper", email="")
    domain.enter_application(checked, key="eins", received_on=today, is_signed=True, entered_by=person)
    letter = Letter.objects.get()
    return lambda: domain.record_posted(letter, sent_on=today, sent_by=person)


def linking() -> Press:
    draft = domain.create_draft(kind=NATURAL, membership_type=REGULAR)
    return lambda: domain.send_draft_link(draft, email="spaeter@example.org")


def recording() -> Press:
    application, person, today = create_application(), office(), timezone.localdate()
    return lambda: domain.record_original(application, received_on=today, form="paper", recorded_by=person)


def recording_a_row() -> Press:
    application, person = create_application(GROUP), office()
    row = {"position": 1, "present": True, "name": "Anna Eins", "signed_on": timezone.localdate()}
    return lambda: domain.record_signature(application, recorded_by=person, **row)


def noting() -> Press:
    application, (person,) = ready(), board(1)
    return lambda: domain.add_note(application, text="Bitte nachfragen.", written_by=person)


ASKED = {"points": ["Der Stempel fehlt."], "message": ""}
STEPS = {
    "confirm": Step(unconfirmed(domain.confirm_email), 4, "application_confirmed", 1, mail_kinds.RECEIVED),
    "send the link again": Step(
        unconfirmed(domain.resend_confirmation), 4, "confirmation_resent", 4, mail_kinds.CONFIRM
    ),
    "correct the address": Step(
        unconfirmed(domain.correct_email, email="neu@example.org"), 1, "email_corrected", 1, mail_kinds.CONFIRM
    ),
    "record the original": Step(recording, 4, "original_recorded", 1),
    "record a row": Step(recording_a_row, 4, "signature_recorded", 4),
    "check a line": Step(
        by_office(
            domain.check_line, "checked_by", answers={"of_full_age": "no"}, code=CompletenessCode.REPRESENTATIVES
        ),
        4,
        "line_checked",
        1,
    ),
    "ask": Step(
        by_office(domain.request_completion, "requested_by", **ASKED),
        1,
        "completion_requested",
        1,
        mail_kinds.COMPLETION_REQUEST,
    ),
    "answer": Step(answering, 1, "completion_answered", 1, mail_kinds.ANSWER_NOTICE),
    "correct": Step(correcting, 4, "application_corrected", 1, mail_kinds.CORRECTED),
    "take back": Step(reopening, 4, "application_reopened", 1),
    "enter paper": Step(entering, 4, "application_entered", 1, mail_kinds.RECEIVED),
    "break off a vote": Step(cancelling, 1, "vote_cancelled", 1),
    "add a person": Step(adding, 1, "cosigner_added", 1),
    "replace a person": Step(
        with_row(domain.replace_cosigner, name="Neu Dazu", email="neu@example.org"), 4, "cosigner_replaced", 4
    ),
    "invite again": Step(with_row(domain.resend_invitation), 4, "invitation_resent", 4),
    "take an invitation back": Step(with_row(domain.revoke_invitation), 1, "invitation_revoked", 1),
    "decline": Step(
        with_row(domain.decline_cosignature, generation=1), 1, "cosignature_declined", 1, mail_kinds.COSIGNER_DECLINED
    ),
    "post a letter": Step(posting, 1, "letter_posted", 1),
    "write a note": Step(noting, 4, "board_note_written", 1),
    "mail a draft's link": Step(linking, 4, "", 0, mail_kinds.DRAFT_LINK),
}


def pressed(press: Press) -> str:
    """Press the button; return „taken“ or „refused“. Any other error is one."""
    try:
        press()
    except ApplicationError:
        return "refused"
    return "taken"


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_pressed_at_once(step: Step) -> None:
    press = step.prepare()
    outcomes = at_once(TIMES, lambda number: pressed(press))
    assert sorted(map(str, outcomes)) == ["refused"] * (TIMES - step.taken) + ["taken"] * step.taken
    assert AuditEntry.objects.filter(action=step.action).count() == step.logged
    if step.mail:
        assert QueuedMail.objects.filter(kind=step.mail, state="queued").count() == 1


def test_what_is_pressed_at_once_is_stored_once() -> None:
    for name in ("record the original", "enter paper", "record a row"):
        press = STEPS[name].prepare()
        at_once(TIMES, lambda number, press=press: pressed(press))
    assert ReceiptRecord.objects.count() == 2
    assert (Application.objects.count(), CoSignature.objects.filter(present=True).count()) == (3, 1)


def test_a_link_sent_anew_several_times_leads_to_the_last_one_alone() -> None:
    application = create_application(confirmed=False)
    at_once(TIMES, lambda number: domain.resend_confirmation(application))
    assert Application.objects.get().confirmation_generation == 1 + TIMES
    row = row_of(create_digital_group(), 1)
    at_once(TIMES, lambda number: domain.resend_invitation(row))
    assert row_of(row.application, 1).generation == 1 + TIMES
    waiting = QueuedMail.objects.filter(kind=mail_kinds.COSIGNER_INVITED, object_id=row.pk, state="queued")
    assert waiting.count() == 1


def test_two_pages_of_a_draft_saved_at_once_are_both_kept() -> None:
    draft = domain.create_draft(kind=NATURAL, membership_type=REGULAR)
    pages = [{"last_name": "Muster"}, {"city": "Chemnitz"}, {"phone": "0371 1"}, {"postcode": "09111"}]
    at_once(TIMES, lambda number: domain.save_draft(draft, data=pages[number], replacing=pages[number].keys()))
    assert ApplicationDraft.objects.get().content.data == {
        name: value for page in pages for name, value in page.items()
    }


def test_a_kind_chosen_while_a_page_is_saved_loses_nothing() -> None:
    draft = domain.create_draft(kind=NATURAL, membership_type=REGULAR, data={"accepts_statutes": "on"})
    presses: list[Press] = [
        lambda: domain.change_draft_kind(draft, kind=GROUP, membership_type=REGULAR),
        lambda: domain.save_draft(draft, data={"city": "Chemnitz"}, replacing=["city"]),
    ]
    at_once(TIMES, lambda number: presses[number % 2]())
    stored = ApplicationDraft.objects.get().content
    assert (stored.kind, stored.data) == (GROUP, {"city": "Chemnitz"})


def test_a_draft_deleted_several_times_is_gone_and_its_mail_with_it() -> None:
    draft = domain.create_draft(kind=NATURAL, membership_type=REGULAR)
    domain.send_draft_link(draft, email="spaeter@example.org")
    assert at_once(TIMES, lambda number: pressed(lambda: domain.delete_draft(draft))) == ["taken"] * TIMES
    assert (ApplicationDraft.objects.count(), QueuedMail.objects.filter(kind=mail_kinds.DRAFT_LINK).count()) == (0, 0)


def test_a_draft_deleted_while_a_page_is_saved_does_not_come_back() -> None:
    draft = domain.create_draft(kind=NATURAL, membership_type=REGULAR)
    presses: list[Press] = [
        lambda: domain.delete_draft(draft),
        lambda: domain.save_draft(draft, data={"city": "Chemnitz"}, replacing=["city"]),
    ]
    outcomes = at_once(TIMES, lambda number: pressed(presses[number % 2]))
    assert outcomes[0::2] == ["taken"] * 2
    assert set(outcomes[1::2]) <= {"taken", "refused"}
    assert ApplicationDraft.objects.count() == 0


def test_confirming_and_declining_at_once_are_one_answer() -> None:
    application = create_digital_group()
    row = row_of(application, 1)
    answers: list[Press] = [
        lambda: domain.confirm_cosignature(row, generation=1, name=row.name, seen_hash=application.content_hash),
        lambda: domain.decline_cosignature(row, generation=1),
    ]
    outcomes = at_once(2, lambda number: pressed(answers[number]))
    assert sorted(outcomes) == ["refused", "taken"]
    answered = row_of(application, 1)
    assert (answered.present, answered.declined_at is None) == ((outcomes[0] == "taken"),) * 2


def test_uploads_at_once_keep_to_the_limit_and_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_UPLOADS", 2)
    application = create_application()
    outcomes = at_once(TIMES, lambda number: pressed(lambda: domain.add_attachment(application, [make_pdf()])))
    assert sorted(outcomes) == ["refused", "refused", "taken", "taken"]
    assert (Attachment.objects.count(), application.attachments.current().count()) == (2, 1)
    assert QueuedMail.objects.filter(kind=mail_kinds.UPLOAD_NOTICE, state="queued").count() == 1


def test_the_clock_stands_still_once_however_many_ask_and_answer() -> None:
    application = create_application()
    started = Application.objects.get().clock_started_at
    at_once(
        TIMES, lambda number: pressed(lambda: domain.request_completion(application, requested_by=office(), **ASKED))
    )
    at_once(TIMES, lambda number: pressed(lambda: domain.answer_completion(application, answer="Hier.")))
    stored = Application.objects.get()
    request = stored.completion_requests.get()
    assert stored.clock_paused_at is None
    assert stored.clock_started_at - started == request.answered_at - request.asked_at > dt.timedelta(0)
