"""Who sits on the board, and for how long."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class BoardTermQuerySet(models.QuerySet["BoardTerm"]):
    """Terms by day."""

    def running(self, on: dt.date | None = None) -> "BoardTermQuerySet":
        """Terms that include the day (default: today in Germany); first and last day count."""
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def is_board_member(self, user: "AbstractBaseUser | AnonymousUser", on: dt.date | None = None) -> bool:
        """Whether the person sits on the board on the day."""
        return user.pk is not None and self.running(on).filter(user_id=user.pk).exists()


class BoardTerm(models.Model):
    """One person's term of office. Voting and deciding need a term that runs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Person"),
        on_delete=models.PROTECT,
        related_name="board_terms",
        help_text=_("Die Person braucht einen Zugang zu diesem Portal."),
    )
    function = models.CharField(
        _("Funktion"), max_length=80, help_text=_("Zum Beispiel „Vorsitz“, „Schatzmeisterin“ oder „Beisitz“.")
    )
    starts_on = models.DateField(_("Beginn"), help_text=_("Erster Tag der Amtszeit."))
    ends_on = models.DateField(
        _("Ende"),
        null=True,
        blank=True,
        help_text=_("Letzter Tag der Amtszeit. Bleibt das Feld leer, läuft sie weiter."),
    )

    objects = BoardTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("Amtszeit")
        verbose_name_plural = _("Amtszeiten")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="association_boardterm_ends_after_start",
                violation_error_message=_("Die Amtszeit endet, bevor sie beginnt."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.function}"

    def clean(self) -> None:
        """Refuse a term that ends before it starts, at the field that is wrong."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Die Amtszeit endet, bevor sie beginnt.")})

    @property
    def is_running(self) -> bool:
        """Whether the term includes today."""
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)


def is_board_member(user: "AbstractBaseUser | AnonymousUser", on: dt.date | None = None) -> bool:
    """Whether the person sits on the board on the day (default: today in Germany)."""
    return BoardTerm.objects.is_board_member(user, on)
