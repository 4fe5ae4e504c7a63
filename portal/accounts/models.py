"""People who sign in by e-mail address, and how they were invited."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Users are made and found by e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Return a new user; without ``password`` the account cannot sign in until one is set by an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Return a new technical administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):  # type: ignore[django-manager-missing] # Wagtail's managers of pictures carry no types
    """Somebody who works in the admin."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("Person mit Zugang")
        verbose_name_plural = _("Personen mit Zugang")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


INVITATION_LIFETIME = dt.timedelta(days=7)


class Invitation(models.Model):
    """How a person got in: a mail with a link to choose a password, valid for seven days and once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="invitation"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("eingeladen von"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    invited_at = models.DateTimeField(_("eingeladen"))
    accepted_at = models.DateTimeField(_("angenommen"), null=True)
    # Raised with every mail; links of earlier mails end.
    generation = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def valid_until(self) -> dt.datetime:
        """The last moment the link works."""
        return self.invited_at + INVITATION_LIFETIME

    @property
    def is_accepted(self) -> bool:
        """Whether the person has chosen a password."""
        return self.accepted_at is not None

    @property
    def is_expired(self) -> bool:
        """Whether the person let the seven days pass."""
        return not self.is_accepted and timezone.now() > self.valid_until
