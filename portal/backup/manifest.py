"""What an archive says of itself: format, origin, every part with its hash, every table with its rows."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.backup.errors import BackupError
from portal.release import VERSION

FORMAT = "lag-portal-backup"
FORMAT_VERSION = 1


@dataclass
class Manifest:
    """``parts`` maps the name of each file of the archive to its SHA-256; ``rows`` a table's model to its rows."""

    created_at: str
    portal_version: str = VERSION
    database: str = ""
    migrations: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    format: str = FORMAT
    format_version: int = FORMAT_VERSION

    @property
    def files(self) -> int:
        """How many pictures, documents and private files it holds."""
        return sum(not name.startswith("database/") for name in self.parts)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Manifest":
        """Read a manifest; raises BackupError for what this portal did not write or cannot read yet."""
        try:
            values: Mapping[str, Any] = json.loads(content)
            if values.get("format") != FORMAT:
                raise ValueError(values.get("format"))
            if values["format_version"] > FORMAT_VERSION:
                raise BackupError(
                    "Die Sicherung stammt aus einer neueren Fassung des Portals. Bitte aktualisieren Sie zuerst das "
                    "Portal."
                )
            return cls(**values)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise BackupError("Die Datei ist keine Sicherung dieses Portals.") from error


def new_manifest(now: dt.datetime) -> Manifest:
    """Return the manifest of an archive that is being written."""
    return Manifest(created_at=now.isoformat(timespec="seconds"), database=connection.vendor, migrations=applied())


def applied() -> list[str]:
    """Return the migrations this database has seen, as „app.name“."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def check_same_migrations(manifest: Manifest) -> None:
    """Raise BackupError when the archive's tables are not those of this installation."""
    here, there = set(applied()), set(manifest.migrations)
    if there - here:
        raise BackupError(
            f"Die Sicherung stammt aus einer neueren Fassung des Portals ({manifest.portal_version}). "
            f"Bitte installieren Sie zuerst diese Fassung. Hier fehlt: {min(there - here)}"
        )
    if here - there:
        raise BackupError(
            f"Die Sicherung stammt aus einer älteren Fassung des Portals ({manifest.portal_version}). Bitte spielen "
            f"Sie sie in diese Fassung ein und aktualisieren Sie danach. Dort fehlt: {min(here - there)}"
        )
