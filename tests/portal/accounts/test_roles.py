"""Roles and what they allow: groups, and for the board a term that runs."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from portal.accounts.models import User
from portal.accounts.roles import Role, has_role
from tests.factories.accounts import create_person, create_technician
from tests.factories.association import create_board_term

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """Return the person as the next request sees it."""
    return User.objects.get(pk=person.pk)


def test_the_roles_are_the_groups_of_the_association():
    assert Role.values == ["Redaktion", "Geschäftsstelle", "Vorstand", "Kasse"]


@pytest.mark.parametrize("role", [Role.EDITORS, Role.OFFICE, Role.TREASURY])
def test_a_group_makes_the_role(role):
    person = create_person(roles=(role,))

    assert [known for known in Role if has_role(person, known)] == [role]


def test_the_board_counts_only_while_a_term_runs(time_machine):
    person = create_person(roles=(Role.BOARD,))
    term = create_board_term(person, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 6, 30))
    answers = {}
    # One hour before and after midnight in Germany.
    for moment in (
        "2025-12-31 23:00+01:00",
        "2026-01-01 01:00+01:00",
        "2026-06-30 23:00+02:00",
        "2026-07-01 00:10+02:00",
    ):
        time_machine.move_to(dt.datetime.fromisoformat(moment), tick=False)
        answers[moment[:10]] = has_role(person, Role.BOARD)

    assert answers == {"2025-12-31": False, "2026-01-01": True, "2026-06-30": True, "2026-07-01": False}
    term.delete()
    assert has_role(person, Role.BOARD) is False


def test_a_term_without_the_group_is_no_role():
    person = create_person()
    create_board_term(person)

    assert has_role(person, Role.BOARD) is False


def test_nobody_else_holds_a_role():
    switched_off = create_person("aus@example.org", roles=(Role.OFFICE,), is_active=False)

    assert [has_role(user, Role.OFFICE) for user in (switched_off, AnonymousUser(), create_technician())] == [False] * 3


def test_the_boards_permissions_end_with_the_term_and_other_groups_keep_theirs():
    person = create_person(roles=(Role.BOARD, Role.OFFICE))
    allowed = Permission.objects.get(codename="change_boardterm")
    Group.objects.get(name=Role.BOARD).permissions.add(allowed)
    kept = Permission.objects.get(codename="change_legaltext")
    Group.objects.get(name=Role.OFFICE).permissions.add(kept)
    permissions = ("association.change_boardterm", "association.change_legaltext", "wagtailadmin.access_admin")

    term = create_board_term(person)
    assert [fresh(person).has_perm(name) for name in permissions] == [True, True, True]
    term.ends_on = dt.date(2020, 12, 31)
    term.save()
    assert [fresh(person).has_perm(name) for name in permissions] == [False, True, True]
