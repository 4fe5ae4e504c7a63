"""The editor's form every page of the site uses."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets.slug import SlugInput

from pages.protection import reserved_slug_message, reserved_slugs_below
from pages.slugs import german_slug


class BasePageForm(WagtailAdminPageForm):
    """Wagtail's page form; an address typed with umlauts or spaces is respelled instead of refused."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(self._with_plain_slug(data, kwargs.get("prefix")), *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].widget = SlugInput(locale="de")

    @staticmethod
    def _with_plain_slug(data: Any, prefix: str | None) -> Any:
        name = f"{prefix}-slug" if prefix else "slug"
        if not data or not data.get(name):
            return data
        plain = data.copy()
        plain[name] = german_slug(data[name]) or data[name]
        return plain

    def clean(self) -> dict[str, Any]:
        """Refuse what would take a protected page off the site by a date, and addresses the parent page keeps."""
        cleaned = super().clean()
        page = self.instance
        if getattr(page, "is_protected", False) and cleaned.get("expire_at"):
            self.add_error(
                "expire_at",
                _("Für diese Seite darf kein Ablaufdatum gesetzt werden: %(reason)s")
                % {"reason": page.protection_reason},
            )
        # A page that is being created does not know its parent yet, so its own check cannot.
        if cleaned.get("slug") in reserved_slugs_below(self.parent_page):
            self.add_error("slug", reserved_slug_message(cleaned["slug"]))
        return cleaned
