"""Who sees and does what with applications."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership import permissions
from membership.models import Application
from portal.accounts.models import User
from portal.association.models import BoardTerm
from tests.factories.membership import create_application, create_staff

pytestmark = pytest.mark.django_db
ACTIONS = ("view", "record", "decide", "unmask", "add", "change", "delete")


def allowed(user: User) -> set[str]:
    return {action for action in ACTIONS if permissions.policy.user_has_permission(user, action)}


def test_office_views_and_records() -> None:
    assert allowed(create_staff("office@example.org", "record")) == {"view", "record"}


def test_board_views_and_decides_while_a_term_runs() -> None:
    assert allowed(create_staff("board@example.org", "decide", board_term=True)) == {"view", "decide"}


def test_board_loses_everything_the_day_after_the_term_ends() -> None:
    user = create_staff("board@example.org", "decide", board_term=True)
    today = timezone.localdate()
    BoardTerm.objects.filter(user=user).update(ends_on=today)
    assert allowed(user) == {"view", "decide"}
    BoardTerm.objects.filter(user=user).update(ends_on=today - dt.timedelta(days=1))
    assert allowed(user) == set()


def test_a_term_without_the_permission_gives_nothing() -> None:
    assert allowed(create_staff("redaktion@example.org", board_term=True)) == set()


def test_administrators_see_but_decide_only_on_the_board() -> None:
    admin = User.objects.create_superuser("admin@example.org", "muster-passwort-1")
    assert allowed(admin) == {"view", "record", "unmask"}
    BoardTerm.objects.create(user=admin, function="Muster", starts_on=dt.date(2020, 1, 1))
    assert allowed(admin) == {"view", "record", "decide", "unmask"}


def test_inactive_people_may_nothing() -> None:
    user = create_staff("office@example.org", "record")
    user.is_active = False
    user.save()
    assert allowed(user) == set()


def test_users_are_found_by_action() -> None:
    office = create_staff("office@example.org", "record")
    board = create_staff("board@example.org", "decide", board_term=True)
    create_staff("former@example.org", "decide")
    create_staff("redaktion@example.org")
    assert set(permissions.policy.users_with_permission("record")) == {office}
    assert set(permissions.policy.users_with_permission("decide")) == {board}
    assert set(permissions.policy.users_with_permission("view")) == {office, board}
    assert set(permissions.policy.users_with_permission("delete")) == set()


def test_nobody_is_given_what_is_not_confirmed() -> None:
    confirmed = create_application()
    create_application(confirmed=False)
    office = create_staff("office@example.org", "record")
    assert list(permissions.policy.instances_user_has_permission_for(office, "view")) == [confirmed]
    stranger = create_staff("redaktion@example.org")
    assert list(permissions.policy.instances_user_has_permission_for(stranger, "view")) == []
    assert Application.objects.count() == 2


def test_an_open_sign_in_loses_the_right_at_midnight_in_germany(client: Client, time_machine: Any) -> None:
    board = create_staff("board@example.org", "decide", board_term=True)
    BoardTerm.objects.update(ends_on=dt.date(2026, 6, 30))
    time_machine.move_to("2026-06-30 23:59+02:00", tick=False)
    client.force_login(board)
    listing = reverse("membership_applications:index")
    assert client.get(listing).status_code == 200
    time_machine.move_to("2026-07-01 00:01+02:00", tick=False)
    assert client.get(listing).status_code == 403


def test_the_treasurer_unmasks_and_sees_no_application() -> None:
    treasurer = create_staff("kasse@example.org", "unmask")
    assert allowed(treasurer) == {"unmask"}
    assert list(permissions.policy.users_with_permission("unmask")) == [treasurer]
    assert list(permissions.policy.users_with_permission("view")) == []


def test_who_needs_a_second_factor() -> None:
    people = {
        "office": create_staff("office@example.org", "record"),
        "board": create_staff("board@example.org", "decide", board_term=True),
        "former": create_staff("former@example.org", "decide"),
        "treasurer": create_staff("kasse@example.org", "unmask"),
        "editor": create_staff("redaktion@example.org"),
    }
    asked = {name for name, user in people.items() if permissions.may_see_applications(user)}
    assert asked == {"office", "board", "treasurer"}
