"""The comparison in the admin, for who may change the draft."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues import permissions
from dues.models import DuesOrder
from dues.staff_views import OrderView
from membership.simulation.comparison import Comparison, compare
from membership.simulation.forms import SampleForm
from membership.simulation.samples import SampleFigures, sample_cases
from membership.spreadsheet import CONTENT_TYPE

WORKBOOK = "xlsx"
"""Asks in the address (``?format=``) for the workbook."""


class SimulationView(OrderView):
    """A draft against the order it would replace; 404 for a published one."""

    action = permissions.CHANGE
    page_title = gettext_lazy("Auswirkungen des Entwurfs")
    template_name = "membership/admin/dues_simulation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_allowed(request.user):
            get_object_or_404(DuesOrder.objects.drafts(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SampleForm(request.GET, figures=SampleFigures.for_order(self.order))
        replaced = DuesOrder.objects.in_force(self.order.valid_from - dt.timedelta(days=1))
        comparison = self.compare(form.figures, replaced)
        if comparison and request.GET.get("format") == WORKBOOK:
            return self.workbook(comparison)
        context = self.get_context_data(form=form, replaced=replaced, comparison=comparison)
        return self.render_to_response(context)

    def compare(self, figures: SampleFigures | None, replaced: DuesOrder | None) -> Comparison | None:
        """Return the comparison for the sample cases; None where the figures cannot be read."""
        if figures is None:
            return None
        return compare(sample_cases(replaced, self.order, figures=figures), old=replaced, new=self.order)

    def workbook(self, comparison: Comparison) -> HttpResponse:
        # See membership.spreadsheet.
        from membership.simulation.workbook import render_workbook

        title = _("%(title)s: Auswirkungen auf Beispielfälle") % {"title": str(self.order)}
        return HttpResponse(
            render_workbook(comparison, title=title),
            content_type=CONTENT_TYPE,
            headers={
                "Content-Disposition": 'attachment; filename="Beitragsordnung-Auswirkungen.xlsx"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-store",
            },
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query["format"] = WORKBOOK
        return super().get_context_data(**kwargs) | {"workbook_url": f"?{query.urlencode()}"}
