"""The content version: one number that every change of what readers see raises."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """The one row (primary key 1) that says which state of the content is the current one."""

    number = models.BigIntegerField(_("Stand"), default=0)

    class Meta:
        verbose_name = _("Stand der Inhalte")
        verbose_name_plural = _("Stand der Inhalte")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="delivery_one_content_version")]

    def __str__(self) -> str:
        return str(self.number)
