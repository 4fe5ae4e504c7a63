"""The editor's form every page of the site uses."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets.slug import SlugInput

from pages.slugs import GERMAN_LETTERS, german_slug

# For the browser, which proposes an address while the title is typed, and cleans one that is typed over.
SPELLINGS = [(chr(letter), spelling) for letter, spelling in GERMAN_LETTERS.items()]


class BasePageForm(WagtailAdminPageForm):
    """Wagtail's page form; an address typed with umlauts or spaces is respelled instead of refused.

    The address of a protected page cannot be typed over, and no date takes it off the site.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(self._with_plain_slug(data, kwargs.get("prefix")), *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].widget = SlugInput(locale="de", formatters=SPELLINGS)
        if getattr(self.instance, "is_protected", False):
            self._show_protection()

    @staticmethod
    def _with_plain_slug(data: Any, prefix: str | None) -> Any:
        name = f"{prefix}-slug" if prefix else "slug"
        if not data or not data.get(name):
            return data
        plain = data.copy()
        plain[name] = german_slug(data[name]) or data[name]
        return plain

    def _show_protection(self) -> None:
        slug = self.fields.get("slug")
        if slug:
            slug.widget.attrs["readonly"] = True
            slug.help_text = _("Diese Adresse ist fest: %(reason)s") % {"reason": self.instance.protection_reason}

    def clean(self) -> dict[str, Any]:
        """Refuse what would take a protected page off the site by a date."""
        cleaned = super().clean()
        if getattr(self.instance, "is_protected", False) and cleaned.get("expire_at"):
            self.add_error(
                "expire_at",
                _("Diese Seite läuft nicht ab: %(reason)s Bitte lassen Sie das Feld leer.")
                % {"reason": self.instance.protection_reason},
            )
        return cleaned
