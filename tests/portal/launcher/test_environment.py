"""The virtual environment is made once and filled only when the locked packages changed."""

import sys
from pathlib import Path

import pytest

from portal.launcher import environment
from portal.launcher.environment import ensure_environment, is_current
from portal.launcher.terminal import LauncherError


class Commands:
    """Takes the place of the commands: notes them and leaves behind what they would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run: list[list[str]] = []
        self.fails = False

    def __call__(self, *command: str) -> None:
        self.run.append(list(command))
        if self.fails:
            raise LauncherError("Fehlgeschlagen")
        if command[1:3] == ("-m", "venv"):
            (self.folder / "bin").mkdir(parents=True)
            for name in ("python", "pip"):
                (self.folder / "bin" / name).touch()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "venv"


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    file = tmp_path / "runtime.txt"
    file.write_text("django==5.2\n")
    return file


@pytest.fixture
def commands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    commands = Commands(folder)
    monkeypatch.setattr(environment, "_run", commands)
    return commands


def names(commands: Commands) -> list[str]:
    return [command[2] for command in commands.run]


def test_first_call_makes_and_fills_it(folder: Path, requirements: Path, commands: Commands) -> None:
    ensure_environment(folder, requirements)
    assert commands.run[0] == [sys.executable, "-m", "venv", str(folder)]
    assert commands.run[1][-3:] == ["--require-hashes", "-r", str(requirements)]
    assert (names(commands), is_current(folder, requirements)) == (["venv", "pip"], True)


def test_second_call_does_nothing(folder: Path, requirements: Path, commands: Commands) -> None:
    ensure_environment(folder, requirements)
    ensure_environment(folder, requirements)
    assert names(commands) == ["venv", "pip"]


def test_changed_packages_are_installed(folder: Path, requirements: Path, commands: Commands) -> None:
    ensure_environment(folder, requirements)
    requirements.write_text("django==5.3\n")
    ensure_environment(folder, requirements)
    assert names(commands) == ["venv", "pip", "pip"]


def test_interrupted_installation_is_finished(folder: Path, requirements: Path, commands: Commands) -> None:
    ensure_environment(folder, requirements)
    requirements.write_text("django==5.3\n")
    commands.fails = True
    with pytest.raises(LauncherError):
        ensure_environment(folder, requirements)
    commands.fails = False
    assert is_current(folder, requirements) is False
    ensure_environment(folder, requirements)
    assert is_current(folder, requirements) is True


def test_half_made_environment_is_made_anew(folder: Path, requirements: Path, commands: Commands) -> None:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    ensure_environment(folder, requirements)
    assert names(commands) == ["venv", "pip"]


def test_two_sets_of_packages_do_not_chase_each_other(folder: Path, requirements: Path, commands: Commands) -> None:
    development = requirements.with_name("dev.txt")
    development.write_text("pytest==9\n")
    for file in (requirements, development, requirements, development):
        ensure_environment(folder, file)
    assert names(commands) == ["venv", "pip", "pip"]
