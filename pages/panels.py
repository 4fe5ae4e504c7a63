"""Parts of the page editor that tell editors something."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from pages.content_checks import findings
from pages.imprint import missing_imprint_fields
from portal.association.models import AssociationSettings


class MissingImprintPanel(Panel):
    """On the Impressum: which of the particulars the law asks for are still missing in the settings."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/missing_imprint_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.is_imprint and self.missing)

        @cached_property
        def missing(self) -> list[str]:
            return missing_imprint_fields(AssociationSettings.load(request_or_site=self.request))

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "missing": self.missing}


class ContentChecksPanel(Panel):
    """Above a page's content: what could be better in the text as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/content_checks_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.findings)

        @cached_property
        def findings(self) -> list[str]:
            return findings(self.instance)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "findings": self.findings}
