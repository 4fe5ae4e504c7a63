"""The page that shows the dues order."""

from typing import Any

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from pages.models import BasePage
from pages.protection import ProtectedPageMixin


class DuesPage(RoutablePageMixin, ProtectedPageMixin, BasePage):
    """The order in force with rates and calculator, what is to come, and the archive.

    Nothing of the order is written here: an editor writes title and introduction, the rest is the dues order.
    """

    search_fields = [*BasePage.search_fields, index.SearchField("order_texts")]
    parent_page_types = ["membership.MembershipPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("Zeigt die Beitrags- und Finanzordnung, die in Kraft ist, mit Beitragsrechner und Archiv.")
    protection_reason = _("Der Aufnahmeantrag und gedruckte Unterlagen verweisen auf die Beitragsordnung.")

    class Meta:
        verbose_name = _("Beitragsseite")
        verbose_name_plural = _("Beitragsseiten")

    def order_texts(self) -> list[str]:
        """Return the texts of the orders that the page shows, for the search."""
        from dues.search_updates import searchable_orders

        return searchable_orders()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from dues.presentation import overview

        return super().get_context(request, *args, **kwargs) | overview(request.GET, timezone.localdate())

    @path("fassung-<int:version>/")
    def show_version(self, request: HttpRequest, version: int) -> TemplateResponse:
        """Show one published version, whether it is in force, to come or superseded; drafts are not found."""
        from dues.presentation import one_version

        context = one_version(version, timezone.localdate())
        if context is None:
            raise Http404("no such published version")
        return self.render(request, context_overrides=context, template="dues/dues_version.html")
