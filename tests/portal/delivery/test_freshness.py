"""Nothing outdated, nothing private: changes made through the admin of one process, asked for at another at once.

Two application servers in production's settings, Redis, and nginx with the shipped configuration before them; once on a
PostgreSQL of their own, once on SQLite.
"""

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.postgres import own_postgres
from tests.conftest import REQUIRE_ALL
from tests.e2e.running_portal import free_port
from tests.portal.delivery.servers import SESSION, Installation, Process, Visitor, install

NGINX, REDIS = shutil.which("nginx"), shutil.which("redis-server")
needs_redis = pytest.mark.skipif(REDIS is None and not REQUIRE_ALL, reason="Redis ist nicht installiert.")
needs_nginx = pytest.mark.skipif(NGINX is None and not REQUIRE_ALL, reason="nginx ist nicht installiert.")
PLANT = """
from wagtail.models import Site
from pages.models import StandardPage, MeetingIndexPage
home = Site.objects.get().root_page
keys = []
for name in ("Erste", "Zweite", "Dritte", "Vierte"):
    page = StandardPage(title=name, slug=name.lower(), locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    keys.append(page.pk)
print(*keys)
"""
# What a page's form sends besides what its fields hold: no blocks, no comments.
BLOCKS = {"body-count": "0", "action-publish": "action-publish"}


@dataclass
class Site:
    """Two servers, what stands before them, and an editor who works at the first."""

    installation: Installation
    readers: dict[str, Visitor]
    editor: Visitor
    pages: dict[str, int]
    redis: Process | None

    def read(self, path: str) -> dict[str, str | int]:
        """Ask everybody at once: the page's heading, or the status if there is none."""
        return {name: _heading(reader, path) for name, reader in self.readers.items()}

    def everywhere(self, value: str | int) -> dict[str, str | int]:
        return dict.fromkeys(self.readers, value)

    def warm(self, *paths: str) -> None:
        """Let everybody keep the pages, nginx included."""
        for _ in range(2):
            for path in paths:
                self.read(path)
        self.wait_for_generation()
        for path in paths:
            self.read(path)

    def wait_for_generation(self) -> None:
        deadline = time.monotonic() + 30
        while not (self.installation.folder / "published" / "current").exists():
            assert time.monotonic() < deadline, "nobody publishes"
            time.sleep(0.05)

    def publish(self, name: str, **changes: str) -> None:
        address = f"/admin/pages/{self.pages[name]}/edit/"
        answer = self.editor.post(address, self.editor.form(address) | BLOCKS | changes)
        assert answer.status == 302, answer.body

    def act(self, address: str, **data: str) -> None:
        self.editor.get(address)
        answer = self.editor.post(address, data)
        assert answer.status in {200, 302}, answer.body


def _heading(reader: Visitor, path: str) -> str | int:
    answer = reader.get(path)
    if answer.status != 200:
        return answer.status
    return answer.body.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip()


# On PostgreSQL a part of every test run, on SQLite of the long ones.
DATABASES = [
    pytest.param("sqlite", marks=pytest.mark.soak),
    pytest.param("postgresql", marks=pytest.mark.faults),
]


@pytest.fixture(scope="module", params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this module's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/freshness.sqlite3"
        return
    with own_postgres() as url:
        if url is None and not REQUIRE_ALL:
            pytest.skip("PostgreSQL ist nicht installiert.")
        assert url is not None
        yield url


@pytest.fixture(scope="module")
def portal(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("portal")
    redis_port = free_port()
    installation = install(
        folder, database_url=database, redis_url=f"redis://127.0.0.1:{redis_port}/0" if REDIS else ""
    )
    try:
        redis = None
        if REDIS:
            options = ["--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
            redis = installation.start("redis", [REDIS, *options])
        names = ("erste", "zweite", "dritte", "vierte")
        pages = dict(zip(names, map(int, installation.run(PLANT).split()), strict=True))
        session = {"__Host-sessionid": installation.run(SESSION)}
        ports = [installation.start_server() for _ in range(2)]
        readers = {f"server {number}": Visitor(port) for number, port in enumerate(ports, 1)}
        if NGINX:
            readers["nginx"] = Visitor(installation.start_nginx(ports))
        yield Site(installation, readers, Visitor(ports[0], cookies=session), pages, redis)
    finally:
        installation.stop()


def test_publishing_and_draft(portal: Site) -> None:
    portal.warm("/erste/")
    portal.publish("erste", title="Geändert")

    assert portal.read("/erste/") == portal.everywhere("Geändert")


def test_menu_and_settings_on_every_page(portal: Site) -> None:
    portal.warm("/", "/erste/")
    portal.publish("erste", show_in_menus="on", menu_title="Neu im Menü")
    with_menu = {name: "Neu im Menü" in reader.get("/").body for name, reader in portal.readers.items()}
    address = "/admin/settings/association/associationsettings/1/"
    form = portal.editor.form(address, "short_name")
    portal.editor.post(address, form | {"short_name": "Anderer Kurzname"})
    with_name = {name: "Anderer Kurzname" in reader.get("/erste/").body for name, reader in portal.readers.items()}

    assert (with_menu, with_name) == (portal.everywhere(True), portal.everywhere(True))


def test_address_and_place(portal: Site) -> None:
    portal.warm("/zweite/", "/ueber-uns/")
    portal.publish("zweite", slug="umbenannt")
    renamed = portal.read("/umbenannt/")
    parent = portal.installation.run("from pages.models import AboutPage; print(AboutPage.objects.get().pk)")
    portal.warm("/umbenannt/")
    portal.act(f"/admin/pages/{portal.pages['zweite']}/move/{parent}/confirm/")

    assert renamed == portal.everywhere("Zweite")
    assert portal.read("/ueber-uns/umbenannt/") == portal.everywhere("Zweite")
    assert "Zweite" not in portal.read("/umbenannt/").values()


def test_privacy_counts_at_once(portal: Site) -> None:
    portal.warm("/dritte/", "/sitemap.xml")
    address = f"/admin/pages/{portal.pages['dritte']}/privacy/"
    portal.act(address, restriction_type="login", password="")
    private = portal.read("/dritte/")
    listed = {name: "/dritte/" in reader.get("/sitemap.xml").body for name, reader in portal.readers.items()}
    portal.act(address, restriction_type="none", password="")

    assert (private, listed) == (portal.everywhere(302), portal.everywhere(False))
    assert portal.read("/dritte/") == portal.everywhere("Dritte")


def test_taking_back_and_deleting(portal: Site) -> None:
    portal.warm("/dritte/", "/vierte/")
    portal.act(f"/admin/pages/{portal.pages['dritte']}/unpublish/")
    portal.act(f"/admin/pages/{portal.pages['vierte']}/delete/")

    assert portal.read("/dritte/") == portal.everywhere(404)
    assert portal.read("/vierte/") == portal.everywhere(404)


def test_publishing_at_a_set_time(portal: Site) -> None:
    portal.installation.run(
        "from django.utils import timezone; from pages.models import StandardPage\n"
        f"page = StandardPage.objects.get(pk={portal.pages['dritte']})\n"
        "page.title, page.go_live_at = 'Zur Zeit', timezone.now() - timezone.timedelta(minutes=1)\n"
        "revision = page.save_revision(); revision.approved_go_live_at = page.go_live_at; revision.save()"
    )
    before = portal.read("/dritte/")
    portal.installation.manage("run_worker", "--once")

    assert (before, portal.read("/dritte/")) == (portal.everywhere(404), portal.everywhere("Zur Zeit"))


def test_a_meeting_that_ends(portal: Site) -> None:
    """Written by update(), as a process would that knows nothing of nginx: servers at once, nginx within a second."""
    moment = portal.installation.run(
        "from datetime import timedelta; from django.utils import timezone; from pages.models import MeetingPage\n"
        "ends_at = timezone.now() + timedelta(seconds=15)\n"
        "MeetingPage.objects.update(ends_at=ends_at, title='Letztes Treffen'); print(ends_at.isoformat())"
    )
    ends_at = dt.datetime.fromisoformat(moment).timestamp()
    servers = {name: reader for name, reader in portal.readers.items() if name != "nginx"}
    running = {name: "Letztes Treffen" in reader.get("/").body for name, reader in servers.items()}
    portal.warm("/")
    was_running = time.time() < ends_at
    time.sleep(max(0.0, ends_at - time.time()) + 0.01)
    ended = {name: "Letztes Treffen" in reader.get("/").body for name, reader in servers.items()}
    time.sleep(1)

    assert (running, was_running, ended) == (dict.fromkeys(servers, True), True, dict.fromkeys(servers, False))
    assert {"Letztes Treffen" in reader.get("/").body for reader in portal.readers.values()} == {False}


def test_a_dues_order_that_takes_force(portal: Site) -> None:
    """Published through the admin as of today: page and calculator have its amounts, everywhere, at once."""
    address, order = portal.installation.run(
        "from django.utils import timezone; from dues.models import DuesOrder, DuesPage, DuesRate\n"
        "draft = DuesOrder.objects.order_by('valid_from').last().copy_as_draft(timezone.localdate())\n"
        "DuesRate.objects.filter(order=draft, amount__isnull=False).update(amount='4711.00')\n"
        "print(DuesPage.objects.get().url, draft.pk)"
    ).split()
    portal.warm(address)
    before = {name: "4.711,00" in reader.get(address).body for name, reader in portal.readers.items()}
    portal.act(f"/admin/beitragsordnungen/{order}/veroeffentlichen/", confirm="on")

    assert before == portal.everywhere(False)
    assert {name: "4.711,00" in reader.get(address).body for name, reader in portal.readers.items()} == (
        portal.everywhere(True)
    )


def test_a_process_killed_right_after_its_commit(portal: Site) -> None:
    portal.warm("/erste/")
    portal.installation.run(
        "import os, signal; from django.db import transaction; from pages.models import StandardPage\n"
        f"page = StandardPage.objects.get(pk={portal.pages['erste']}); page.title = 'Überlebt'\n"
        "with transaction.atomic():\n"
        "    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))\n"
        "    page.save()",
        expect=-9,
    )

    assert portal.read("/erste/") == portal.everywhere("Überlebt")


def test_a_process_killed_before_its_commit(portal: Site) -> None:
    portal.publish("erste", title="Steht")
    portal.installation.run(
        "import os, signal; from django.db import transaction; from pages.models import StandardPage\n"
        f"page = StandardPage.objects.get(pk={portal.pages['erste']}); page.title = 'Nie'\n"
        "with transaction.atomic():\n"
        "    page.save(); os.kill(os.getpid(), signal.SIGKILL)",
        expect=-9,
    )

    assert portal.read("/erste/") == portal.everywhere("Steht")
    # What was taken away for a change that never came is published again.
    portal.wait_for_generation()


@needs_redis
def test_redis_goes_and_comes_back(portal: Site) -> None:
    portal.warm("/erste/", "/")
    portal.redis.child.kill()
    portal.redis.child.wait()
    portal.publish("erste", title="Ohne Redis")
    without = portal.read("/erste/")
    portal.redis.start()
    again = portal.read("/erste/")
    portal.publish("erste", title="Mit Redis")

    assert (without, again) == (portal.everywhere("Ohne Redis"), portal.everywhere("Ohne Redis"))
    assert portal.read("/erste/") == portal.everywhere("Mit Redis")


@needs_nginx
@pytest.mark.parametrize("path", ["/erste/", "/sitemap.xml", "/robots.txt", "/aktuelles/feed/"])
@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_nginx_says_what_the_portal_says(portal: Site, path: str, accepted: str) -> None:
    portal.warm(path)
    nginx = portal.readers["nginx"].get(path, **{"Accept-Encoding": accepted})
    server = portal.readers["server 1"].get(path, **{"Accept-Encoding": accepted})
    again = portal.readers["nginx"].get(path, **{"Accept-Encoding": accepted, "If-None-Match": server.headers["etag"]})

    assert _comparable(nginx.headers) == _comparable(server.headers)
    assert (nginx.body, again.status) == (server.body, 304)


@needs_nginx
def test_nginx_gives_published_pages_alone(portal: Site) -> None:
    """Last of all: the servers are gone."""
    portal.warm("/erste/")
    heading = portal.read("/erste/")["nginx"]
    for process in portal.installation.processes:
        if "granian" in process.command:
            process.stop()
    nginx = portal.readers["nginx"]

    assert (_heading(nginx, "/erste/"), nginx.get("/erste/@page.html").status, nginx.get("/suche/").status) == (
        heading,
        502,
        502,
    )


def _comparable(headers: dict[str, str]) -> dict[str, object]:
    """Without what differs by nature; the policy's directives come in any order."""
    # nginx listens without TLS here.
    left_out = {"date", "server", "connection", "strict-transport-security", "accept-ranges"}
    kept: dict[str, object] = {name: value for name, value in headers.items() if name not in left_out}
    kept["content-security-policy"] = set(headers["content-security-policy"].split("; "))
    return kept
