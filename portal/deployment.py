"""Django's deployment check against the sample environment: what an operator gets who only fills in the secrets.

Run as ``python -m portal.deployment``.
"""

import base64
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.launcher.settings_file import parse
from portal.places import BASE_DIR

SAMPLE = BASE_DIR / "deploy" / "environment.sample"
# What the operator fills in; made anew for each check.
SECRETS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "PORTAL_LINK_KEY": lambda: secrets.token_urlsafe(48),
    "PORTAL_DATA_KEYS": lambda: "k1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}


def filled_environment(folder: Path) -> dict[str, str]:
    """Return the sample environment with secrets, and with everything it writes below ``folder``."""
    environment = parse(SAMPLE.read_text())
    filled = {name: make() for name, make in SECRETS.items()}
    # The database is not asked: the check is about settings, and no server is at hand.
    return environment | filled | {"PORTAL_VAR": str(folder)}


def main() -> int:
    """Run the check; every warning fails it, except that the starter content is not the association's own yet."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        command = [sys.executable, "-W", "error", str(BASE_DIR / "manage.py"), "check", "--deploy"]
        environment = os.environ | filled_environment(Path(folder))
        done = subprocess.run([*command, "--fail-level", "WARNING"], env=environment, check=False)  # noqa: S603
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
