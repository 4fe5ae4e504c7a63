"""Missing system packages are named before anything starts, and installed only when somebody wants it."""

import os
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from portal.launcher import system_packages
from portal.launcher.system_packages import (
    REQUIREMENTS,
    Requirement,
    check_python,
    ensure_system_packages,
    has_library,
    has_module,
    missing_packages,
)
from portal.launcher.terminal import LauncherError

PREFIX = [] if os.geteuid() == 0 else ["sudo"]
INSTALL = [*PREFIX, "apt-get", "install", "-y", "--no-install-recommends"]


class Machine:
    """A machine without some packages, whose apt-get is only watched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *missing: str, works: bool = True) -> None:
        self.missing = set(missing)
        self.commands: list[list[str]] = []
        self.works = works
        self.updated = False
        self.needs_update = False
        monkeypatch.setattr(system_packages.subprocess, "run", self.run)
        monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(system_packages, "is_interactive", lambda: False)
        monkeypatch.delenv("PORTAL_INSTALL", raising=False)

    def requirements(self) -> list[Requirement]:
        return [
            Requirement(name, "Zweck", lambda name=name: name not in self.missing)  # type: ignore[misc]
            for name in ("alpha", "beta", "gamma")
        ]

    def run(self, command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        self.commands.append(list(command))
        if command[-1] == "update":
            self.updated = True
        elif self.works and (self.updated or not self.needs_update):
            self.missing -= set(command)
        else:
            return subprocess.CompletedProcess(command, 100)
        return subprocess.CompletedProcess(command, 0)


def test_this_machine_has_everything() -> None:
    assert missing_packages() == []
    assert [requirement.package for requirement in REQUIREMENTS] == [
        "python3-venv",
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
    ]


def test_probes() -> None:
    assert [has_module("venv"), has_module("gibt_es_nicht")] == [True, False]
    assert [has_library("libc.so.6"), has_library("libgibtesnicht.so.0")] == [True, False]


def test_nothing_missing_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    ensure_system_packages(machine.requirements())
    assert machine.commands == []


def test_without_terminal_the_line_is_named_and_nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "alpha", "gamma")
    with pytest.raises(LauncherError) as caught:
        ensure_system_packages(machine.requirements())
    line = " ".join([*INSTALL, "alpha", "gamma"])
    assert str(caught.value) == f"Es fehlen Systempakete; diese Zeile installiert sie: {line}"
    assert machine.commands == []


def test_portal_install_installs_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "beta")
    monkeypatch.setenv("PORTAL_INSTALL", "1")
    ensure_system_packages(machine.requirements())
    assert machine.commands == [[*INSTALL, "beta"]]


def test_package_lists_are_fetched_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "beta")
    machine.needs_update = True
    monkeypatch.setenv("PORTAL_INSTALL", "1")
    ensure_system_packages(machine.requirements())
    assert machine.commands == [[*INSTALL, "beta"], [*PREFIX, "apt-get", "update"], [*INSTALL, "beta"]]


@pytest.mark.parametrize(("answer", "installs"), [("j", True), ("Ja", True), ("", False), ("n", False), ("yes", False)])
def test_somebody_at_a_terminal_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, installs: bool
) -> None:
    machine = Machine(monkeypatch, "beta")
    monkeypatch.setattr(system_packages, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: answer)
    if installs:
        ensure_system_packages(machine.requirements())
    else:
        with pytest.raises(LauncherError):
            ensure_system_packages(machine.requirements())
    assert machine.commands == ([[*INSTALL, "beta"]] if installs else [])
    assert capsys.readouterr().out.splitlines() == [
        "Es fehlen Systempakete:",
        "  beta (Zweck)",
        "Diese Zeile installiert sie:",
        "  " + " ".join([*INSTALL, "beta"]),
    ]


def test_failed_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "beta", works=False)
    monkeypatch.setenv("PORTAL_INSTALL", "1")
    with pytest.raises(LauncherError) as caught:
        ensure_system_packages(machine.requirements())
    assert str(caught.value) == f"Die Installation ist fehlgeschlagen: {' '.join([*INSTALL, 'beta'])}"


def test_other_system_gets_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "alpha", "beta")
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    with pytest.raises(LauncherError) as caught:
        ensure_system_packages(machine.requirements())
    assert str(caught.value) == ("Es fehlen Systempakete (Debian-Namen: alpha, beta); bitte installieren Sie sie.")


def test_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    check_python()
    monkeypatch.setattr(system_packages.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(system_packages.sys, "version", "3.9.2 (default)")
    with pytest.raises(LauncherError) as caught:
        check_python()
    assert str(caught.value) == "Das Portal braucht Python 3.11 oder neuer; hier läuft 3.9.2."


@pytest.mark.parametrize("going_away", [EOFError, KeyboardInterrupt])
def test_no_answer_is_a_no(monkeypatch: pytest.MonkeyPatch, going_away: type[BaseException]) -> None:
    def leave(prompt: str) -> str:
        raise going_away

    machine = Machine(monkeypatch, "beta")
    monkeypatch.setattr(system_packages, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", leave)

    with pytest.raises(LauncherError):
        ensure_system_packages(machine.requirements())
    assert machine.commands == []
