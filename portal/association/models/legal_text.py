"""Legal texts in versions: statutes, declarations, notices. What was published is never changed again."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from portal.association.enums import LegalTextKind

# What the hash covers, and what may not change once it was published.
FROZEN_FIELDS = ("kind", "version", "language", "title", "body", "in_force_from", "published_at", "content_hash")
RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


def content_languages() -> list[tuple[str, str]]:
    """Return the site's languages; a function, so that a new language needs no migration."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class FrozenText(ValidationError):
    """Somebody tried to change or delete a published legal text."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Dieser Rechtstext ist veröffentlicht und wird nicht mehr geändert oder gelöscht. "
                "Legen Sie stattdessen eine neue Fassung an."
            ),
            code="frozen",
        )


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    """Texts by state, and no way around the frozen ones."""

    def published(self) -> "LegalTextQuerySet":
        """Texts that are, were or will be in force."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> "LegalTextQuerySet":
        """Texts somebody still works on."""
        return self.filter(published_at__isnull=True)

    def in_force(
        self, kind: LegalTextKind | str, on: dt.date | None = None, *, language: str = "de"
    ) -> "LegalText | None":
        """Return the version of ``kind`` that applies on the day (default: today in Germany), or None."""
        on = on or timezone.localdate()
        texts = self.published().filter(kind=kind, language=language, in_force_from__lte=on)
        return texts.order_by("-in_force_from", "-version").first()

    def next_version(self, kind: LegalTextKind | str, *, language: str = "de") -> int:
        """Return the number of the version to be written next."""
        newest = self.filter(kind=kind, language=language).aggregate(newest=Max("version"))["newest"]
        return (newest or 0) + 1

    def update(self, **values: Any) -> int:
        """Change drafts; refuse as soon as one published text is among the rows."""
        if self.published().exists():
            raise FrozenText
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; refuse as soon as one published text is among the rows."""
        if self.published().exists():
            raise FrozenText
        return super().delete()


class LegalText(models.Model):
    """One version of one legal text."""

    kind = models.CharField(
        _("Art"), max_length=40, choices=LegalTextKind.choices, help_text=_("Wofür der Text verwendet wird.")
    )
    version = models.PositiveIntegerField(
        _("Fassung"), editable=False, help_text=_("Fortlaufende Nummer je Art und Sprache.")
    )
    language = models.CharField(
        _("Sprache"),
        max_length=12,
        choices=content_languages,
        default="de",
        help_text=_("Verbindlich ist immer die deutsche Fassung."),
    )
    title = models.CharField(
        _("Titel"), max_length=200, help_text=_("Überschrift, wie sie über dem Text und in Dokumenten steht.")
    )
    body = RichTextField(
        _("Text"), features=RICH_TEXT_FEATURES, help_text=_("Der vollständige Wortlaut, dem Menschen zustimmen.")
    )
    in_force_from = models.DateField(
        _("in Kraft ab"),
        null=True,
        blank=True,
        help_text=_("Erster Tag, an dem diese Fassung gilt. Bleibt das Feld leer, gilt sie ab dem Tag der Freigabe."),
    )
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, editable=False)
    content_hash = models.CharField(_("Prüfsumme"), max_length=64, blank=True, editable=False)

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rechtstext")
        verbose_name_plural = _("Rechtstexte")
        ordering = ["kind", "language", "-version"]
        permissions = [("publish_legaltext", _("Kann Rechtstexte veröffentlichen"))]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="association_legaltext_version_once"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | (models.Q(in_force_from__isnull=False) & ~models.Q(content_hash="")),
                name="association_legaltext_published_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({_('Fassung')} {self.version})"

    def save(self, **kwargs: Any) -> None:
        """Number a new text and store it; raise FrozenText when a published one was changed."""
        self._refuse_change_when_frozen()
        with transaction.atomic():
            if self.version is None:
                self.version = self._next_version()
            super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; raise FrozenText for a published text."""
        if self._stored_published() is not None:
            raise FrozenText
        return super().delete(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        """Whether the text is frozen."""
        return self.published_at is not None

    @property
    def is_in_force(self) -> bool:
        """Whether this is the version that applies today."""
        return LegalText.objects.in_force(self.kind, language=self.language) == self

    def compute_hash(self) -> str:
        """Return the SHA-256 of what the text says, as 64 hexadecimal digits."""
        content = {name: str(getattr(self, name)) for name in ("kind", "version", "language", "title", "body")}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def publish(self, in_force_from: dt.date | None = None) -> None:
        """Freeze the text; it applies from ``in_force_from``, else from the day noted in the draft, else from today.

        Raises FrozenText when it is published already, and ValidationError when a later version of the same text
        applies from a later day (this one would never come into force).
        """
        with transaction.atomic():
            # Two people who publish the same draft at once: the second one waits here and is refused.
            LegalText.objects.select_for_update().filter(pk=self.pk).first()
            self._publish(in_force_from)

    def _publish(self, in_force_from: dt.date | None) -> None:
        if self._stored_published() is not None:
            raise FrozenText
        day = in_force_from or self.in_force_from or timezone.localdate()
        latest = LegalText.objects.published().filter(kind=self.kind, language=self.language)
        newest_day = latest.aggregate(day=Max("in_force_from"))["day"]
        if newest_day is not None and day < newest_day:
            raise ValidationError(
                _(
                    "Eine veröffentlichte Fassung gilt schon ab dem %(day)s. "
                    "Bitte wählen Sie diesen oder einen späteren Tag."
                ),
                code="before_published",
                params={"day": newest_day.strftime("%d.%m.%Y")},
            )
        self.in_force_from = day
        self.content_hash = self.compute_hash()
        self.published_at = timezone.now()
        self.save()

    def new_version(self) -> "LegalText":
        """Return a stored draft with the same words, numbered next."""
        return LegalText.objects.create(kind=self.kind, language=self.language, title=self.title, body=self.body)

    def _next_version(self) -> int:
        """Return the next number; two people who add a version at once are given one each."""
        earlier = LegalText.objects.filter(kind=self.kind, language=self.language)
        earlier.select_for_update().order_by("-version").first()
        return LegalText.objects.next_version(self.kind, language=self.language)

    def _stored_published(self) -> "LegalText | None":
        return LegalText.objects.published().filter(pk=self.pk).first() if self.pk else None

    def _refuse_change_when_frozen(self) -> None:
        stored = self._stored_published()
        if stored and any(getattr(stored, name) != getattr(self, name) for name in FROZEN_FIELDS):
            raise FrozenText
