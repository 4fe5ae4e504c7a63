"""What the start page of the admin says when mails do not get out."""

import datetime as dt
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from portal.mailing.models import QueuedMail
from portal.mailing.permissions import VIEW
from portal.mailing.worker import latest_heartbeat

# Long enough for a restart, short enough to be noticed the same morning.
SILENCE = dt.timedelta(minutes=5)


class MailTroublePanel(Component):
    """Mails that were given up, and a worker that gives no sign of life. Nothing while all is well."""

    name = "mail_trouble"
    template_name = "mailing/admin/mail_trouble.html"
    # Above the checklist, which can be long.
    order = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not policy_registry.get_by_type(QueuedMail).user_has_permission(user, VIEW):
            return {}
        return {"failed": QueuedMail.objects.failed().count(), "is_silent": worker_is_silent()}


def worker_is_silent() -> bool:
    """Whether mails wait and no worker has been heard of lately."""
    beat = latest_heartbeat()
    if beat is not None and timezone.now() - beat < SILENCE:
        return False
    return QueuedMail.objects.open().filter(created_at__lt=timezone.now() - SILENCE).exists()
