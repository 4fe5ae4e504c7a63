"""The database and Redis go and come back while readers read and applicants submit; nobody restarts the portal."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.portal.delivery.servers import Answer, Visitor
from tests.soak.production import Production, submit, wait_until

# Not kept by the page cache, so that the database is asked.
ASKING, SEARCH = "/mitglied-werden/antrag/", "/suche/?q=Satzung"
READERS = 4


@contextmanager
def load(production: Production, *paths: str, visitors: Sequence[Visitor] = ()) -> Iterator[list[Answer]]:
    """Let readers read without a pause for as long as the block runs; gives what they are answered."""
    answers: list[Answer] = []
    over = threading.Event()
    readers = visitors or [Visitor(production.ports[number % 2]) for number in range(READERS)]

    def read(reader: Visitor) -> None:
        while not over.is_set():
            answers.extend(reader.get(path) for path in paths)

    with ThreadPoolExecutor(len(readers)) as pool:
        jobs = [pool.submit(read, reader) for reader in readers]
        try:
            yield answers
        finally:
            over.set()
    for job in jobs:
        job.result()


def read_on(answers: list[Answer], what: str) -> None:
    """Return once some dozens more are answered."""
    enough = len(answers) + 40
    wait_until(lambda: len(answers) >= enough, what)


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def everybody(production: Production, *paths: str) -> set[int]:
    """Return what all servers answer, each asked by as many as it has threads."""
    return {Visitor(port).get(path).status for _ in range(READERS) for port in production.ports for path in paths}


@pytest.mark.parametrize("times", [pytest.param(1, id="short"), pytest.param(8, id="long", marks=pytest.mark.soak)])
def test_a_database_that_restarts_under_load(production: Production, times: int) -> None:
    paths = ("/", ASKING, SEARCH)
    production.start_worker()
    before = processes(production)
    told: set[tuple[int, bool]] = set()
    for _ in range(times):
        with load(production, *paths) as answers:
            read_on(answers, "reading")
            production.postgres.stop()
            read_on(answers, "reading without a database")
            production.postgres.start()
            wait_until(lambda: everybody(production, *paths) == {200}, "the recovery")
        told |= {(answer.status, "noch einmal" in answer.body) for answer in answers if answer.status != 200}
    production.queue(("application_confirm", production.planted["applications"][0]))
    wait_until(lambda: production.states() == ["sent"], "the worker's next mail")

    assert told == {(503, True)}
    assert (processes(production), everybody(production, *paths)) == (before, {200})


def processes(production: Production) -> list[int]:
    """Return everything that runs for the portal; a process that was started again has another number."""
    return [process.child.pid for process in production.installation.processes if process.child]


@pytest.mark.parametrize("times", [pytest.param(1, id="short"), pytest.param(8, id="long", marks=pytest.mark.soak)])
def test_redis_goes_and_comes_back_under_load(production: Production, times: int) -> None:
    drafts = iter(production.planted["drafts"][-3 * times :])
    applicants = [Visitor(port) for port in production.ports]
    sent: list[int] = []
    for _ in range(times):
        with load(production, "/", ASKING) as answers:
            assert production.redis.child is not None
            production.redis.child.kill()
            production.redis.child.wait()
            sent.append(submit(applicants[0], next(drafts)).status)
            editing = production.editor().get("/admin/").status
            production.redis.start()
            sent.append(submit(applicants[1], next(drafts)).status)
            read_on(answers, "reading")

        assert (set(statuses(answers)), editing) == ({200}, 200)
    assert sent == [302] * (2 * times)
