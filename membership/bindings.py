"""What binds the dues orders of the past: applications keep the version they were submitted with."""

import datetime as dt

from django.utils import timezone

from membership.models import Application


def submitted_since(day: dt.date) -> int:
    """Return how many applications were submitted on that day or later, confirmed or not."""
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    return Application.objects.filter(submitted_at__gte=midnight).count()
