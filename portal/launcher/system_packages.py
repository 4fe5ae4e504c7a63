"""The system packages the portal needs, found missing before anything starts.

Run as ``python3 -m portal.launcher.system_packages``: standard library only.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.launcher.terminal import LauncherError, complain, is_interactive, say

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Requirement:
    """One system package, by its Debian name, and how to tell that it is there."""

    package: str
    purpose: str
    is_present: Callable[[], bool]


def has_module(name: str) -> bool:
    """Whether this Python can import ``name``."""
    return importlib.util.find_spec(name) is not None


def has_library(file_name: str) -> bool:
    """Whether the shared library ``file_name`` can be loaded."""
    try:
        ctypes.CDLL(file_name)
    except OSError:
        return False
    return True


REQUIREMENTS = (
    Requirement("python3-venv", "virtuelle Umgebung", lambda: has_module("venv") and has_module("ensurepip")),
    Requirement("libpango-1.0-0", "PDF-Dokumente", lambda: has_library("libpango-1.0.so.0")),
    Requirement("libpangoft2-1.0-0", "PDF-Dokumente", lambda: has_library("libpangoft2-1.0.so.0")),
    Requirement("libharfbuzz-subset0", "PDF-Dokumente", lambda: has_library("libharfbuzz-subset.so.0")),
)


def missing_packages(requirements: Sequence[Requirement] = REQUIREMENTS) -> list[Requirement]:
    """Return the requirements this machine lacks, in the order given."""
    return [requirement for requirement in requirements if not requirement.is_present()]


def install_command(packages: Sequence[str]) -> list[str]:
    """Return the one command that installs ``packages`` on Debian and its relatives."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return command if os.geteuid() == 0 else ["sudo", *command]


def ensure_system_packages(requirements: Sequence[Requirement] = REQUIREMENTS) -> None:
    """Return when all ``requirements`` are there; installs only with PORTAL_INSTALL=1 or when the person says yes.

    Raises LauncherError, naming the one line that installs them, when packages stay missing.
    """
    missing = missing_packages(requirements)
    if not missing:
        return
    names = [requirement.package for requirement in missing]
    command = install_command(names)
    line = " ".join(command)
    if not shutil.which("apt-get"):
        raise LauncherError(f"Es fehlen Systempakete (Debian-Namen: {', '.join(names)}); bitte installieren Sie sie.")
    if not _may_install(missing, line):
        raise LauncherError(f"Es fehlen Systempakete; diese Zeile installiert sie: {line}")
    install(command)
    still_missing = missing_packages(missing)
    if still_missing:
        stubborn = ", ".join(requirement.package for requirement in still_missing)
        raise LauncherError(f"Nach der Installation fehlen immer noch: {stubborn}.")


def _may_install(missing: Sequence[Requirement], line: str) -> bool:
    if os.environ.get("PORTAL_INSTALL") == "1":
        return True
    if not is_interactive():
        return False
    say("Es fehlen Systempakete:")
    for requirement in missing:
        say(f"  {requirement.package} ({requirement.purpose})")
    say(f"Diese Zeile installiert sie:\n  {line}")
    try:
        return input("Jetzt ausführen? [j/N] ").strip().lower() in {"j", "ja"}
    except (EOFError, KeyboardInterrupt):
        say("")
        return False


def install(command: Sequence[str]) -> None:
    """Run the install command; package lists are fetched first where the first try does not know a package."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    first = subprocess.run(command, env=environment, check=False)  # noqa: S603 - a list made above
    if first.returncode == 0:
        return
    update = [*command[: command.index("install")], "update"]
    subprocess.run(update, env=environment, check=False)  # noqa: S603
    if subprocess.run(command, env=environment, check=False).returncode != 0:  # noqa: S603
        raise LauncherError(f"Die Installation ist fehlgeschlagen: {' '.join(command)}")


def check_python() -> None:
    """Raise LauncherError when this Python is older than the portal needs."""
    if sys.version_info < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        raise LauncherError(f"Das Portal braucht Python {needed} oder neuer; hier läuft {sys.version.split()[0]}.")


def main() -> int:
    try:
        check_python()
        ensure_system_packages()
    except LauncherError as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
