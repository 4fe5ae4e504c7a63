"""What the treasurer sees of members: name, dues, way to pay, the mandate masked; bank data in clear for one look."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from dues.enums import PaymentWay
from dues.money import format_amount
from membership import permissions
from membership.answers import Answer, describe, mandate_of
from membership.definition import Storage
from membership.documents.application import grouped
from membership.models import Application, SepaMandate
from membership.sections import DUES, PAYMENT
from membership.staff.base import StaffView
from portal.accounts.second_factor.forms import PasswordAgainForm
from portal.privacy import audit


class MemberDuesFilterSet(WagtailFilterSet):
    """By the way to pay."""

    payment_way = ChoiceFilter(label=gettext_lazy("Zahlungsweise"), choices=PaymentWay.choices)

    class Meta:
        model = Application
        fields = ["payment_way"]


class MemberPaginator(WagtailPaginator):
    """Counts members below the list: what it lists are the applications their dues rest on."""

    verbose_name = gettext_lazy("Mitglied")
    verbose_name_plural = gettext_lazy("Mitglieder")


class MemberDuesIndexView(generic.IndexView):
    """Whoever was admitted for good, with category and way to pay; no application that led to no membership."""

    page_title = gettext_lazy("Mitgliedsbeiträge")
    verbose_name_plural = gettext_lazy("Mitglieder")
    paginator_class = MemberPaginator
    table_classname = "listing listing--scrolls"
    # The menu asks this, too.
    any_permission_required = [permissions.UNMASK]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, permissions.UNMASK):
            return render(request, "403.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return Application.objects.admitted().select_related("dues_order", "dues_rate")


class MemberDuesView(StaffView):
    """What one member pays and how, bank data masked. Every opening is in the audit log."""

    action = permissions.UNMASK
    page_title = gettext_lazy("Beitrag")
    header_icon = "tag"
    template_name = "membership/admin/member_dues.html"

    def get_applications(self) -> QuerySet[Application]:
        return Application.objects.admitted().select_related("dues_order", "dues_rate", "mandate")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse("membership_dues:index"), "label": _("Mitgliedsbeiträge")}
        own = {"url": self.own_url, "label": self.application.reference}
        return [*self.breadcrumbs_items, listing, own, *self.own_breadcrumb()]

    def own_breadcrumb(self) -> list[dict[str, str]]:
        return []

    @property
    def own_url(self) -> str:
        """The member's page here: its key, nothing personal."""
        return reverse("membership_dues:inspect", args=[self.application.pk])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page and note that it was opened."""
        audit.record(self.application, "member_dues_opened", actor=self.user)
        return self.render_to_response(
            self.get_context_data(
                answers=dues_answers(self.application),
                yearly_dues=format_amount(self.application.yearly_dues),
                mandate=mandate_of(self.application),
            )
        )


class UnmaskView(MemberDuesView):
    """Account holder and IBAN in clear: after the password, on this one answer only, noted in the log."""

    page_title = gettext_lazy("Bankdaten ansehen")
    template_name = "membership/admin/unmask.html"

    def own_breadcrumb(self) -> list[dict[str, str]]:
        return [{"url": "", "label": str(self.page_title)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the password, however short ago it was typed."""
        return self._page(PasswordAgainForm(person=self.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the data once; looking again asks again."""
        form = PasswordAgainForm(request.POST, person=self.user)
        mandate = mandate_of(self.application)
        if mandate is None or not form.is_valid():
            return self._page(form)
        audit.record(self.application, "bank_data_unmasked", actor=self.user)
        return self._page(form, mandate=mandate)

    def _page(self, form: forms.Form, mandate: SepaMandate | None = None) -> HttpResponse:
        iban = grouped(str(mandate.iban)) if mandate else ""
        return self.render_to_response(
            self.get_context_data(form=form, mandate=mandate, iban=iban, own_url=self.own_url)
        )


def dues_answers(application: Application) -> list[Answer]:
    """Return what the calculation of the dues and their payment rest on; other answers are not the treasurer's."""
    sections = [each for each in describe(application) if each.section in (DUES, PAYMENT)]
    return [answer for each in sections for answer in each.answers if answer.field.storage is not Storage.ANSWERS]


class MemberDuesViewSet(ModelViewSet):
    """The treasurer's own pages; nothing is written here."""

    model = Application
    name = "membership_dues"
    url_prefix = "beitraege"
    icon = "tag"
    menu_label = gettext_lazy("Mitgliedsbeiträge")
    menu_order = 153
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MemberDuesIndexView
    filterset_class = MemberDuesFilterSet
    search_fields = ["reference", "applicant_name"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn(
            "reference",
            label=gettext_lazy("Vorgangsnummer"),
            url_name="membership_dues:inspect",
            sort_key="reference",
            classname="w-text-16 w-whitespace-nowrap",
        ),
        Column("applicant_name", label=gettext_lazy("Name"), sort_key="applicant_name"),
        Column("dues_rate.category", label=gettext_lazy("Beitragsgruppe")),
        Column(
            "yearly_dues", label=gettext_lazy("Jahresbeitrag"), accessor=lambda each: format_amount(each.yearly_dues)
        ),
        Column("get_payment_way_display", label=gettext_lazy("Zahlungsweise"), sort_key="payment_way"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Return the list, one member's dues, and the way to the bank data."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", MemberDuesView.as_view(), name="inspect"),
            path("<int:pk>/bankdaten/", UnmaskView.as_view(), name="unmask"),
        ]
