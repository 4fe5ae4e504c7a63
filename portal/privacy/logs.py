"""How long the log of who looked at what is kept."""

from django.utils.translation import gettext_lazy as _

from portal.privacy import audit
from portal.privacy.models import AuditEntry
from portal.privacy.retention import Period, RetentionRule, register_rule

LOGS_KEPT = Period(90)


def register() -> None:
    """Tell the retention about the log."""
    register_rule(VIEWS)


def _name(entry: AuditEntry) -> str:
    return entry.subject_reference or str(entry.subject_id)


VIEWS = RetentionRule(
    name="logs_views",
    label=_("Protokoll: wer was angesehen hat"),
    counted_from=_("dem Ansehen"),
    default=LOGS_KEPT,
    rows=audit.views,
    since="at",
    remove=audit.forget_view,
    name_of=_name,
)
