"""What the fault tests stand on: one production for all of them, put right again by each test that breaks it."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bench.postgres import OwnPostgres
from tests.e2e.running_portal import free_port
from tests.portal.delivery.servers import SESSION, Visitor, install, wait_for
from tests.soak.mail_server import MailServer, Mood
from tests.soak.production import Portal, Production, make_link, small_disk

PLANT = "from tests.soak.plant import tell; tell()"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder starts processes of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def mail_server(_mail_server: MailServer) -> MailServer:
    """The mail server of the production, in a good mood and with nothing delivered."""
    _mail_server.mood, _mail_server.hold_at = Mood.TAKES, 1
    _mail_server.delivered.clear()
    return _mail_server


@pytest.fixture(scope="session")
def production(_mail_server: MailServer) -> Iterator[Production]:
    # pytest's own folders are closed to the user that nginx answers as.
    folder = Path(tempfile.mkdtemp(prefix="production-"))
    folder.chmod(0o755)
    postgres = OwnPostgres.new(is_hasty=True)
    assert postgres is not None, "PostgreSQL is not installed"
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        stack.callback(postgres.remove)
        disk = stack.enter_context(small_disk())
        postgres.start()
        stack.callback(postgres.stop)
        tables = None
        if disk is not None:
            tables = disk.folder / "tables"
            tables.mkdir()
            for place in ("var/private", "var/media", "published"):
                make_link(folder / place, disk.folder / place)
        database = postgres.create("portal", place=tables)
        redis_port = free_port()
        installation = install(
            folder,
            database_url=database,
            redis_url=f"redis://127.0.0.1:{redis_port}/0",
            DJANGO_SETTINGS_MODULE="tests.soak.settings",
            PORTAL_EMAIL_URL=f"smtp://127.0.0.1:{_mail_server.port}",
            PORTAL_FORM_SECONDS="0",
            PORTAL_INTERNAL_MEDIA="/media-intern/",
            PORTAL_INTERNAL_PRIVATE="/privat-intern/",
        )
        stack.callback(installation.stop)
        options = ["--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        redis = installation.start("redis", [str(shutil.which("redis-server")), *options])
        ports = [installation.start_server(wait=False) for _ in range(2)]
        session, planted = installation.run(f"{SESSION}\n{PLANT}").splitlines()
        for port in ports:
            wait_for(port, "/healthz")
        yield Production(
            installation=installation,
            database=database,
            ports=ports,
            planted=json.loads(planted),
            session=session,
            readers=[Visitor(port) for port in ports],
            postgres=postgres,
            redis=redis,
            disk=disk,
        )


@pytest.fixture(scope="session")
def small_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal in one process with SQLite, as a small association runs it."""
    folder = tmp_path_factory.mktemp("small")
    database = f"sqlite:///{folder}/portal.sqlite3"
    installation = install(
        folder, database_url=database, DJANGO_SETTINGS_MODULE="tests.soak.settings", PORTAL_FORM_SECONDS="0"
    )
    try:
        session, planted = installation.run(f"{SESSION}\n{PLANT}").splitlines()
        port = installation.start_server()
        yield Portal(
            installation=installation,
            database=database,
            ports=[port],
            planted=json.loads(planted),
            session=session,
            readers=[Visitor(port)],
        )
    finally:
        installation.stop()
