"""The ten minutes after a decision, in which it can be taken back and nobody outside is told of it."""

from datetime import timedelta

from django.utils import timezone

from membership.models import Application

REVERSIBLE = timedelta(minutes=10)
"""How long a decision can be taken back, and the message about it waits."""


def is_reversible(application: Application) -> bool:
    """Whether the ten minutes are not over."""
    recorded = application.decision_recorded_at
    return application.is_decided and recorded is not None and timezone.now() < recorded + REVERSIBLE
