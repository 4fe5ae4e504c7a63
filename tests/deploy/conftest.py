"""A small server for the tests of deploy/: production's settings on SQLite, releases, and instances of them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.launcher.rollout import Instance, roll_out
from tests.conftest import REQUIRE_ALL
from tests.deploy.releases import Units, make_release
from tests.portal.delivery.servers import Installation, install


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    if shutil.which("nginx") is None and not REQUIRE_ALL:
        pytest.skip("nginx ist nicht installiert.")
    # pytest's own folders are closed to the user that nginx answers as.
    folder = Path(tempfile.mkdtemp(prefix="server-"))
    folder.chmod(0o755)
    installation = install(
        folder, database_url=f"sqlite:///{folder}/portal.sqlite3", PORTAL_INTERNAL_MEDIA="/media-intern/"
    )
    yield installation
    installation.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("opt")


@pytest.fixture(scope="session")
def first(root: Path) -> Path:
    return make_release(root, "first")


@pytest.fixture(scope="session")
def units(installation: Installation, root: Path) -> Units:
    return Units(installation, root)


@pytest.fixture(scope="session")
def instances(units: Units, root: Path, first: Path) -> list[Instance]:
    """Two instances in service, as after the first run of deploy/install."""
    instances = units.instances(2)
    roll_out(first, instances, units.restart, root=root)
    return instances
