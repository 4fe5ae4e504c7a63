"""What ``check --deploy`` says while the portal is not ready for visitors."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's name
from django.db import DatabaseError, InterfaceError

from portal.association.going_live import open_points


def check_going_live(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Name what is still sample. A database that is not there yet is no concern of this check."""
    try:
        labels = [point.label for point in open_points()]
    except (DatabaseError, InterfaceError):
        return []
    if not labels:
        return []
    return [
        Warning(
            f"Die Website ist noch nicht bereit für Besucher, offene Punkte: {len(labels)}.",
            hint=" ".join(labels),
            id="association.W001",
        )
    ]
