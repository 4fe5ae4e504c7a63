"""Members, and the numbers that may neither be skipped nor given twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.application import Application
from portal.association.enums import ApplicantKind, MembershipType


class Member(models.Model):
    """Somebody whom the board has admitted. Who it is stands in the application."""

    number = models.PositiveIntegerField(_("Mitgliedsnummer"), unique=True)
    application = models.OneToOneField(
        Application, verbose_name=_("Aufnahmeantrag"), on_delete=models.CASCADE, related_name="member"
    )
    kind = models.CharField(_("Art"), max_length=30, choices=ApplicantKind.choices)
    membership_type = models.CharField(_("Mitgliedschaft"), max_length=20, choices=MembershipType.choices)
    since = models.DateField(_("Mitglied seit"))

    class Meta:
        default_permissions = ()
        verbose_name = _("Mitglied")
        verbose_name_plural = _("Mitglieder")
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class NumberSeries(models.Model):
    """A series of numbers without gaps: the last one given, and those that came back."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)
    returned = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        verbose_name = _("Nummernkreis")
        verbose_name_plural = _("Nummernkreise")

    def __str__(self) -> str:
        return self.name
