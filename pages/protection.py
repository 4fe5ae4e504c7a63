"""Pages the site cannot do without: they keep their place, their address and stay published.

The rules sit in Wagtail's permission tester, so that the explorer, the editor, bulk actions and choosers obey the same
ones, superusers included. The address is checked once more in ``clean()``, which every way of saving passes.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PagePermissionTester


class ProtectedPagePermissionTester(PagePermissionTester):
    """Refuse what would take a protected page away; everything else as Wagtail has it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.is_protected and super().can_delete(ignore_bulk=ignore_bulk)

    def can_unpublish(self) -> bool:
        return not self.page.is_protected and super().can_unpublish()

    def can_move(self) -> bool:
        return not self.page.is_protected and super().can_move()

    def can_move_to(self, destination: Page) -> bool:
        stays = self.page.is_child_of(destination)
        return (stays or not self.page.is_protected) and super().can_move_to(destination)

    def can_set_view_restrictions(self) -> bool:
        return not self.page.is_protected and super().can_set_view_restrictions()


class ProtectedPageMixin:
    """A page that cannot be deleted, unpublished, hidden, moved or given another address.

    Only the original in the site's main language is protected: translations may come and go.
    """

    protection_reason: str | Promise = gettext_lazy("Die Website braucht diese Seite.")

    @property
    def is_protected(self) -> bool:
        """Whether the rules hold for this page (they do once it exists)."""
        return self.pk is not None and self.locale.language_code == settings.LANGUAGE_CODE  # type: ignore[attr-defined]

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ProtectedPagePermissionTester(user, self)

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        if self.is_protected and (address := self._published_slug()) and self.slug != address:  # type: ignore[attr-defined]
            raise ValidationError(
                {
                    "slug": _("Die Adresse dieser Seite bleibt „%(slug)s“: %(reason)s")
                    % {"slug": address, "reason": self.protection_reason}
                }
            )

    def _published_slug(self) -> str | None:
        return Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first()  # type: ignore[attr-defined]


def refuse_reserved_slug(slug: str, *reserved: str) -> None:
    """Raise ValidationError for an address that the page above needs for something of its own."""
    if slug in reserved:
        raise ValidationError({"slug": reserved_slug_message(slug)})


def reserved_slug_message(slug: str) -> str:
    """Return what an editor reads who asks for a reserved address."""
    return _("Die Adresse „%(slug)s“ ist schon vergeben. Bitte wählen Sie eine andere.") % {"slug": slug}


def reserved_slugs_below(parent: Page | None) -> tuple[str, ...]:
    """Return the addresses that no page below ``parent`` may have, because something else answers there."""
    return getattr(parent.specific_class, "reserved_child_slugs", ()) if parent else ()
