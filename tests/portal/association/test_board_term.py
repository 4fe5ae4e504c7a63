"""Terms of office: first and last day count, in German days."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.association.models import BoardTerm, is_board_member
from tests.factories.accounts import create_person
from tests.factories.association import create_board_term

pytestmark = pytest.mark.django_db


def test_a_term_runs_from_its_first_to_its_last_day():
    term = create_board_term(create_person(), starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 6, 30))
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1)]

    assert [list(BoardTerm.objects.running(day)) for day in days] == [[], [term], [term], []]
    assert [is_board_member(term.user, day) for day in days] == [False, True, True, False]


def test_a_term_without_end_runs_on(time_machine):
    time_machine.move_to(dt.datetime(2036, 1, 1, tzinfo=dt.UTC), tick=False)
    term = create_board_term(create_person())

    assert (term.is_running, is_board_member(term.user)) == (True, True)


def test_nobody_else_sits_on_the_board():
    create_board_term(create_person())

    assert [is_board_member(create_person("bert@example.org")), is_board_member(AnonymousUser())] == [False, False]


def test_a_term_that_ends_before_it_starts_is_refused():
    term = BoardTerm(
        user=create_person(), function="Vorsitz", starts_on=dt.date(2026, 2, 1), ends_on=dt.date(2026, 1, 31)
    )

    with pytest.raises(ValidationError) as caught:
        term.full_clean()
    assert caught.value.message_dict["ends_on"] == ["Die Amtszeit endet, bevor sie beginnt."]
    with pytest.raises(IntegrityError), transaction.atomic():
        term.save()
