"""Letters that the office prints and posts."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput

from membership import permissions
from membership.domain import record_posted
from membership.domain.errors import ApplicationError
from membership.letters import NothingToSay, render_letter
from membership.mail_kinds import CORRECTED, MAILS, RECEIVED
from membership.models import Letter
from membership.staff.base import detail_url
from portal.accounts.models import User
from portal.privacy import audit

WAITING, POSTED = "waiting", "posted"
ENCLOSE = {RECEIVED, CORRECTED}
"""What may speak of the application as enclosed."""


class LetterFilterSet(WagtailFilterSet):
    """Those to be posted, or those that were."""

    posted = ChoiceFilter(
        label=gettext_lazy("Stand"),
        choices=[(WAITING, gettext_lazy("noch zu verschicken")), (POSTED, gettext_lazy("verschickt"))],
        method="filter_posted",
    )

    class Meta:
        model = Letter
        fields: list[str] = []

    def filter_posted(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.due() if value == WAITING else queryset.filter(sent_on__isnull=False)


class LetterIndexView(generic.IndexView):
    """Letters that are due or were posted, the newest first."""

    table_classname = "listing listing--scrolls"
    # The menu asks this, too: whoever does not post letters is not led here.
    any_permission_required = [permissions.RECORD]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, permissions.RECORD):
            return render(request, "403.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return Letter.objects.filter(cancelled_at__isnull=True).select_related("application")


class PostedForm(forms.Form):
    """The day on which a letter was posted."""

    sent_on = forms.DateField(
        label=gettext_lazy("Verschickt am"), widget=AdminDateInput, initial=timezone.localdate, required=True
    )


@method_decorator(never_cache, name="dispatch")
class LetterView(WagtailAdminTemplateMixin, TemplateView):
    """One letter: print it, and note that it was posted."""

    template_name = "membership/admin/letter.html"
    page_title = gettext_lazy("Brief")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, permissions.RECORD):
            return render(request, "403.html", status=403)
        letters = Letter.objects.filter(cancelled_at__isnull=True).select_related("application")
        self.letter = get_object_or_404(letters, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.letter.application.reference

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse("membership_letters:index"), "label": _("Briefe")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.letter.application.reference}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = {"letter": self.letter, "what": what_of(self.letter), "form": PostedForm()}
        values["detail_url"] = detail_url(self.letter.application)
        values["may_enclose"] = self.letter.kind in ENCLOSE
        values["is_due"] = self.letter.is_waiting and self.letter.not_before <= timezone.now()
        return super().get_context_data(**(values | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note the day, or say why not."""
        form = PostedForm(request.POST)
        if form.is_valid():
            try:
                record_posted(self.letter, sent_by=cast("User", request.user), **form.cleaned_data)
            except ApplicationError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Der Brief ist als verschickt eingetragen."))
                return redirect("membership_letters:index")
        return self.render_to_response(self.get_context_data(form=form))


class LetterPdfView(LetterView):
    """The letter as PDF; that somebody printed it is in the log."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.letter.not_before > timezone.now():
            # The page it leads back to says from when on.
            return redirect("membership_letters:letter", self.letter.pk)
        try:
            content = render_letter(self.letter)
        except NothingToSay:
            messages.error(request, _("Was dieser Brief mitteilt, gilt nicht mehr. Er wird nicht verschickt."))
            return redirect("membership_letters:letter", self.letter.pk)
        audit.record(self.letter.application, "letter_printed", actor=request.user, letter=self.letter.kind)
        name = f"Brief-{self.letter.application.reference}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )


class DayColumn(Column):
    """A day as people write it."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
        return f"{day:%d.%m.%Y}" if day else ""


def what_of(letter: Letter) -> str:
    """Return what the letter tells, in words."""
    return str(MAILS.get(letter.kind, letter.kind))


class LetterViewSet(ModelViewSet):
    """Letters are written by the steps of an application; here they are printed and posted."""

    model = Letter
    name = "membership_letters"
    url_prefix = "briefe"
    icon = "mail"
    menu_label = gettext_lazy("Briefe")
    menu_order = 152
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = LetterIndexView
    filterset_class = LetterFilterSet
    search_fields = ["application__reference", "application__applicant_name"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn(
            "application.reference",
            label=gettext_lazy("Vorgangsnummer"),
            get_url=lambda letter: reverse("membership_letters:letter", args=[letter.pk]),
            classname="w-text-16 w-whitespace-nowrap",
        ),
        Column("application.applicant_name", label=gettext_lazy("Name")),
        Column("what", label=gettext_lazy("Inhalt"), accessor=what_of),
        DayColumn("created_at", label=gettext_lazy("angelegt am"), sort_key="created_at"),
        DayColumn("not_before", label=gettext_lazy("nicht vor"), sort_key="not_before"),
        DayColumn("sent_on", label=gettext_lazy("verschickt am"), sort_key="sent_on"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Return the list, one letter, and its PDF."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", LetterView.as_view(), name="letter"),
            path("<int:pk>/pdf/", LetterPdfView.as_view(), name="pdf"),
        ]
