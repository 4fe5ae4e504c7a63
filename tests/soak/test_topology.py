"""What deploy/container describes, with plain processes: nginx, two application servers, worker, PostgreSQL, Redis."""

import shutil
from urllib.parse import urlsplit

import pytest

from tests.conftest import REQUIRE_ALL
from tests.e2e.running_portal import links_in
from tests.factories.files import make_pdf
from tests.portal.delivery.servers import HOST, Visitor, wait_for
from tests.soak.mail_server import MailServer
from tests.soak.plant import CLOSED
from tests.soak.production import Production, submit, wait_until
from tests.soak.site import Site, start_site
from tests.soak.test_outages import load, read_on, statuses

DRAFT = 41


@pytest.fixture(scope="module")
def site(production: Production) -> Site:
    if shutil.which("nginx") is None and not REQUIRE_ALL:
        pytest.skip("nginx ist nicht installiert.")
    production.installation.run("from portal.web_server_pages import write_pages; write_pages()")
    return start_site(production.installation, production.ports)


def test_an_application_from_the_form_to_the_click_in_the_mail(
    production: Production, site: Site, mail_server: MailServer
) -> None:
    production.start_worker()
    applicant, address = site.visitor(), f"entwurf{DRAFT}@example.org"
    answer = submit(applicant, production.planted["drafts"][DRAFT])
    receipt = applicant.get(answer.headers["location"])
    wait_until(lambda: address in {str(mail["To"]) for mail in mail_server.delivered}, "the mail")
    (mail,) = [mail for mail in mail_server.delivered if mail["To"] == address]
    link = next(urlsplit(link) for link in links_in(mail) if "bestaetigen" in link)
    # Somebody else's browser: the telephone on which the mail is read.
    telephone = site.visitor()
    telephone.get(link.path)
    confirmed = telephone.post(link.path, {})

    assert (answer.status, receipt.status, f"{link.scheme}://{link.netloc}") == (302, 200, f"https://{HOST}")
    assert (confirmed.status, telephone.get(confirmed.headers["location"]).status) == (302, 200)
    assert production.query("SELECT state FROM membership_application WHERE email = %s", address) == [("confirmed",)]


def test_what_nginx_itself_says(site: Site) -> None:
    plain, secure = Visitor(site.plain), site.visitor()
    moved, home = plain.get("/kontakt/"), secure.get("/")
    # Whoever reads the page is not counted.
    opened = [secure.get("/admin/login/").status for _ in range(40)]
    logins = [secure.post("/admin/login/", {"username": "x", "password": "y"}).status for _ in range(40)]
    too_large = secure.send_file("/mitglied-werden/antrag/pdf/", "datei", bytes(111 * 1024 * 1024))

    assert (moved.status, moved.headers["location"]) == (301, f"https://{HOST}/kontakt/")
    assert (home.status, home.headers["strict-transport-security"]) == (
        200,
        "max-age=63072000; includeSubDomains; preload",
    )
    # A first thirty at once, then one every two seconds.
    assert (set(opened), logins[:30], set(logins)) == ({200}, [200] * 30, {200, 429})
    assert too_large.status == 413
    # Of what was refused nothing is written down: neither the address asked for nor who asked.
    assert [line for line in site.log.read_text().splitlines() if "request:" in line or "client:" in line] == []


def test_nginx_sends_a_closed_document_to_whom_the_portal_says(production: Production, site: Site) -> None:
    address, reader = production.planted["closed"], site.visitor()
    person = Visitor(site.secure, cookies={"__Host-sessionid": production.session}, tls=site.tls)
    whole, part = person.get(address), person.get(address, Range="bytes=0-8")
    (name,) = production.query("SELECT file FROM library_librarydocument WHERE file LIKE %s", "%Protokoll%")[0]

    assert (reader.get(address).status, reader.get(f"/media-intern/{name}").status) == (404, 404)
    assert (whole.status, whole.body, part.status, part.body) == (200, CLOSED.decode(), 206, "%PDF-1.7 ")
    assert (whole.headers["cache-control"], "x-accel-redirect" in whole.headers) == ("private, no-store", False)
    assert whole.headers["content-type"] == "application/pdf"


def test_nginx_sends_a_file_of_an_application_to_whom_the_portal_says(production: Production, site: Site) -> None:
    applicant, scan = site.visitor(), make_pdf(2)
    applicant.get(production.planted["status"])
    assert applicant.send_file(f"{production.planted['status']}datei/", "scan", scan).status == 302
    ((key, name),) = production.query("SELECT id, file_name FROM membership_attachment ORDER BY id DESC LIMIT 1")
    address = f"/admin/antraege/{production.planted['with_link']}/dateien/{key}/original/"
    person = Visitor(site.secure, cookies={"__Host-sessionid": production.session}, tls=site.tls)
    sent, told = person.get(address), production.editor().get(address)

    assert (told.status, told.body, told.headers["x-accel-redirect"]) == (200, "", f"/privat-intern/{name}")
    assert (sent.status, sent.body, "x-accel-redirect" in sent.headers) == (200, scan.decode(errors="replace"), False)
    headers = ("content-type", "content-security-policy", "x-content-type-options", "cache-control")
    assert [sent.headers[each] for each in headers] == [
        "application/pdf",
        "default-src 'none'; sandbox",
        "nosniff",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    ]
    assert sent.headers["content-disposition"].startswith("attachment; ")
    assert [visitor.get(f"/privat-intern/{name}").status for visitor in (person, applicant)] == [404, 404]
    assert applicant.get(address).status == 302
    assert production.count("privacy_auditentry", "action = 'attachment_downloaded'") == 2


def test_one_of_two_servers_ends_and_no_reader_notices(production: Production, site: Site) -> None:
    first = next(process for process in production.installation.processes if "granian" in process.command)
    with load(production, "/", "/suche/?q=Satzung", visitors=[site.visitor() for _ in range(4)]) as answers:
        read_on(answers, "reading")
        first.stop()
        read_on(answers, "reading from one server")
        first.start()
        wait_for(production.ports[0], "/healthz")
        read_on(answers, "reading from two servers again")

    assert set(statuses(answers)) == {200}
