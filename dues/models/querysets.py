"""Questions asked about the dues orders of the association."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from dues.enums import Standing

if TYPE_CHECKING:
    from dues.models.order import DuesOrder


class DuesOrderQuerySet(models.QuerySet["DuesOrder"]):
    """Draft or published is stored; what is in force follows from the dates alone."""

    def drafts(self) -> DuesOrderQuerySet:
        return self.filter(published_at__isnull=True)

    def published(self) -> DuesOrderQuerySet:
        return self.filter(published_at__isnull=False)

    def in_force(self, on: dt.date | None = None) -> DuesOrder | None:
        """Return the order in force on that day (default: today) with its rates, or None when there is none."""
        day = on or timezone.localdate()
        return self.published().filter(valid_from__lte=day).order_by("-valid_from").prefetch_related("rates").first()

    def upcoming(self, on: dt.date | None = None) -> DuesOrderQuerySet:
        """Return the published orders that take force after that day (default: today), the next one first."""
        day = on or timezone.localdate()
        return self.published().filter(valid_from__gt=day).order_by("valid_from").prefetch_related("rates")

    def with_standing(self, on: dt.date | None = None) -> DuesOrderQuerySet:
        """Annotate ``standing_on_day``, a value of Standing, for that day (default: today): lists ask once for all."""
        day = on or timezone.localdate()
        later = self.model.objects.published().filter(valid_from__gt=models.OuterRef("valid_from"), valid_from__lte=day)
        return self.annotate(
            standing_on_day=models.Case(
                models.When(published_at__isnull=True, then=models.Value(Standing.DRAFT)),
                models.When(valid_from__gt=day, then=models.Value(Standing.UPCOMING)),
                models.When(models.Exists(later), then=models.Value(Standing.SUPERSEDED)),
                default=models.Value(Standing.IN_FORCE),
                output_field=models.CharField(),
            )
        )

    def superseded(self, on: dt.date | None = None) -> DuesOrderQuerySet:
        """Return the published orders that a later one has replaced on that day, the latest first."""
        day = on or timezone.localdate()
        current = self.in_force(day)
        if current is None:
            return self.none()
        return self.published().filter(valid_from__lt=current.valid_from).order_by("-valid_from")

    def wait_for_publishing(self) -> None:
        """Within a transaction: wait until nobody else is publishing, and make others wait."""
        list(self.model.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
