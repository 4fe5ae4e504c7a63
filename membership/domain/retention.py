"""Deleting what must not be kept any longer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from membership.mail_kinds import CONFIRM
from membership.models import Application
from portal.mailing.queue import cancel_mails
from portal.privacy import audit


def delete_unconfirmed(now: datetime | None = None) -> int:
    """Delete applications whose address nobody confirmed within fourteen days; return how many.

    Each goes in a transaction of its own with all that belongs to it; only the audit line with its reference stays.
    """
    moment = now or timezone.now()
    deleted = 0
    for key in list(Application.objects.to_delete(moment).values_list("pk", flat=True)):
        with transaction.atomic():
            application = Application.objects.select_for_update().to_delete(moment).filter(pk=key).first()
            if application is None:  # confirmed, or deleted by another worker, in between
                continue
            cancel_mails(CONFIRM, application.pk)
            audit.record(application, "unconfirmed_deleted")
            application.delete()
            deleted += 1
    return deleted
