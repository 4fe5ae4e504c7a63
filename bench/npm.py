"""Tools from npm that prove something about the pages: pinned exactly, installed below var/npm/ when first needed."""

import shutil
import subprocess
from pathlib import Path

from portal.places import BASE_DIR

FOLDER = BASE_DIR / "var" / "npm"
# Lighthouse 13 needs a newer Node than Debian has.
VERSIONS = {"vnu-jar": "26.9.27", "axe-core": "4.14.1", "lighthouse": "12.8.2"}


def can_install() -> bool:
    """Whether npm is there to install what is missing."""
    return shutil.which("npm") is not None


def package(name: str) -> Path:
    """Return the folder of the npm package ``name`` in the version above, installed if it is not there yet.

    Raises FileNotFoundError without npm and CalledProcessError when it cannot be installed.
    """
    # A folder for each version: an update never meets the files of the one before.
    home = FOLDER / f"{name}-{VERSIONS[name]}"
    folder = home / "node_modules" / name
    if not folder.exists():
        options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        command = ["npm", "install", "--prefix", str(home), *options, f"{name}@{VERSIONS[name]}"]
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True, cwd=home)  # noqa: S603 - names and versions from above
    return folder
