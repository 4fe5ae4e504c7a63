"""Every kind of page, each once, with what a page kind needs to be seen whole."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.e2e import samples
from tests.e2e.running_portal import RunningPortal

OK, REFUSED, MISSING, INVALID = 200, 403, 404, 422


@dataclass(frozen=True)
class Kind:
    """A kind of page: its name, where one of it is, how it answers, and what is done there for the page to come.

    ``{name}`` in the address stands for what tests/e2e/samples.py or a server that fails has made.
    """

    name: str
    address: str
    status: int = OK
    then: Callable[[Page], None] | None = None

    def __str__(self) -> str:
        return self.name


def send_contact_form(page: Page) -> None:
    page.locator("main form.form button[type=submit]").click()


def send_contact_form_too_late(page: Page) -> None:
    page.context.clear_cookies()
    send_contact_form(page)


KINDS = [
    Kind("home", "/"),
    Kind("about", "/ueber-uns/"),
    Kind("activities", "/aktivitaeten/"),
    Kind("network", "/bag/"),
    Kind("standard", f"/ueber-uns/{samples.SAMPLE_PAGE}/"),
    Kind("membership", "/mitglied-werden/"),
    Kind("dues", "/mitglied-werden/beitragsordnung/"),
    Kind("form", "/mitglied-werden/antrag/"),
    Kind("form of a group", "/mitglied-werden/antrag/?art=zusammenschluss&mitgliedschaft=ordentlich"),
    Kind("form step 1", "{wer}"),
    Kind("form step 2", "{angaben}"),
    Kind("form step 3", "{beitrag}"),
    Kind("form step 4", "{pruefen}"),
    Kind("filled PDF", "/mitglied-werden/antrag/pdf/"),
    Kind("receipt", "{receipt}"),
    Kind("confirmation", "{confirmation}"),
    Kind("status", "{status}"),
    Kind("signatures", "{signatures}"),
    Kind("correction", "{correction}"),
    Kind("withdrawal", "{withdrawal}"),
    Kind("cosigning", "{cosigning}"),
    Kind("cosigned", "{cosigned}"),
    Kind("meetings", "/arbeitstreffen/"),
    Kind("archive", "/arbeitstreffen/archiv/"),
    Kind("meeting", "/arbeitstreffen/beispiel-treffen-fruehjahr/"),
    Kind("news list", "/aktuelles/"),
    Kind("news", "/aktuelles/beispiel-meldung-portal/"),
    Kind("contact", "/kontakt/"),
    Kind("contact with mistakes", "/kontakt/", INVALID, send_contact_form),
    Kind("contact sent", "/kontakt/gesendet/"),
    Kind("search", "/suche/?q=quartier"),
    Kind("search without hits", "/suche/?q=xyzqwv"),
    Kind("imprint", "/impressum/"),
    Kind("privacy", "/datenschutz/"),
    Kind("accessibility", "/barrierefreiheit/"),
    Kind("missing", "/gibt-es-nicht/", MISSING),
    Kind("missing in English", "/en/missing/", MISSING),
    Kind("form sent too late", "/kontakt/", REFUSED, send_contact_form_too_late),
    *(Kind(f"error {status}", f"{{failing}}/fehler/{status}/", status) for status in (400, 403, 500, 503)),
    Kind("sign-in", "/admin/login/"),
]


@contextmanager
def addresses_in(portal: RunningPortal) -> Iterator[dict[str, str]]:
    """Yield the whole address of every kind of page; make what they need first, and leave the portal as it was."""
    made = json.loads(portal.manage("shell", "-c", samples.code("make_samples")).splitlines()[-1])
    # The commit before may not know how to fail.
    knows_failing = (portal.code / "tests" / "e2e" / "failing.py").exists()
    failing = portal.begin_failing_server() if knows_failing else portal.url
    try:
        yield {kind.name: _whole(kind.address, portal.url, made | {"failing": failing}) for kind in KINDS}
    finally:
        portal.manage("shell", "-c", samples.code("end_samples"))


def _whole(address: str, url: str, made: dict[str, str]) -> str:
    found = address.format(**made)
    return found if found.startswith("http") else url + found


def visit(page: Page, kind: Kind, address: str, *, before_then: Callable[[], None] | None = None) -> Response:
    """Open ``kind`` at ``address`` as a visitor comes to it; return its answer once nothing more is loaded.

    ``before_then`` is called where a page comes from another one, when that one is there.
    """
    response = page.goto(address, wait_until="networkidle")
    if kind.then:
        if before_then:
            before_then()
        with page.expect_navigation(wait_until="networkidle") as coming:
            kind.then(page)
        response = coming.value
    assert response is not None, f"{kind}: no answer at {address}"
    return response
