"""Accepting and rejecting: by whom, when, and only once."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from membership.domain import accept_application, record_original, record_signature, reject_application
from membership.domain.errors import ImplausibleDate, NotOnBoard, NotOpen, PapersMissing
from membership.models import Application
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.membership import GROUP, NATURAL, create_application, create_board_member, create_user

pytestmark = pytest.mark.django_db


def complete(kind: str = NATURAL) -> Application:
    application = create_application(kind)
    office, today = create_user("papier@example.org"), timezone.localdate()
    record_original(application, received_on=today, form="paper", recorded_by=office)
    if kind == GROUP:
        for position in range(1, 6):
            record_signature(
                application,
                position=position,
                present=True,
                name=f"Person {position}",
                signed_on=today,
                recorded_by=office,
            )
    return application


@pytest.mark.parametrize("kind", [NATURAL, GROUP])
def test_accepting(kind: str) -> None:
    application, member, today = complete(kind), create_board_member(), timezone.localdate()
    accepted = accept_application(application, decided_by=member, decided_on=today)
    stored = Application.objects.get()
    assert stored == accepted
    assert (stored.state, stored.decided_by, stored.decided_on) == ("accepted", member, today)
    assert list(Application.objects.decided()) == [stored]
    entry = entries_of(stored).last()
    assert (entry.action, entry.actor, entry.details) == (
        "application_accepted",
        member,
        {"decided_on": today.isoformat()},
    )
    assert QueuedMail.objects.filter(kind="application_accepted", object_id=stored.pk).count() == 1


def test_accepting_before_the_papers_have_come() -> None:
    application = create_application(GROUP)
    with pytest.raises(PapersMissing) as refused:
        accept_application(application, decided_by=create_board_member(), decided_on=timezone.localdate())
    assert refused.value.missing == [
        (
            "Der unterschriebene Antrag ist noch nicht eingegangen (unterschriebenes Original auf Papier oder "
            "hochgeladene Kopie des unterschriebenen Antrags)."
        ),
        "Es fehlen 5 der fünf Unterschriften.",
    ]
    assert str(refused.value) == f"Der Antrag kann noch nicht angenommen werden. {' '.join(refused.value.missing)}"
    assert Application.objects.get().state == "confirmed"
    assert QueuedMail.objects.filter(kind="application_accepted").count() == 0


def test_rejecting_needs_no_papers() -> None:
    application, member = create_application(), create_board_member()
    rejected = reject_application(application, decided_by=member, decided_on=timezone.localdate())
    assert (rejected.state, rejected.decided_by) == ("rejected", member)
    assert entries_of(rejected).last().action == "application_rejected"
    assert QueuedMail.objects.filter(kind="application_rejected", object_id=rejected.pk).count() == 1


@pytest.mark.parametrize("decide", [accept_application, reject_application])
def test_only_the_board_of_today_decides(decide) -> None:
    application, today = complete(), timezone.localdate()
    former = create_board_member("frueher@example.org", ends_on=today - dt.timedelta(days=1))
    coming = create_board_member("spaeter@example.org", starts_on=today + dt.timedelta(days=1))
    technician = create_user("technik@example.org", is_superuser=True)
    for user in (former, coming, technician):
        with pytest.raises(NotOnBoard):
            decide(application, decided_by=user, decided_on=today)
    assert Application.objects.get().state == "confirmed"


@pytest.mark.parametrize("decide", [accept_application, reject_application])
def test_days_that_cannot_be(decide) -> None:
    application, member = complete(), create_board_member()
    for days in (-1, 1):
        with pytest.raises(ImplausibleDate):
            decide(application, decided_by=member, decided_on=timezone.localdate() + dt.timedelta(days=days))


def test_nobody_decides_twice() -> None:
    application, member, today = complete(), create_board_member(), timezone.localdate()
    accept_application(application, decided_by=member, decided_on=today)
    for decide in (accept_application, reject_application):
        with pytest.raises(NotOpen):
            decide(application, decided_by=member, decided_on=today)
    assert Application.objects.get().state == "accepted"
    assert QueuedMail.objects.filter(kind__in=["application_accepted", "application_rejected"]).count() == 1


def test_nobody_decides_on_what_is_not_confirmed() -> None:
    application = create_application(confirmed=False)
    with pytest.raises(NotOpen):
        reject_application(application, decided_by=create_board_member(), decided_on=timezone.localdate())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_admitted_once_however_many_decide_at_once() -> None:
    application, today = complete(), timezone.localdate()
    members = [create_board_member(f"vorstand{number}@example.org") for number in range(6)]
    start = threading.Barrier(len(members))
    outcomes: list[str] = []

    def decide(member, step) -> None:
        start.wait()
        try:
            outcomes.append(step(application, decided_by=member, decided_on=today).state)
        except NotOpen:
            outcomes.append("refused")
        finally:
            connection.close()

    steps = [accept_application, accept_application, accept_application, reject_application] * 2
    threads = [threading.Thread(target=decide, args=pair) for pair in zip(members, steps[: len(members)], strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = Application.objects.get()
    assert sorted(outcomes) == sorted([stored.state, *["refused"] * 5])
    assert QueuedMail.objects.filter(kind=f"application_{stored.state}").count() == 1
    assert QueuedMail.objects.filter(kind__in=["application_accepted", "application_rejected"]).count() == 1
