"""The last automatic check of this release, for the statement „Barrierefreiheit“.

The check writes the file itself (``make accessibility``), and it is shipped with the release: date and method come from
the portal. Whether the site conforms to anything is for people to say; the portal never does.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from portal.places import BASE_DIR
from portal.release import digest_of

RECORD = Path(__file__).with_name("accessibility_check.json")


@dataclass(frozen=True)
class Check:
    """When the release was checked, with what, on how many kinds of page, and what they were made of."""

    checked_on: dt.date
    tool: str
    browser: str
    kinds_of_page: int
    looks: str

    @property
    def is_of_this_version(self) -> bool:
        """Whether templates, styles and scripts are still those that were checked."""
        return self.looks == looks()


@cache
def looks() -> str:
    """Return what stands for all templates, styles and scripts of this release; they stay the same while it runs."""
    return digest_of(BASE_DIR / "templates", BASE_DIR / "portal" / "static")


@lru_cache(maxsize=1)
def last_check() -> Check | None:
    """Return the record shipped with this release; None where there is none."""
    if not RECORD.exists():
        return None
    values = json.loads(RECORD.read_text())
    return Check(**values | {"checked_on": dt.date.fromisoformat(values["checked_on"])})


def record(check: Check, file: Path = RECORD) -> None:
    """Write ``check`` as the release's last one."""
    values = vars(check) | {"checked_on": check.checked_on.isoformat()}
    file.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n")
