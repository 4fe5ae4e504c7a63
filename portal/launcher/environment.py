"""The virtual environment: made when missing, filled when the locked packages changed.

Run as ``python3 -m portal.launcher.environment FOLDER REQUIREMENTS``: standard library only.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from portal.launcher.terminal import LauncherError, complain, say


def fingerprint(requirements: Path) -> str:
    """Return what must stay the same for an environment to stay valid: the locked packages and the Python."""
    digest = hashlib.sha256(requirements.read_bytes())
    digest.update(sys.version.encode())
    return digest.hexdigest()


def stamp_of(folder: Path, requirements: Path) -> Path:
    """Return the file that remembers which state of ``requirements`` was installed into ``folder``."""
    return folder / f"installed-{requirements.stem}.sha256"


def is_current(folder: Path, requirements: Path) -> bool:
    """Whether ``folder`` holds exactly what ``requirements`` locks."""
    stamp = stamp_of(folder, requirements)
    python = folder / "bin" / "python"
    return stamp.is_file() and python.exists() and stamp.read_text() == fingerprint(requirements)


def ensure_environment(folder: Path, requirements: Path) -> None:
    """Make ``folder`` a virtual environment with the packages of ``requirements``, each checked against its hash.

    Raises LauncherError when the packages cannot be installed; what was half made is finished by the next call.
    """
    if is_current(folder, requirements):
        return
    if not (folder / "bin" / "pip").exists() or not (folder / "bin" / "python").exists():
        say(f"Lege die virtuelle Umgebung {folder.name} an …")
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
    say("Installiere die festgelegten Pakete (einmalig, etwa eine Minute) …")
    python = str(folder / "bin" / "python")
    _run(
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        str(requirements),
    )
    stamp_of(folder, requirements).write_text(fingerprint(requirements))


def _run(*command: str) -> None:
    """Run ``command``; what it writes is shown only when it fails."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
    if done.returncode != 0:
        complain(done.stdout)
        raise LauncherError(f"Fehlgeschlagen: {' '.join(command)}")


def main(arguments: list[str]) -> int:
    folder, requirements = (Path(argument) for argument in arguments)
    try:
        ensure_environment(folder, requirements)
    except (LauncherError, OSError) as error:
        complain(f"Die virtuelle Umgebung {folder} ist nicht fertig geworden. {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
