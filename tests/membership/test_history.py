"""Who did what, in words."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from membership.domain import cast_ballot, close_due_votes, open_vote
from membership.history import history_of
from membership.models import Application, VotingRules
from tests.factories.decisions import accept, board, ready
from tests.factories.membership import create_application, create_staff

pytestmark = pytest.mark.django_db


def test_what_the_worker_does_is_not_called_online() -> None:
    VotingRules.load().save()
    with time_machine.travel("2026-11-02T11:00Z", tick=False) as clock:
        (person,) = board(1)
        application = ready()
        decision = open_vote(application, opened_by=person, closes_on=dt.date(2026, 11, 9))
        for _round in range(2):
            decision.refresh_from_db()
            clock.move_to(decision.closes_at)
            close_due_votes()
    assert [(event.what, event.who) for event in history_of(application)][-3:] == [
        ("Abstimmung eröffnet – 9. November 2026", str(person)),
        ("Abstimmung verlängert – 17. November 2026", "automatisch"),
        ("Abstimmung ohne Beschluss beendet", "automatisch"),
    ]
    assert history_of(application)[0].who == "online"


@pytest.mark.parametrize(("vote", "words"), [("yes", "Antrag angenommen"), ("no", "Antrag abgelehnt")])
def test_what_the_votes_decide_nobody_decides_alone(client: Client, vote: str, words: str) -> None:
    opener, last = board(2)
    with time_machine.travel("2026-11-02T11:00Z", tick=False):
        application = ready()
        decision = open_vote(application, opened_by=opener, closes_on=dt.date(2026, 11, 9))
        for person in (opener, last):
            cast_ballot(decision, voter=person, vote=vote)
        stored = Application.objects.get()
        said = {event.what: event.who for event in history_of(stored, for_board=True)}
        assert (stored.decided_by, said[f"{words} – VB 2026/1 – 2. November 2026"]) == (None, "automatisch")
        assert said.get("Als Mitglied aufgenommen", "automatisch") == "automatisch"
        client.force_login(create_staff("office@example.org", "record"))
        html = client.get(reverse("membership_applications:inspect", args=[stored.pk])).content.decode()
    assert "(2. November 2026, Vorstand, VB 2026/1)" in html


def test_who_entered_a_meetings_decision_is_named() -> None:
    application = accept(create_application())
    recorder = application.decisions.get().opened_by
    said = {event.what.partition(" – ")[0]: event.who for event in history_of(application)}
    assert (application.decided_by, said["Antrag angenommen"]) == (recorder, str(recorder))
    assert said["Als Mitglied aufgenommen"] == str(recorder)
