"""What the worker does for the whole portal, again and again."""

import datetime as dt
import io

from django.core.management import call_command

from portal.mailing.periodic import register_periodic


def publish_scheduled_pages() -> None:
    """Publish pages whose time has come and take back those that have expired."""
    call_command("publish_scheduled", stdout=io.StringIO())


def clear_sessions() -> None:
    """Forget sessions that have run out."""
    call_command("clearsessions")


def register() -> None:
    """Hand the jobs to the worker."""
    register_periodic("publish_scheduled", dt.timedelta(minutes=1), publish_scheduled_pages)
    register_periodic("clear_sessions", dt.timedelta(days=1), clear_sessions)
