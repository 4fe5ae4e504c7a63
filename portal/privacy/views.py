"""How long things are kept: the admin's report, and the periods in it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.privacy import audit
from portal.privacy.models import RetentionPeriod, Unit
from portal.privacy.retention import Period, RetentionRule, preview, rules

VIEW, CHANGE = "privacy.view_retentionperiod", "privacy.change_retentionperiod"
LONGEST = 3650
# More names than this say nothing that the number does not.
NAMES_SHOWN = 20


class PeriodForm(forms.Form):
    """The period of one rule."""

    number = forms.IntegerField(
        label=gettext_lazy("Frist"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    unit = forms.ChoiceField(label=gettext_lazy("Einheit"), choices=Unit.choices)

    def __init__(self, data: Any, *, rule: RetentionRule) -> None:
        period = rule.period
        super().__init__(data, prefix=rule.name, initial={"number": period.number, "unit": period.unit})
        self.rule = rule

    @property
    def wanted(self) -> Period:
        """The period that was entered."""
        return Period(self.cleaned_data["number"], Unit(self.cleaned_data["unit"]))


def may_view(person: Any) -> bool:
    """Whether the person sees the report."""
    return bool(person.has_perm(VIEW) or person.has_perm(CHANGE))


@method_decorator(never_cache, name="dispatch")
class RetentionView(WagtailAdminTemplateMixin, TemplateView):
    """Every rule with its period, what is due now, and when the next one follows."""

    template_name = "privacy/admin/retention.html"
    page_title = gettext_lazy("Aufbewahrung")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_view(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the report."""
        return self._page({rule.name: PeriodForm(None, rule=rule) for rule in rules()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set the periods, all or none."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        entered = [PeriodForm(request.POST, rule=rule) for rule in rules()]
        # Every form is checked, so that all mistakes are shown at once.
        if [form for form in entered if not form.is_valid()]:
            messages.error(request, _("Bitte prüfen Sie die markierten Fristen. Es wurde nichts geändert."))
            return self._page({form.rule.name: form for form in entered})
        for form in entered:
            self._set(form.rule, form.wanted)
        messages.success(request, _("Die Fristen sind gespeichert."))
        return redirect("privacy_retention")

    def _set(self, rule: RetentionRule, wanted: Period) -> None:
        if wanted == rule.period:
            return
        row, _created = RetentionPeriod.objects.update_or_create(
            rule=rule.name, defaults={"number": wanted.number, "unit": wanted.unit}
        )
        audit.record(row, "retention_changed", actor=self.request.user, number=wanted.number, unit=wanted.unit)

    def _page(self, entered: dict[str, PeriodForm]) -> HttpResponse:
        lines = [
            {
                "rule": rule,
                "form": entered[rule.name],
                "count": len(due),
                "names": [rule.name_of(row) for row in due[:NAMES_SHOWN]],
                "following": following,
            }
            for rule, due, following in preview()
        ]
        return self.render_to_response(
            self.get_context_data(lines=lines, may_change=self.request.user.has_perm(CHANGE))
        )
