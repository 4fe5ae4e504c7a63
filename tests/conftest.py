"""What every test can ask for, and what holds for all of them.

- ``site``: the starter content, as ``make run`` loads it; returns Wagtail's default site.
- ``client``, ``rf``, ``mailoutbox``, ``settings``, ``django_assert_max_num_queries``: pytest-django's.
- ``time_machine``: time-machine's, e.g. ``time_machine.move_to("2027-01-01 12:00+01:00", tick=False)``.
- ``assert_conformant``: veraPDF, e.g. ``assert_conformant(content, "PDFUA-1", "PDFA-2A")``; mark ``pdf_conformance``.
- ``crashes``: a real process killed at each step of an action (tests/crashing.py).
- ``run_on_commit``: a block whose ``on_commit`` callbacks run although the test's transaction never commits.

No test reaches another machine, and each starts with empty caches and an empty folder for uploads.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils.translation.reloader import translation_file_changed

from bench import npm
from tests.frozen_tables import flush_empties_frozen_tables
from tests.network import only_this_machine
from tests.starter_content import SharedContent, is_transactional, restore_what_migrations_wrote, wants_site

if TYPE_CHECKING:
    from wagtail.models import Site

pytest_plugins = ["tests.portal.pdf.conformance", "tests.crashing"]


def _can_check_pdfs() -> bool:
    from tests.portal.pdf.conformance import can_check  # a plugin: pytest must load it first

    return can_check()


# Generated examples take as long as the machine lets them; a busy one is no failure.
hypothesis.settings.register_profile(
    "portal",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("portal")

SHARED_CONTENT = pytest.StashKey[SharedContent]()
# With REQUIRE_ALL=1 nothing is left out for want of a tool: the tests fail by themselves.
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
CONDITIONS: list[tuple[str, Callable[[], bool], str]] = [
    (
        "e2e",
        lambda: REQUIRE_ALL or shutil.which("chromium") is not None,
        "Browser-Tests übersprungen: „chromium“ ist nicht installiert.",
    ),
    (
        "pdf_conformance",
        lambda: REQUIRE_ALL or _can_check_pdfs(),
        "PDF-Prüfungen übersprungen: „default-jdk-headless“ oder „libjaxb-java“ ist nicht installiert.",
    ),
    (
        "npm",
        lambda: REQUIRE_ALL or npm.can_install(),
        "Prüfungen mit Werkzeugen von npm übersprungen: „npm“ ist nicht installiert.",
    ),
    (
        "faults",
        lambda: REQUIRE_ALL or all(shutil.which(name) for name in ("redis-server", "pg_createcluster")),
        "Störungs-Tests übersprungen: „postgresql“ oder „redis-server“ ist nicht installiert.",
    ),
    (
        "postgres",
        lambda: connections["default"].vendor == "postgresql",
        "nur auf PostgreSQL: DATABASE_URL nennt keine.",
    ),
]


# -- order and conditions


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``make soak`` ask for the long runs."""
    parser.addoption("--soak", action="store_true", help="run the long load and fault runs, and nothing else")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order tests so that the starter content is loaded once; skip what this machine cannot run, with the reason."""
    wanted = bool(config.getoption("--soak"))
    left_out = [item for item in items if bool(item.get_closest_marker("soak")) is not wanted]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    for item in items:
        if is_transactional(item):
            # What the migrations wrote (Wagtail's root, the default language) must survive the flush.
            marker = item.get_closest_marker("django_db")
            asked = dict(marker.kwargs) if marker else {}
            item.add_marker(
                pytest.mark.django_db(**(asked | {"transaction": True, "serialized_rollback": True})), append=False
            )
        if wants_site(item) and "db" not in item.fixturenames:  # type: ignore[attr-defined]
            # Last, so that ``site`` comes first: pytest-django prepares a database only for tests that name it.
            item.fixturenames.append("db")  # type: ignore[attr-defined]
    items.sort(key=_position)
    for marker, is_possible, reason in CONDITIONS:
        if is_possible():
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def _position(item: pytest.Item) -> int:
    if item.get_closest_marker("faults"):
        # First, so that one process has them all: what they stand on is made once.
        return -1
    if item.get_closest_marker("e2e"):
        return 3
    if is_transactional(item):
        return 2
    return 1 if wants_site(item) else 0


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Bring the starter content back, or take it away, as the test needs it."""
    content = item.session.stash.get(SHARED_CONTENT, None)
    if content is None:
        return
    if wants_site(item) and not is_transactional(item):
        content.load()
    else:
        content.drop()


# -- database and content


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Put back what the migrations wrote if transactional tests flushed it: ``--reuse-db`` finds it next time."""
    yield
    with django_db_blocker.unblock():
        restore_what_migrations_wrote()


@pytest.fixture(scope="session")
def _shared_content(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    _folder_of_this_run: Path,
) -> Iterator[SharedContent]:
    content = SharedContent(django_db_blocker)
    request.session.stash[SHARED_CONTENT] = content
    # Session fixtures come first: loaded any later, the content would lie inside the first test's own transaction.
    content.load()
    yield content
    content.drop()


@pytest.fixture
def site(request: pytest.FixtureRequest, _shared_content: SharedContent) -> "Site":
    """The site with its starter content; returns Wagtail's default site."""
    transactional = is_transactional(request.node)
    if transactional:
        _shared_content.drop()
    else:
        _shared_content.load()
    request.getfixturevalue("transactional_db" if transactional else "db")
    if transactional:
        # Put back already, but into the shared transaction that has just been dropped, if an earlier test flushed it.
        restore_what_migrations_wrote()
        call_command("load_starter_content", verbosity=0)
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True)


@pytest.fixture
def run_on_commit(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Callable[[], Any]]]],
) -> Callable[[], AbstractContextManager[Any]]:
    """Return a function for ``with run_on_commit():``; what was put off until the commit runs when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# -- surroundings


@pytest.fixture(scope="session", autouse=True)
def _this_machine_only() -> Iterator[None]:
    with only_this_machine():
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_frozen_tables() -> Iterator[None]:
    with flush_empties_frozen_tables():
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues() -> None:
    call_command("compile_catalogues", verbosity=0)
    # What was read before, in a checkout that had none yet, is read again.
    translation_file_changed(None, Path("django.mo"))


@pytest.fixture(scope="session", autouse=True)
def _folder_of_this_run() -> Path:
    """Empty the folder of this test process; returns it."""
    from django.conf import settings

    for root in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        shutil.rmtree(root, ignore_errors=True)
        Path(root).mkdir(parents=True)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Path(settings.VAR_DIR)


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _whole_sign_in() -> Iterator[None]:
    """Let ``client.force_login(person)`` include the second factor; its own tests take ``half_sign_in``."""
    by_password = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        from tests.factories.accounts import show_second_factor

        by_password(self, user, backend)
        show_second_factor(self, user)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        patch.setattr(Client, "half_sign_in", by_password, raising=False)
        yield
