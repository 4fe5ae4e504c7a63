"""A new release takes over while people read: nobody is refused, and a broken one changes nothing."""

import subprocess
from pathlib import Path

import pytest

from portal.launcher import rollout
from portal.launcher.rollout import Instance, name_of, point, roll_out
from portal.launcher.terminal import LauncherError
from tests.deploy.releases import UNIT, Units, make_release, readers
from tests.portal.delivery.servers import Installation

pytestmark = pytest.mark.faults
MARK = "<!-- die naechste Fassung -->"
# Never given from a file, nor from the page cache.
SEARCH = "/suche/?q=Satzung"


@pytest.fixture(scope="module")
def nginx(installation: Installation, instances: list[Instance]) -> int:
    return installation.start_nginx([instance.port for instance in instances])


def test_readers_notice_nothing_of_an_update(
    units: Units, root: Path, first: Path, instances: list[Instance], nginx: int
) -> None:
    second = make_release(root, "second", changes={"templates/base.html": MARK})
    with readers(nginx, SEARCH) as answers:
        roll_out(second, instances, units.restart, root=root)
        count = len(answers)
    seen = [MARK in answer.body for answer in answers]

    assert {answer.status for answer in answers} == {200}
    assert (count > 20, seen[0], seen[-1]) == (True, False, True)
    assert ((root / "current").resolve(), (root / "previous").resolve()) == (second, first)
    assert {instance.answering_release() for instance in instances} == {name_of(second)}

    # The way back is the same way.
    with readers(nginx, SEARCH) as answers:
        roll_out(first, instances, units.restart, root=root)
    assert {answer.status for answer in answers} == {200}
    assert {instance.answering_release() for instance in instances} == {name_of(first)}
    assert ((root / "current").resolve(), (root / "previous").resolve()) == (first, second)


def test_a_release_that_does_not_start_is_taken_back(
    units: Units, root: Path, first: Path, instances: list[Instance], nginx: int
) -> None:
    broken = make_release(root, "broken", changes={"portal/settings/base.py": "\nraise RuntimeError('kaputt')\n"})
    point(root / "previous", first)
    with readers(nginx, SEARCH) as answers, pytest.raises(LauncherError) as refused:
        roll_out(broken, instances, units.restart, root=root, seconds=8)

    assert str(refused.value) == (
        f"{instances[0].unit} antwortet nicht mit der neuen Fassung; es läuft die bisherige. "
        f"Mehr steht in: journalctl -u {instances[0].unit}"
    )
    assert {answer.status for answer in answers} == {200}
    assert {instance.answering_release() for instance in instances} == {name_of(first)}
    assert ((root / "current").resolve(), (root / "previous").resolve()) == (first, first)


def tried(installation: Installation, release: Path) -> tuple[int, str]:
    """Try the release as deploy/install does; return how it ended and what was told last."""
    command = [str(release / "venv" / "bin" / "python"), "-m", "portal.trial"]
    done = subprocess.run(
        command, cwd=release, env=installation.environment, capture_output=True, text=True, check=False
    )
    return done.returncode, "".join(done.stderr.splitlines()[-1:])


def test_a_release_is_tried_before_it_serves(installation: Installation, root: Path, first: Path) -> None:
    broken = make_release(root, "untried", changes={"home/context_processors.py": "\ndel shell\n"})
    assert tried(installation, first) == (0, "")
    assert tried(installation, broken) == (1, "/ wird mit Fehler 500 beantwortet.")


def test_only_what_is_new_starts_anything(
    units: Units,
    root: Path,
    first: Path,
    instances: list[Instance],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second run changes nothing; changed settings are put into force; only the release before is kept."""
    wanted = tmp_path / rollout.ENABLED
    wanted.mkdir()
    for instance in instances:
        (wanted / instance.unit).touch()
    (tmp_path / "lag-portal-web@.service").write_text(UNIT.read_text())
    settings = tmp_path / "environment"
    settings.write_text("PORTAL_HOSTS=www.example.org\n")
    started: list[str] = []
    monkeypatch.setattr(rollout, "SETTINGS", settings)
    monkeypatch.setattr(rollout, "UNITS", tmp_path)
    monkeypatch.setattr(rollout, "restart_unit", lambda unit: (started.append(unit), units.restart(unit)))
    third = make_release(root, "third", changes={"portal/__init__.py": "\n# anders\n"})

    def names_after(release: Path) -> list[str]:
        started.clear()
        rollout.serve(release, root=root)
        return started.copy()

    both = sorted(instance.unit for instance in instances)
    assert (names_after(third), names_after(third)) == (both, [])
    settings.write_text("PORTAL_HOSTS=www.example.org,example.org\n")
    assert (names_after(third), names_after(third)) == (both, [])
    assert sorted(release.name for release in (root / "releases").iterdir()) == ["first", "third"]
    units.running[both[0]].stop()
    assert names_after(third) == both
    assert names_after(first) == both


def test_instances_listen_where_the_settings_say(tmp_path: Path) -> None:
    wanted = tmp_path / rollout.ENABLED
    wanted.mkdir()
    for port in (8002, 8001):
        (wanted / f"lag-portal-web@{port}.service").touch()
    found = [
        [(instance.address, instance.port) for instance in rollout.instances_of(settings, tmp_path)]
        for settings in ({}, {"GRANIAN_HOST": "10.0.0.11"}, {"GRANIAN_HOST": "0.0.0.0"})  # noqa: S104 - read, not bound
    ]
    assert found == [
        [("127.0.0.1", 8001), ("127.0.0.1", 8002)],
        [("10.0.0.11", 8001), ("10.0.0.11", 8002)],
        [("127.0.0.1", 8001), ("127.0.0.1", 8002)],
    ]
