"""When the board can decide: the list by kind, the office's word, and what takes it back."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from membership.domain import (
    check_line,
    completeness,
    correct_application,
    enter_application,
    mark_ready,
    record_original,
    record_signature,
    reopen_application,
    request_completion,
)
from membership.domain.errors import AlreadyReady, NoSuchLine, NotOpen, NotReady
from membership.mail_kinds import BOARD_NOTICE
from membership.models import Application
from portal.accounts.models import User
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.membership import (
    GROUP,
    IBAN,
    LEGAL,
    NATURAL,
    create_application,
    create_user,
    make_draft,
    make_mandate,
)
from tests.factories.signatures import confirm, create_digital_group

pytestmark = pytest.mark.django_db


def office() -> User:
    return User.objects.filter(email="buero@example.org").first() or create_user()


def with_original(kind: str = NATURAL, **fields) -> Application:
    application = create_application(kind, **fields)
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office())
    return application


def lines_of(application: Application) -> list[tuple[str, bool, str]]:
    return [(line.code, line.is_done, line.responsible) for line in completeness(application)]


def waiting_notices(application: Application) -> int:
    return QueuedMail.objects.filter(kind=BOARD_NOTICE, object_id=application.pk, state="queued").count()


def test_a_person_of_full_age_has_one_line() -> None:
    assert lines_of(create_application()) == [("original", False, "applicant")]


def test_somebody_under_age_needs_the_legal_representatives() -> None:
    application = with_original(answers={"of_full_age": "no"})
    assert lines_of(application) == [("original", True, "applicant"), ("representatives", False, "office")]
    assert list(Application.objects.complete()) == []
    check_line(application, code="representatives", checked_by=office())
    assert lines_of(application)[1] == ("representatives", True, "office")
    assert list(Application.objects.complete()) == [application]


@pytest.mark.parametrize(
    ("representation", "note"),
    [
        ("joint", "Es ist noch nicht geprüft, ob alle vertretungsberechtigten Personen unterschrieben haben."),
        ("sole", "Es ist noch nicht geprüft, ob eine vertretungsberechtigte Person unterschrieben hat."),
    ],
)
def test_a_legal_person_needs_its_signatories(representation: str, note: str) -> None:
    application = with_original(LEGAL, answers={"representation": representation})
    assert [line.note for line in completeness(application)] == ["", note]
    assert list(Application.objects.incomplete()) == [application]
    check_line(application, code="signatories", checked_by=office())
    assert list(Application.objects.complete()) == [application]


@pytest.mark.parametrize(
    ("kind", "others"),
    [(NATURAL, []), (LEGAL, [("signatories", False, "office")]), (GROUP, [("cosignatures", False, "applicant")])],
)
def test_a_mandate_needs_its_signature_whoever_applies(kind: str, others: list[tuple[str, bool, str]]) -> None:
    application = create_application(kind, iban=IBAN)
    assert lines_of(application) == [
        ("original", False, "applicant"),
        *others,
        ("mandate", False, "applicant"),
    ]
    assert (
        completeness(application)[-1].note == "Das unterschriebene SEPA-Lastschriftmandat ist noch nicht eingegangen."
    )
    record_original(application, received_on=timezone.localdate(), form="scan", recorded_by=office())
    mandate = completeness(application)[-1]
    assert (mandate.is_done, mandate.responsible, mandate.by_hand) == (False, "office", True)
    assert mandate.note == "Es ist noch nicht geprüft, ob das SEPA-Lastschriftmandat unterschrieben ist."
    check_line(application, code="mandate", checked_by=office())
    assert (completeness(application)[-1].is_done, completeness(application)[-1].note) == (True, "")


@pytest.mark.parametrize("channel", ["online", "paper"])
def test_nobody_is_ready_on_a_mandate_without_a_signature(channel: str) -> None:
    if channel == "online":
        application = with_original(iban=IBAN)
    else:
        application = enter_application(
            make_draft(channel="paper", payment_way="direct_debit", mandate=make_mandate()),
            key="paper",
            received_on=timezone.localdate(),
            is_signed=True,
            entered_by=office(),
        )
    with pytest.raises(NotReady) as refused:
        mark_ready(application, marked_by=office())
    assert refused.value.missing == ["Es ist noch nicht geprüft, ob das SEPA-Lastschriftmandat unterschrieben ist."]
    assert (list(Application.objects.complete()), list(Application.objects.incomplete())) == ([], [application])
    check_line(application, code="mandate", checked_by=office())
    assert (list(Application.objects.complete()), list(Application.objects.incomplete())) == ([application], [])
    assert mark_ready(application, marked_by=office()).state == "ready"
    check_line(application, code="mandate", checked_by=office(), is_done=False)
    assert Application.objects.get().state == "confirmed"


def test_five_digital_confirmations_sign_no_mandate() -> None:
    application = create_digital_group(iban=IBAN)
    confirm(application, 1, 2, 3, 4, 5)
    assert lines_of(application) == [
        ("original", True, "applicant"),
        ("cosignatures", True, "applicant"),
        ("mandate", False, "applicant"),
    ]
    assert list(Application.objects.complete()) == []
    check_line(application, code="mandate", checked_by=office())
    assert list(Application.objects.complete()) == [application]


def test_a_mandate_is_checked_for_one_account() -> None:
    application = with_original(iban=IBAN)
    check_line(application, code="mandate", checked_by=office())
    other = make_mandate("DE75512108001245126199")
    corrected = correct_application(application, make_draft(payment_way="direct_debit", mandate=other))
    assert (corrected.edition, lines_of(corrected)) == (
        2,
        [("original", False, "applicant"), ("mandate", False, "applicant")],
    )
    assert list(Application.objects.complete()) == []


def test_a_transfer_needs_no_mandate() -> None:
    application = with_original(iban=IBAN)
    corrected = correct_application(application, make_draft())
    assert lines_of(corrected) == [("original", False, "applicant")]
    with pytest.raises(NoSuchLine):
        check_line(corrected, code="mandate", checked_by=office())


def test_a_group_needs_five_rows() -> None:
    application = with_original(GROUP)
    for position in range(1, 6):
        assert lines_of(application)[1] == ("cosignatures", False, "applicant")
        sign(application, position)
    assert lines_of(application)[1] == ("cosignatures", True, "applicant")


def sign(application: Application, position: int, *, present: bool = True) -> None:
    record_signature(
        application,
        position=position,
        present=present,
        name=f"Person {position}",
        signed_on=timezone.localdate(),
        recorded_by=office(),
    )


def test_an_open_question_is_a_line() -> None:
    application = with_original()
    request_completion(application, points=["Die Hausnummer fehlt."], message="", requested_by=office())
    assert lines_of(application) == [("original", True, "applicant"), ("answer", False, "applicant")]
    assert list(Application.objects.complete()) == []


def test_ready_tells_the_board_once() -> None:
    application = with_original()
    ready = mark_ready(application, marked_by=office())
    stored = Application.objects.get()
    assert (stored.state, ready, waiting_notices(stored)) == ("ready", stored, 1)
    assert (entries_of(stored).last().action, entries_of(stored).last().actor) == ("application_ready", office())
    assert list(Application.objects.awaiting_board()) == [stored]
    assert list(Application.objects.awaiting_office()) == []
    with pytest.raises(AlreadyReady):
        mark_ready(application, marked_by=office())
    assert waiting_notices(stored) == 1


def test_not_ready_while_a_line_is_open() -> None:
    application = create_application(LEGAL)
    with pytest.raises(NotReady) as refused:
        mark_ready(application, marked_by=office())
    assert str(refused.value) == (
        "Der Antrag ist noch nicht beschlussreif. Der unterschriebene Antrag ist noch nicht eingegangen "
        "(unterschriebenes Original auf Papier oder hochgeladene Kopie des unterschriebenen Antrags). Es ist noch "
        "nicht geprüft, ob alle vertretungsberechtigten Personen unterschrieben haben."
    )
    assert (Application.objects.get().state, waiting_notices(application)) == ("confirmed", 0)


def test_nothing_is_ready_that_is_not_confirmed() -> None:
    with pytest.raises(NotOpen):
        mark_ready(create_application(confirmed=False), marked_by=office())


def test_taken_back_by_the_office() -> None:
    application = mark_ready(with_original(), marked_by=office())
    reopen_application(application, reopened_by=office())
    assert (Application.objects.get().state, waiting_notices(application)) == ("confirmed", 0)
    reopen_application(application, reopened_by=office())
    assert [entry.action for entry in entries_of(application)].count("application_reopened") == 1


def test_taken_back_when_a_signature_turns_out_not_to_be_there() -> None:
    application = with_original(GROUP)
    for position in range(1, 6):
        sign(application, position)
    mark_ready(application, marked_by=office())
    sign(application, 6)
    assert Application.objects.get().state == "ready"
    sign(application, 6, present=False)
    assert Application.objects.get().state == "ready"
    sign(application, 5, present=False)
    assert (Application.objects.get().state, waiting_notices(application)) == ("confirmed", 0)


def test_taken_back_when_the_office_unticks_a_line() -> None:
    application = with_original(LEGAL)
    check_line(application, code="signatories", checked_by=office())
    check_line(application, code="signatories", checked_by=office())
    assert [entry.action for entry in entries_of(application)].count("line_checked") == 1
    mark_ready(application, marked_by=office())
    check_line(application, code="signatories", checked_by=office(), is_done=False)
    assert Application.objects.get().state == "confirmed"


@pytest.mark.parametrize("code", ["original", "signatories", "mandate", "unsinn"])
def test_only_lines_that_are_there_are_ticked(code: str) -> None:
    with pytest.raises(NoSuchLine):
        check_line(create_application(), code=code, checked_by=office())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ready_once_however_many_press_at_once() -> None:
    application, marked_by = with_original(), office()
    start = threading.Barrier(5)
    outcomes: list[str] = []

    def press() -> None:
        start.wait()
        try:
            outcomes.append(mark_ready(application, marked_by=marked_by).state)
        except AlreadyReady:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ready", *["refused"] * 4]
    assert waiting_notices(application) == 1
