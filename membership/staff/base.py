"""What the pages of one application share: who may open them, the way back, and a step with its refusal."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from membership import permissions
from membership.domain import missing_for_acceptance
from membership.domain.errors import ApplicationError
from membership.models import Application
from portal.accounts.models import User


@method_decorator(never_cache, name="dispatch")
class StaffView(WagtailAdminTemplateMixin, TemplateView):
    """A view of one confirmed application; 403 without ``action``'s permission, 404 for what staff may not see."""

    action = permissions.VIEW
    page_title = gettext_lazy("Aufnahmeantrag")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, self.action):
            return render(request, "403.html", status=403)
        self.application = get_object_or_404(self.get_applications(), pk=kwargs["pk"])
        try:
            return super().dispatch(request, *args, **kwargs)
        except Application.DoesNotExist:
            raise Http404 from None  # erased by somebody else while the step was taken

    def get_applications(self) -> QuerySet[Application]:
        """Return the applications that have such a page."""
        return Application.objects.for_staff()

    @property
    def user(self) -> User:
        """Who works here; the admin lets nobody in who has not signed in."""
        return cast("User", self.request.user)

    def get_page_subtitle(self) -> str:
        return self.application.reference

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        detail = {"url": detail_url(self.application), "label": self.application.reference}
        listing = {"url": reverse("membership_applications:index"), "label": _("Aufnahmeanträge")}
        return [*self.breadcrumbs_items, listing, detail, *self.own_breadcrumb()]

    def own_breadcrumb(self) -> list[dict[str, str]]:
        """Return this page's place below the application; empty for the application's own page."""
        return [{"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"application": self.application, "detail_url": detail_url(self.application)}

    def back(self, message: str) -> HttpResponse:
        """Return to the application with the word that it is done."""
        messages.success(self.request, message)
        return redirect(detail_url(self.application))


def detail_url(application: Application) -> str:
    """Return the admin address of one application: its key, nothing personal."""
    return reverse("membership_applications:inspect", args=[application.pk])


class StepView(StaffView):
    """A step with a form: shown on GET, taken on POST; a refusal stays on the page with what was entered."""

    button = gettext_lazy("Eintragen")
    # Whether what is missing for the board is named, and whether the step cannot be taken back.
    names_missing = False
    is_final = False
    template_name = "membership/admin/application_step.html"
    explanation: Any = ""

    def get_forms(self, data: Any = None) -> list[Any]:
        """Return the step's forms; none where pressing the button says everything."""
        return []

    def take(self, forms: list[Any]) -> str:
        """Call the domain function; return the sentence that says what was done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(self.get_forms())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = self.get_forms(request.POST)
        # Every form is checked, so that all mistakes are shown at once.
        invalid = [form for form in forms if not form.is_valid()]
        if invalid:
            return self.answer(forms, error=_("Bitte prüfen Sie die markierten Angaben. Es wurde nichts eingetragen."))
        try:
            return self.back(self.take(forms))
        except ApplicationError as error:
            return self.answer(forms, error=error.for_staff)

    def answer(self, forms: list[Any], error: str = "") -> HttpResponse:
        """Show the step."""
        context = self.get_context_data(
            forms=forms,
            error=error,
            button=self.button,
            explanation=self.explanation,
            is_final=self.is_final,
            missing=missing_for_acceptance(self.application) if self.names_missing and self.application.is_open else [],
        )
        return self.render_to_response(context)
