"""The turn of the year and the two nights in which the clock is moved, seen from Germany.

At each of these moments a computer that counts in UTC is in another year, on another day or at another hour.
"""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from dues.models import DuesOrder
from membership.domain import open_vote
from membership.domain.vote import end_of
from membership.models import Application, BoardDecision
from membership.offer import offer_for
from membership.voting import Count
from pages.models import MeetingIndexPage, MeetingPage
from portal.association.enums import LegalTextKind
from portal.association.models import BoardTerm, LegalText, is_board_member
from portal.delivery.snapshot import next_midnight
from portal.delivery.turning_points import next_turning_point
from portal.privacy.models import Unit
from portal.privacy.retention import Period
from tests.factories.association import create_legal_text
from tests.factories.decisions import board, decide_in_meeting, ready
from tests.factories.dues import create_order, make_rate
from tests.factories.membership import NATURAL, REGULAR, create_application, create_board_member, create_ground
from tests.factories.pages import add_meeting

BEFORE, AFTER = "2026-12-31 23:59:30+01:00", "2027-01-01 00:00:30+01:00"
NEW_YEAR = dt.date(2027, 1, 1)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


# -- 31 December, 23:59


@pytest.mark.django_db
def test_an_order_and_a_text_of_the_new_year_hold_from_midnight(time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    create_ground()
    order = create_order(rates=[make_rate(membership_types=[REGULAR])], valid_from=NEW_YEAR)
    statutes = create_legal_text(in_force_from=NEW_YEAR)
    in_force = []
    for moment in (BEFORE, AFTER):
        time_machine.move_to(moment, tick=False)
        offer = offer_for(NATURAL, REGULAR)
        assert offer is not None
        in_force.append(
            (
                DuesOrder.objects.in_force() == order,
                LegalText.objects.in_force(LegalTextKind.STATUTES) == statutes,
                offer.dues_order == order,
                offer.texts[LegalTextKind.STATUTES] == statutes,
                DuesOrder.objects.upcoming().count(),
            )
        )

    assert in_force == [(False, False, False, False, 1), (True, True, True, True, 0)]


@pytest.mark.django_db
def test_a_term_ends_with_the_year(time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    going = create_board_member("alt@example.org", ends_on=dt.date(2026, 12, 31))
    coming = create_board_member("neu@example.org", starts_on=NEW_YEAR)
    before = [is_board_member(going), is_board_member(coming)]
    time_machine.move_to(AFTER, tick=False)

    assert (before, [is_board_member(going), is_board_member(coming)]) == ([True, False], [False, True])
    assert list(BoardTerm.objects.running().values_list("user__email", flat=True)) == ["neu@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "label"), [(BEFORE, "VB 2026/1"), (AFTER, "VB 2027/1")])
def test_resolutions_are_counted_by_the_year_people_live_in(time_machine: Any, moment: str, label: str) -> None:
    time_machine.move_to(moment, tick=False)
    people = board(1)
    decision = decide_in_meeting(ready(), Count(members=0, yes=1), people)

    assert (decision.label, decision.decided_on) == (label, dt.datetime.fromisoformat(moment).date())


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "year"), [(BEFORE, 2026), (AFTER, 2027)])
def test_the_first_year_of_an_application_is_the_one_people_live_in(time_machine: Any, moment: str, year: int) -> None:
    time_machine.move_to(moment, tick=False)
    create_ground()
    application = create_application()
    admitted_on = timezone.localdate(application.submitted_at)
    calculation = application.dues_order.calculate(application.dues_rate, admitted_on=admitted_on)

    assert calculation.due is not None
    assert (admitted_on.year, calculation.due.on.year) == (year, year)


@pytest.mark.django_db
def test_pages_are_made_anew_at_midnight(time_machine: Any) -> None:
    found = []
    for moment in (BEFORE, AFTER):
        time_machine.move_to(moment, tick=False)
        found.append(next_turning_point())

    # Midnight in Germany is 23 o'clock in UTC, in winter.
    assert found == [utc("2026-12-31 23:00"), utc("2027-01-01 23:00")]


# -- the nights in which the clock is moved: 28 March and 31 October 2027


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2027-03-27 23:59+01:00", "2027-03-27 23:00"),
        ("2027-03-28 00:01+01:00", "2027-03-28 22:00"),
        ("2027-03-28 03:01+02:00", "2027-03-28 22:00"),
        ("2027-10-31 00:01+02:00", "2027-10-31 23:00"),
        ("2027-10-31 02:30+02:00", "2027-10-31 23:00"),
        ("2027-10-31 02:30+01:00", "2027-10-31 23:00"),
        ("2027-10-31 23:59+01:00", "2027-10-31 23:00"),
    ],
)
def test_midnight_after_a_day_of_23_or_25_hours(time_machine: Any, now: str, midnight: str) -> None:
    time_machine.move_to(now, tick=False)

    assert next_midnight() == utc(midnight)
    assert end_of(timezone.localdate()) == utc(midnight)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moments", "end"),
    [
        # The hour that comes twice: half past two is not over before it has come the second time.
        (
            ["2027-10-31 02:29+02:00", "2027-10-31 02:31+02:00", "2027-10-31 02:29+01:00", "2027-10-31 02:31+01:00"],
            "2027-10-31 02:30+01:00",
        ),
        # The hour that does not come: a minute after one minute to two it is three.
        (
            ["2027-03-28 01:58+01:00", "2027-03-28 01:59:59+01:00", "2027-03-28 03:00:01+02:00"],
            "2027-03-28 03:00:01+02:00",
        ),
    ],
    ids=["autumn", "spring"],
)
def test_a_meeting_is_over_at_its_end(site: Any, time_machine: Any, moments: list[str], end: str) -> None:
    for page in MeetingPage.objects.all():
        page.delete()
    time_machine.move_to(moments[0], tick=False)
    ends_at = dt.datetime.fromisoformat(end)
    add_meeting(MeetingIndexPage.objects.get(), "Nachts", starts_at=ends_at - dt.timedelta(hours=4), ends_at=ends_at)
    upcoming, turning = [], []
    for moment in moments:
        time_machine.move_to(moment, tick=False)
        upcoming.append(MeetingPage.objects.upcoming().count())
        turning.append(next_turning_point() == ends_at)

    assert upcoming == [*[1] * (len(moments) - 1), 0]
    assert turning == [True] * (len(moments) - 1) + [False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opened", "closes_on", "last", "over"),
    [
        ("2027-03-26 12:00+01:00", dt.date(2027, 3, 28), "2027-03-28 23:59:59+02:00", "2027-03-29 00:00+02:00"),
        ("2027-10-29 12:00+02:00", dt.date(2027, 10, 31), "2027-10-31 23:59:59+01:00", "2027-11-01 00:00+01:00"),
    ],
    ids=["spring", "autumn"],
)
def test_a_vote_lasts_to_the_end_of_its_last_day(
    time_machine: Any, opened: str, closes_on: dt.date, last: str, over: str
) -> None:
    time_machine.move_to(opened, tick=False)
    (chair,) = board(1)
    vote = open_vote(ready(), opened_by=chair, closes_on=closes_on)
    stored = BoardDecision.objects.get(pk=vote.pk)

    assert stored.last_day == closes_on
    assert stored.closes_at is not None
    assert dt.datetime.fromisoformat(last) < stored.closes_at == dt.datetime.fromisoformat(over)


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["2027-03-25 10:00+01:00", "2027-10-28 10:00+02:00"], ids=["spring", "autumn"])
def test_a_link_lives_seven_days_whatever_the_clock_does(time_machine: Any, sent: str) -> None:
    time_machine.move_to(sent, tick=False)
    application = create_application(confirmed=False)
    end = dt.datetime.fromisoformat(sent) + dt.timedelta(days=7)
    stored = Application.objects.get(pk=application.pk)
    second = dt.timedelta(seconds=1)

    assert [stored.confirmation_expired(end - second), stored.confirmation_expired(end)] == [False, True]


@pytest.mark.parametrize(
    ("begun", "period", "over"),
    [
        # A month is a month by the calendar: the same hour on the clock.
        ("2027-02-28 02:30+01:00", Period(1, Unit.MONTHS), "2027-03-28 03:30+02:00"),
        ("2027-03-05 12:00+01:00", Period(1, Unit.MONTHS), "2027-04-05 12:00+02:00"),
        ("2027-10-05 12:00+02:00", Period(1, Unit.MONTHS), "2027-11-05 12:00+01:00"),
        ("2027-09-30 02:30+02:00", Period(1, Unit.MONTHS), "2027-10-30 02:30+02:00"),
        ("2026-12-31 23:59+01:00", Period(2, Unit.MONTHS), "2027-02-28 23:59+01:00"),
        # A day is 24 hours.
        ("2027-03-27 12:00+01:00", Period(1), "2027-03-28 13:00+02:00"),
        ("2027-10-30 12:00+02:00", Period(1), "2027-10-31 11:00+01:00"),
    ],
)
def test_what_is_kept_for_a_time(begun: str, period: Period, over: str) -> None:
    assert period.after(dt.datetime.fromisoformat(begun).astimezone(dt.UTC)) == dt.datetime.fromisoformat(over)
