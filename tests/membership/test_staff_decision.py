"""What the board does in the admin, and what the office sees of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.domain import close_due_votes, open_vote
from membership.models import Application, BoardDecision, Member, VotingRules
from portal.accounts.models import User
from portal.association.models import BoardTerm
from portal.pdf.reading import read_text
from portal.privacy import audit
from tests.factories.decisions import accept, ready, reject, yesterday
from tests.factories.membership import create_application, create_staff

pytestmark = pytest.mark.django_db


def address(step: str, application: Application, *more: int) -> str:
    return reverse(f"membership_applications:{step}", args=[application.pk, *more])


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    def enter(email: str, *permissions: str, board_term: bool = True) -> Client:
        client = Client()
        client.force_login(create_staff(email, *permissions, board_term=board_term))
        return client

    return enter


@pytest.fixture
def board(sign_in: Callable[..., Client]) -> Client:
    return sign_in("board@example.org", "decide")


@pytest.fixture
def office(sign_in: Callable[..., Client]) -> Client:
    return sign_in("office@example.org", "record", board_term=False)


def page(client: Client, application: Application) -> str:
    return client.get(address("inspect", application)).content.decode()


def today() -> str:
    return f"{timezone.localdate():%d.%m.%Y}"


def test_voting_until_everybody_has(board: Client, sign_in: Callable[..., Client]) -> None:
    second, application = sign_in("zwei@example.org", "decide"), ready()
    board.post(address("open_vote", application), {"closes_on": today()})
    board.post(address("cast_ballot", application), {"vote": "no"})
    shown = page(second, application)
    assert (shown.count("hat abgestimmt"), shown.count("noch nicht abgestimmt")) == (1, 1)
    assert "<strong>Nein</strong>" not in shown
    assert "<strong>Nein</strong>" in page(board, application)
    board.post(address("cast_ballot", application), {"vote": "yes"})
    response = second.post(address("cast_ballot", application), {"vote": "yes"}, follow=True)
    assert "Der Antrag ist angenommen. Die Nachricht geht in zehn Minuten hinaus" in response.content.decode()
    assert "Mitglied Nummer 1 seit" in response.content.decode()
    assert Application.objects.get().state == "accepted"


def test_who_has_voted_and_noted_is_told_to_the_board_alone(board: Client, office: Client) -> None:
    application = ready()
    create_staff("zwei@example.org", board_term=True)
    board.post(address("open_vote", application), {"closes_on": today()})
    board.post(address("cast_ballot", application), {"vote": "no"})
    board.post(address("add_note", application), {"text": "Eine vertrauliche Musternotiz"})
    words = ("hat abgestimmt", "noch nicht abgestimmt", "Stimme abgegeben", "Notiz des Vorstands geschrieben")
    assert [page(board, application).count(each) for each in words] == [1, 1, 1, 1]
    assert [page(office, application).count(each) for each in words] == [0, 0, 0, 0]
    assert page(office, application).count("Die Abstimmung im Umlaufverfahren läuft") == 1


def test_too_late_says_so(board: Client, sign_in: Callable[..., Client]) -> None:
    application = ready()
    open_vote(application, opened_by=create_staff("x@example.org", board_term=True), closes_on=timezone.localdate())
    board.post(address("cancel_vote", application))
    response = board.post(address("cast_ballot", application), {"vote": "yes"})
    assert response.context["error"] == "Die Abstimmung ist beendet."


MAJORITIES = {
    "simple": "Angenommen ist der Antrag mit mehr Ja- als Nein-Stimmen.",
    "two_thirds": "Angenommen ist der Antrag, wenn mindestens zwei Drittel der gezählten Stimmen Ja-Stimmen sind.",
    "unanimous": "Angenommen ist der Antrag nur mit den Ja-Stimmen aller Stimmberechtigten.",
}


@pytest.mark.parametrize("majority", MAJORITIES)
def test_pages_of_a_vote_say_which_majority_counts(board: Client, office: Client, majority: str) -> None:
    VotingRules.objects.update_or_create(defaults={"circular_majority": majority})
    application = ready()

    def said(client: Client, step: str) -> list[str]:
        html = client.get(address(step, application)).content.decode()
        return [name for name, sentence in MAJORITIES.items() if f"<li>{sentence}</li>" in html]

    assert said(board, "open_vote") == [majority]
    assert said(board, "record_meeting") == ["simple"]
    board.post(address("open_vote", application), {"closes_on": today()})
    assert [said(board, "cast_ballot"), said(board, "inspect"), said(office, "inspect")] == [[majority]] * 3


@pytest.mark.parametrize(
    ("majority", "reason"),
    [("simple", "weil zu wenige Stimmen abgegeben waren."), ("unanimous", "weil noch nicht alle abgestimmt hatten.")],
)
def test_the_page_says_why_a_vote_goes_on(board: Client, office: Client, majority: str, reason: str) -> None:
    VotingRules.objects.update_or_create(defaults={"circular_majority": majority})
    with time_machine.travel(dt.datetime(2026, 11, 2, 11, tzinfo=dt.UTC), tick=False) as clock:
        application = ready()
        create_staff("zwei@example.org", board_term=True)
        decision = open_vote(application, opened_by=BoardTerm.objects.first().user, closes_on=dt.date(2026, 11, 9))
        clock.move_to(decision.closes_at)
        assert close_due_votes() == 1
        for client in (board, office):
            assert f"Sie ist einmal verlängert, {reason}" in page(client, application)


def test_no_vote_chosen_says_so(board: Client) -> None:
    application = ready()
    board.post(address("open_vote", application), {"closes_on": today()})
    response = board.post(address("cast_ballot", application), {})
    assert list(response.context["forms"][0].errors) == ["vote"]
    assert response.context["error"] == "Bitte prüfen Sie die markierten Angaben. Es wurde nichts eingetragen."


def test_a_former_member_is_turned_away_the_same_day(sign_in: Callable[..., Client]) -> None:
    application, member = ready(), sign_in("noch@example.org", "decide")
    assert member.get(address("inspect", application)).status_code == 200
    term = create_staff("frueher@example.org", "decide", board_term=True).board_terms.get()
    term.ends_on = yesterday()
    term.save()
    former = Client()
    former.force_login(term.user)
    assert former.get(address("inspect", application)).status_code == 403
    assert former.post(address("open_vote", application), {"closes_on": today()}).status_code == 403
    assert BoardDecision.objects.count() == 0


def test_a_meeting(board: Client) -> None:
    application = ready()
    create_staff("zwei@example.org", board_term=True)
    entered = {
        "held_on": today(),
        "present": [str(key) for key in BoardTerm.objects.values_list("user", flat=True)],
        "yes": "2",
        "no": "1",
        "abstain": "0",
        "conflict": "0",
        "protocol_reference": "Protokoll, TOP 4",
    }
    response = board.post(address("record_meeting", application), entered)
    assert response.context["error"].startswith("Die Zahlen passen nicht zusammen")
    assert 'value="Protokoll, TOP 4"' in response.content.decode()
    board.post(address("record_meeting", application), entered | {"no": "0"})
    decision = BoardDecision.objects.get()
    assert (decision.state, decision.yes, decision.present.count()) == ("accepted", 2, 2)
    again = board.post(address("record_meeting", application), entered | {"no": "0", "protocol_reference": "TOP 5"})
    assert again.context["error"].endswith("oder es ist schon entschieden.")
    assert (BoardDecision.objects.count(), Member.objects.count()) == (1, 1)


def test_reversing_and_what_the_page_says(board: Client, office: Client) -> None:
    application = accept(create_application())
    assert "Bis dahin kann der Vorstand die Entscheidung" in page(office, application)
    assert "Entscheidung rückgängig machen</a>" not in page(office, application)
    board.post(address("reverse", application))
    assert (Application.objects.get().state, Member.objects.count()) == ("ready", 0)
    shown = page(board, application)
    assert "rückgängig gemacht" in shown
    undecided = board.post(address("reverse", ready()))
    assert undecided.context["error"] == "Über diesen Antrag ist nicht entschieden."


def voting(person: User) -> Application:
    application = ready()
    open_vote(application, opened_by=person, closes_on=timezone.localdate())
    return application


def meeting(**changes: str) -> dict[str, Any]:
    people = [str(key) for key in BoardTerm.objects.values_list("user", flat=True)]
    count = {"yes": "1", "no": "0", "abstain": "0", "conflict": "0", **changes}
    return {"held_on": today(), "present": people, "protocol_reference": "TOP 4", **count}


TAKEN_BACK = "Die Entscheidung ist rückgängig gemacht."
STEPS: dict[str, tuple[str, Callable[[User], Application], Callable[[], dict[str, Any]], str]] = {
    "opening": ("open_vote", lambda person: ready(), lambda: {"closes_on": today()}, "Die Abstimmung ist eröffnet."),
    "the last vote": ("cast_ballot", voting, lambda: {"vote": "yes"}, "Der Antrag ist angenommen."),
    "the last no": ("cast_ballot", voting, lambda: {"vote": "no"}, "Der Antrag ist abgelehnt."),
    "the last abstention": ("cast_ballot", voting, lambda: {"vote": "abstain"}, "Es ist nichts beschlossen."),
    "breaking off": ("cancel_vote", voting, dict, "Die Abstimmung ist abgebrochen."),
    "a meeting": ("record_meeting", lambda person: ready(), meeting, "Der Antrag ist angenommen."),
    "a meeting without a result": (
        "record_meeting",
        lambda person: ready(),
        lambda: meeting(yes="0", abstain="1"),
        "Es ist nichts beschlossen.",
    ),
    "taking back": ("reverse", lambda person: accept(create_application()), dict, TAKEN_BACK),
    "a note": ("add_note", lambda person: ready(), lambda: {"text": "Eine Musternotiz"}, "Die Notiz ist gespeichert."),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_each_step_pressed_twice_is_taken_once_and_says_so_twice(board: Client, step: Any) -> None:
    name, prepare, data, sentence = step
    application = prepare(BoardTerm.objects.get().user)
    taken = []
    for _press in range(2):
        response = board.post(address(name, application), data())
        assert response.status_code == 302
        assert sentence in page(board, application)
        told = audit.entries_of(application).exclude(action="application_opened").values_list("pk", flat=True)
        counts = [application.decisions.count(), application.board_notes.count(), Member.objects.count()]
        taken.append([list(told), *counts, Application.objects.get().state])
    assert taken[0] == taken[1]


@pytest.mark.parametrize(
    ("name", "first", "second", "error"),
    [
        ("cast_ballot", {"vote": "yes"}, {"vote": "no"}, "Die Abstimmung ist beendet."),
        ("open_vote", {}, {"closes_on": "tomorrow"}, "Der Vorstand stimmt gerade über diesen Antrag ab."),
    ],
)
def test_another_word_afterwards_is_refused(
    board: Client, name: str, first: dict[str, str], second: dict[str, str], error: str
) -> None:
    application = voting(BoardTerm.objects.get().user)
    if first:
        board.post(address(name, application), first)
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1):%d.%m.%Y}"
    second = {key: tomorrow if value == "tomorrow" else value for key, value in second.items()}
    assert board.post(address(name, application), second).context["error"] == error


def test_the_same_note_later_or_other_words_are_notes_of_their_own(board: Client) -> None:
    application = ready()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for text in ("Eins", "Zwei", "Eins"):
            board.post(address("add_note", application), {"text": text})
        clock.shift(31)
        board.post(address("add_note", application), {"text": "Eins"})
    assert sorted(application.board_notes.values_list("text", flat=True)) == ["Eins", "Eins", "Zwei"]


def test_the_boards_note_is_the_boards_alone(board: Client, office: Client) -> None:
    application = ready()
    board.post(address("add_note", application), {"text": "Eine vertrauliche Musternotiz"})
    assert "Eine vertrauliche Musternotiz" in page(board, application)
    assert "Musternotiz" not in page(office, application)
    assert "Notizen des Vorstands" not in page(office, application)
    assert office.post(address("add_note", application), {"text": "Auch eine"}).status_code == 403


@pytest.mark.parametrize(
    ("decide", "sentence"),
    [(accept, "Der Vorstand nimmt den Antrag an."), (reject, "Der Vorstand lehnt den Antrag ab.")],
)
def test_the_extract_for_the_minutes(office: Client, decide, sentence: str) -> None:
    application = decide(create_application())
    decision = application.decisions.get()
    response = office.get(address("extract", application, decision.pk))
    year = timezone.localdate().year
    assert response["Content-Disposition"] == f'attachment; filename="Beschluss-{year}-1.pdf"'
    text = " ".join(read_text(response.content).split())
    assert f"Beschluss VB {year}/1" in text
    assert sentence in text
    assert f"Aufnahmeantrag {application.reference}" in text
    assert "Protokoll, TOP 4" in text


def test_no_extract_of_what_is_not_decided(board: Client) -> None:
    application = ready()
    board.post(address("open_vote", application), {"closes_on": today()})
    assert board.get(address("extract", application, application.decisions.get().pk)).status_code == 404
