"""The ten minutes after a decision, in which it can be taken back and nobody outside is told of it."""

from django.utils import timezone

from membership.enums import REVERSIBLE
from membership.models import Application


def is_reversible(application: Application) -> bool:
    """Whether the ten minutes are not over."""
    recorded = application.decision_recorded_at
    return application.is_decided and recorded is not None and timezone.now() < recorded + REVERSIBLE
