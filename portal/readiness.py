"""What the portal needs to do its work, looked at one by one."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.mailing.models import QueuedMail
from portal.mailing.worker import latest_heartbeat

# The worker looks for due mails every second; one that is due for so long is waiting for somebody to look.
LONGEST_WAIT = dt.timedelta(minutes=30)
LONGEST_SILENCE = dt.timedelta(minutes=1)
LEAST_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Check:
    """The outcome of one look; ``detail`` is for operators and names nobody."""

    name: str
    is_fine: bool
    detail: str = ""


def run_checks() -> list[Check]:
    """Return the outcome of every check; one that cannot be made has failed."""
    return [_made(name, check) for name, check in CHECKS.items()]


def _made(name: str, check: Callable[[], str]) -> Check:
    try:
        problem = check()
    except (DatabaseError, InterfaceError, OSError) as error:
        # The class only: messages of databases name hosts and users.
        problem = type(error).__name__
    return Check(name, not problem, problem or "ok")


def check_database() -> str:
    """Return why the database does not answer; empty when it does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def check_migrations() -> str:
    """Return how many migrations have not been applied."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations missing" if missing else ""


def check_storage() -> str:
    """Raise OSError when a folder is not there or cannot be written to; made here it would hide a missing disk."""
    for folder in filter(None, (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT, settings.PUBLISHED_ROOT)):
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    return ""


def check_mail() -> str:
    """Return how long the oldest mail has been due, if that is too long."""
    oldest = QueuedMail.objects.open().order_by("created_at").values_list("created_at", flat=True).first()
    waiting = timezone.now() - oldest if oldest else dt.timedelta()
    return f"oldest unsent mail waits {int(waiting.total_seconds() // 60)} minutes" if waiting > LONGEST_WAIT else ""


def check_worker() -> str:
    """Return how long no worker has given a sign of life, if that is too long."""
    beat = latest_heartbeat()
    if beat is None:
        return "no worker"
    silence = timezone.now() - beat
    return f"silent for {int(silence.total_seconds())} seconds" if silence > LONGEST_SILENCE else ""


def check_disk() -> str:
    """Return how little room is left where the portal writes, if that is too little."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    return f"{free // 1024**2} MB free" if free < LEAST_FREE_BYTES else ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "migrations": check_migrations,
    "storage": check_storage,
    "mail": check_mail,
    "worker": check_worker,
    "disk": check_disk,
}
