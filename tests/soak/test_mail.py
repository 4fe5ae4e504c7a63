"""The mail server fails in every way it can, the worker is killed in mid-send: no mail is lost, one comes twice."""

from collections import Counter

import pytest

from tests.soak.mail_server import MailServer, Mood
from tests.soak.plant import APPLICANTS, BOARD
from tests.soak.production import Production, wait_until

CONFIRM, TO_SEVERAL = "application_confirm", "vote_closed"
BOARD_ADDRESSES = [f"vorstand{number}@example.org" for number in range(BOARD)]
APPLICANT_ADDRESSES = [f"person{number}@example.org" for number in range(APPLICANTS)]


@pytest.fixture
def working(production: Production, mail_server: MailServer) -> Production:
    """The production with a worker that has nothing to do."""
    production.query("DELETE FROM mailing_queuedmail")
    production.start_worker()
    return production


def confirmations(production: Production) -> list[tuple[str, int]]:
    """Return a mail to each applicant."""
    return [(CONFIRM, key) for key in production.planted["applications"]]


def addresses_of_staff(production: Production) -> set[str]:
    """Return to whom a mail to board and office goes."""
    ((board, office, general),) = production.query(
        "SELECT board_email, office_email, email FROM association_associationsettings"
    )
    return {*BOARD_ADDRESSES, board or BOARD_ADDRESSES[0], office or general}


def received(mail_server: MailServer) -> Counter[str]:
    """Return how often each address got a mail."""
    return Counter(str(mail["To"]) for mail in list(mail_server.delivered))


def once_each(*addresses: str) -> Counter[str]:
    return Counter(dict.fromkeys(addresses, 1))


@pytest.mark.parametrize("mood", [Mood.REFUSES, Mood.HANGS], ids=["refuses", "hangs"])
def test_mails_wait_for_a_mail_server_that_takes_nothing(
    working: Production, mail_server: MailServer, mood: Mood
) -> None:
    mail_server.mood = mood
    working.queue(*confirmations(working)[:2])
    wait_until(lambda: working.states() == ["retry", "retry"], "the attempt")
    in_between = received(mail_server)
    mail_server.mood = Mood.TAKES
    working.hurry()
    wait_until(lambda: working.states() == ["sent", "sent"], "the sending")

    assert (in_between, received(mail_server)) == (Counter(), once_each(*APPLICANT_ADDRESSES[:2]))


def test_a_mail_taken_without_a_word_comes_again_with_the_same_number(
    working: Production, mail_server: MailServer
) -> None:
    mail_server.mood = Mood.DROPS_AFTER_DATA
    working.queue(confirmations(working)[0])
    wait_until(lambda: working.states() == ["retry"], "the attempt")
    mail_server.mood = Mood.TAKES
    working.hurry()
    wait_until(lambda: working.states() == ["sent"], "the sending")

    assert received(mail_server) == Counter({APPLICANT_ADDRESSES[0]: 2})
    assert len({mail["Message-ID"] for mail in mail_server.delivered}) == 1


def test_an_unknown_mailbox_brings_nobody_else_the_mail_twice(working: Production, mail_server: MailServer) -> None:
    mail_server.mood, mail_server.unknown = Mood.REFUSES_ONE, BOARD_ADDRESSES[1]
    working.queue((TO_SEVERAL, working.planted["with_link"]))
    for attempt in (1, 2):
        wait_until(lambda number=attempt: attempts(working) == ("retry", number), f"attempt {attempt}")
        working.hurry()
    mail_server.mood = Mood.TAKES
    wait_until(lambda: working.hurry() or working.states() == ["sent"], "the sending")

    assert received(mail_server) == once_each(*addresses_of_staff(working))


def attempts(production: Production) -> tuple[str, int]:
    return production.query("SELECT state, attempts FROM mailing_queuedmail")[0]


@pytest.mark.parametrize("kills", [pytest.param(1, id="short"), pytest.param(6, id="long", marks=pytest.mark.soak)])
def test_a_killed_worker_loses_no_mail(working: Production, mail_server: MailServer, kills: int) -> None:
    """Killed while the server has a mail and has not said so yet: that one comes twice, every other once.

    The first time it is the second of several who get the same mail: the first one does not get it again.
    """
    mail_server.mood, mail_server.hold_at = Mood.HOLDS, 2
    working.queue((TO_SEVERAL, working.planted["with_link"]), *confirmations(working))
    killed_at = []
    for number in range(1, kills + 1):
        wait_until(lambda least=number + 1: len(mail_server.delivered) == least, "a mail")
        working.kill_worker()
        killed_at.append(str(mail_server.delivered[-1]["To"]))
        if number < kills:
            working.start_worker()
    mail_server.mood = Mood.TAKES
    working.hurry()
    working.start_worker()
    wait_until(lambda: set(working.states()) == {"sent"}, "the sending")

    everybody = [*APPLICANT_ADDRESSES, *addresses_of_staff(working)]
    assert received(mail_server) == once_each(*everybody) + Counter(killed_at)
    assert len({mail["Message-ID"] for mail in mail_server.delivered}) == len(everybody)
