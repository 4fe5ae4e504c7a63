"""Where a portal's own files lie; needs nothing but Python, so that it can be asked before anything is installed."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[1]


def var_folder() -> Path:
    """Return the folder below which a running portal writes everything (PORTAL_VAR moves it)."""
    return Path(os.environ.get("PORTAL_VAR") or BASE_DIR / "var").resolve()


def mail_folder() -> Path:
    """Return the folder into which mails are written where no mail server is meant to get them."""
    return var_folder() / "mail"
