"""The version of the portal, as pyproject.toml names it, and the code that runs, told exactly."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from portal.places import BASE_DIR

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
# What pages and documents are made by: the rooms, their templates, texts and styles, and the locked packages.
ROOMS = ("dues", "home", "library", "membership", "pages", "portal", "requirements", "search", "templates")
# Written by the machine itself, from what is counted already.
COMPILED = frozenset({".pyc", ".mo"})


@cache
def release() -> str:
    """Return sixteen characters that differ for every other code: what it rendered may look different."""
    return digest_of(*(BASE_DIR / room for room in ROOMS))


def digest_of(*folders: Path) -> str:
    """Return sixteen characters that stand for names and content of all files below ``folders``."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix not in COMPILED and file.is_file():
                digest.update(f"{file.relative_to(folder)} ".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
