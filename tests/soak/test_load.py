"""Many at once: the same form twenty times, and thousands of requests of every kind."""

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.load import memory
from tests.portal.delivery.servers import HOST, Visitor
from tests.portal.test_wsgi import program
from tests.soak.production import Production, submission

TWENTY = 20
# What a server may grow by after its warm-up, however many requests follow: allocators keep a little.
MOST_GROWTH_MEGABYTES = 24
WORDS = ("Satzung", "Beitrag", "Quartiersmanagement", "Treffen", "Chemnitz", "Vorstand", "Stadtteil", "Mitglied")
SEED = 20_270_101


def test_twenty_identical_submissions_at_two_servers_are_one_application(production: Production) -> None:
    path = production.planted["drafts"][0]
    browser = Visitor(production.ports[0])
    form = submission(browser, path)
    before = production.count("membership_application")
    windows = [Visitor(production.ports[number % 2], cookies=browser.cookies) for number in range(TWENTY)]
    with ThreadPoolExecutor(TWENTY) as pool:
        answers = list(pool.map(lambda window: window.post(path, form), windows))

    assert Counter(answer.status for answer in answers) == {302: TWENTY}
    # Those who came later are told so; all are led to the same receipt.
    assert len({answer.headers["location"].partition("?")[0] for answer in answers}) == 1
    assert production.count("membership_application") == before + 1
    newest = production.query("SELECT max(id) FROM membership_application")[0][0]
    assert production.count("mailing_queuedmail", f"object_id = {newest} AND kind = 'application_confirm'") == 1
    assert production.count("privacy_auditentry", f"subject_id = {newest} AND action = 'application_submitted'") == 1


def test_pages_load_nothing_that_only_some_answers_need(production: Production) -> None:
    paths = (
        "/",
        "/mitglied-werden/",
        "/mitglied-werden/beitragsordnung/",
        "/arbeitstreffen/",
        "/aktuelles/",
        "/suche/",
    )
    told = production.installation.run(program(paths, host=HOST)).splitlines()
    assert told[-len(paths) - 1 :] == [*(f"{path} 200 OK" for path in paths), "[] True"]


@pytest.mark.parametrize(
    "number", [pytest.param(2_000, id="short"), pytest.param(20_000, id="long", marks=pytest.mark.soak)]
)
def test_mixed_requests(production: Production, number: int) -> None:
    """No error, and no memory that grows with the requests: a quarter of them to warm up, then the count begins."""
    chance = random.Random(SEED)  # noqa: S311 - a mixture, nothing secret
    pages = re.findall(r"<loc>https://[^/]+([^<]*)</loc>", production.readers[0].get("/sitemap.xml").body)
    requests = [mixed(chance, pages, production) for _ in range(number)]
    failures = run(production, requests[: number // 4])
    before = [memory(pid) for pid in production.servers()]
    failures += run(production, requests[number // 4 :])
    growth = [after - first for after, first in zip(map(memory, production.servers()), before, strict=True)]

    assert failures == Counter()
    assert max(growth) < MOST_GROWTH_MEGABYTES, growth


# Who asks, and for what: applicants send the last page of a draft, which is stored and leads back to the first one.
Request = tuple[str, str]
KEEP = {"ziel": "wer"}


def mixed(chance: random.Random, pages: list[str], production: Production) -> Request:
    """Return a request as a portal gets them: mostly pages, some searches, some of everything else."""
    draft = chance.choice(production.planted["drafts"][20:40])
    kinds: list[tuple[int, Request]] = [
        (60, ("reader", chance.choice(pages))),
        (8, ("reader", f"/suche/?q={chance.choice(WORDS)}+{chance.choice(WORDS)}")),
        (4, ("reader", f"/gibt-es-nicht-{chance.randrange(10**6)}/")),
        (6, ("reader", "/mitglied-werden/antrag/?art=natuerliche-person&mitgliedschaft=ordentlich")),
        (6, ("reader", production.planted["status"])),
        (4, ("applicant", draft)),
        (4, ("reader", draft)),
        (2, ("reader", "/aktuelles/feed/")),
        (2, ("reader", "/healthz")),
        (2, ("editor", "/admin/")),
    ]
    weights, choices = zip(*kinds, strict=True)
    return chance.choices(choices, weights)[0]


def run(production: Production, requests: list[Request]) -> Counter[str]:
    """Make the requests, eight at a time at both servers; count those answered with a fault of the portal's."""
    applicant = Visitor(production.ports[0])
    forms = {path: submission(applicant, path) | KEEP for who, path in set(requests) if who == "applicant"}
    visitors = {
        who: [Visitor(port, cookies=cookies) for port in production.ports]
        for who, cookies in (
            ("reader", {}),
            ("applicant", applicant.cookies),
            ("editor", {"__Host-sessionid": production.session}),
        )
    }

    def make(numbered: tuple[int, Request]) -> str | None:
        index, (who, path) = numbered
        visitor = visitors[who][index % 2]
        answer = visitor.post(path, forms[path]) if who == "applicant" else visitor.get(path)
        return f"{answer.status} {path}" if answer.status >= 500 else None

    with ThreadPoolExecutor(8) as pool:
        return Counter(filter(None, pool.map(make, enumerate(requests))))
