"""The snapshot: collected once per content version and never used longer than it holds."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.delivery import snapshot as module
from portal.delivery.snapshot import next_midnight, register_part, snapshot
from portal.delivery.version import raise_content_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch):
    """A part that counts how often it is collected, and until when it says to hold."""
    monkeypatch.setattr(module, "_parts", dict(module._parts))
    monkeypatch.setattr(module, "_kept", None)

    class Counted:
        times = 0
        valid_until = None

        def build(self) -> int:
            self.times += 1
            return self.times

    part = Counted()
    register_part("counted", part.build, valid_until=lambda: part.valid_until)
    return part


def test_a_part_is_collected_once_while_nothing_changes(counted) -> None:
    assert [snapshot().part("counted"), snapshot().part("counted")] == [1, 1]


def test_a_part_is_collected_anew_after_a_change(counted) -> None:
    snapshot().part("counted")

    raise_content_version()

    assert snapshot().part("counted") == 2


def test_a_part_is_collected_anew_when_its_time_is_over(counted, time_machine) -> None:
    time_machine.move_to("2026-12-31 23:59+01:00", tick=False)
    counted.valid_until = timezone.now() + timedelta(minutes=1)
    first = snapshot().part("counted")
    counted.valid_until = None
    time_machine.move_to("2027-01-01 00:00+01:00", tick=False)

    assert [first, snapshot().part("counted"), snapshot().part("counted")] == [1, 2, 2]


def test_whoever_still_holds_an_older_snapshot_keeps_reading_it(counted) -> None:
    older = snapshot()
    older.part("counted")
    raise_content_version()
    snapshot().part("counted")

    assert older.part("counted") == 1


def test_an_unknown_part_is_an_error(counted) -> None:
    with pytest.raises(KeyError):
        snapshot().part("unbekannt")


def test_a_warm_snapshot_costs_one_query(counted, django_assert_num_queries) -> None:
    snapshot().part("counted")

    with django_assert_num_queries(1):
        snapshot().part("counted")


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-11-22 20:00+01:00", datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Berlin"))),
        ("2026-12-31 23:59+01:00", datetime(2027, 1, 1, tzinfo=ZoneInfo("Europe/Berlin"))),
        # Half past midnight here is still the day before in UTC.
        ("2027-03-28 00:30+01:00", datetime(2027, 3, 29, tzinfo=ZoneInfo("Europe/Berlin"))),
    ],
)
def test_the_next_midnight_is_the_local_one(time_machine, now: str, midnight: datetime) -> None:
    time_machine.move_to(now, tick=False)

    assert next_midnight() == midnight


def test_a_fragment_is_made_once_per_content_version(counted) -> None:
    made = [snapshot().fragment("kopf", counted.build), snapshot().fragment("kopf", counted.build)]
    raise_content_version()

    assert [*made, snapshot().fragment("kopf", counted.build)] == [1, 1, 2]


def test_there_is_room_for_so_many_fragments(counted, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_FRAGMENTS", 2)
    for key in ("a", "b", "c"):
        snapshot().fragment(key, counted.build)

    assert list(snapshot()._fragments) == ["c"]
