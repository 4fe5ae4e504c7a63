"""The version of the portal, as pyproject.toml names it."""

import tomllib

from portal.places import BASE_DIR

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
