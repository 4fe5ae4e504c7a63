"""What the worker does for the whole portal, again and again."""

import datetime as dt
import io
from typing import Any

from django.core.management import call_command
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal import media_files
from portal.mailing.models import DONE_STATES, MailState, QueuedMail
from portal.mailing.periodic import register_periodic
from portal.mailing.registry import label_of
from portal.privacy import store
from portal.privacy.logs import LOGS_KEPT
from portal.privacy.retention import RetentionRule, apply_all, register_rule

FINISHED_MAILS = (*DONE_STATES, MailState.FAILED)


def publish_scheduled_pages() -> None:
    """Publish pages whose time has come and take back those that have expired."""
    call_command("publish_scheduled", stdout=io.StringIO())


def clear_sessions() -> None:
    """Forget sessions that have run out."""
    call_command("clearsessions")


def finished_mails() -> QuerySet[Any]:
    """Return the lines of the queue that are no longer on their way, with ``finished_at``."""
    finished = QueuedMail.objects.filter(state__in=FINISHED_MAILS)
    return finished.annotate(finished_at=Coalesce("sent_at", "next_attempt_at"))


def forget_mail(pk: int, finished_before: dt.datetime) -> bool:
    """Remove one line of the queue, if it was finished that long ago."""
    removed, _rows = finished_mails().filter(pk=pk, finished_at__lte=finished_before).delete()
    return bool(removed)


def mail_name(mail: QueuedMail) -> str:
    """What the report calls a line of the queue."""
    return f"{label_of(mail.kind)} ({mail.object_id})"


MAIL_LINES = RetentionRule(
    name="logs_mails",
    label=_("Protokoll: welche E-Mails gesendet wurden"),
    counted_from=_("dem Senden"),
    default=LOGS_KEPT,
    rows=finished_mails,
    since="finished_at",
    remove=forget_mail,
    name_of=mail_name,
)


def register() -> None:
    """Hand the jobs to the worker."""
    register_periodic("publish_scheduled", dt.timedelta(minutes=1), publish_scheduled_pages)
    register_periodic("clear_sessions", dt.timedelta(days=1), clear_sessions)
    register_periodic("retention", dt.timedelta(days=1), apply_all)
    register_periodic("sweep_private_files", dt.timedelta(hours=1), store.sweep)
    register_periodic("sweep_public_files", dt.timedelta(days=1), media_files.sweep)
    register_rule(MAIL_LINES)
