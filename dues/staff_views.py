"""What the treasurer does with one dues order beside editing a draft."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from dues import guards, permissions
from dues.documents import render_order, signed_copy_name
from dues.models import DuesOrder
from dues.publishing import attach_signed_copy, draft_from, publish_order
from dues.staff_forms import NewVersionForm, SignedCopyForm
from dues.steps import steps_for
from library.models import Download
from portal.privacy import audit


class OrderView(WagtailAdminTemplateMixin, TemplateView):
    """A view of one dues order; 403 without ``action``'s permission."""

    action = permissions.VIEW
    header_icon = "doc-full"
    page_title = gettext_lazy("Beitragsordnung")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed(request.user):
            return render(request, "403.html", status=403)
        self.order = get_object_or_404(DuesOrder.objects.prefetch_related("rates"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: Any) -> bool:
        if self.action == permissions.VIEW:
            return permissions.policy.may_view(user)
        return permissions.policy.user_has_permission(user, self.action)

    def get_page_subtitle(self) -> str:
        return self.order.version_label

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse("dues_orders:index"), "label": _("Beitragsordnungen")}
        detail = {"url": detail_url(self.order), "label": self.order.version_label}
        own = [] if type(self) is DetailView else [{"url": "", "label": str(self.page_title)}]
        return [*self.breadcrumbs_items, listing, detail, *own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = (permissions.ADD, permissions.CHANGE, permissions.DELETE, permissions.PUBLISH)
        may = {action: self.may(action) for action in actions}
        context = super().get_context_data(**kwargs)
        return context | {"order": self.order, "detail_url": detail_url(self.order), "may": may}

    def may(self, action: str) -> bool:
        """Whether the user may do this to this order."""
        return permissions.policy.user_has_permission_for_instance(self.request.user, action, self.order)

    def back(self, message: str) -> HttpResponse:
        """Return to the order with the word that it is done."""
        messages.success(self.request, message)
        return redirect(detail_url(self.order))


def detail_url(order: DuesOrder) -> str:
    return reverse("dues_orders:inspect", args=[order.pk])


class DetailView(OrderView):
    """The order as visitors will read it, where it stands, and what is still wrong with a draft."""

    template_name = "dues/admin/order_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "standing": self.order.standing(),
            "findings": [] if self.order.is_published else guards.findings(self.order),
            "history": audit.entries_of(self.order),
            "more_steps": steps_for(self.order, self.may),
            "signed_copy": Download.objects.filter(name=signed_copy_name(self.order)).first(),
        }


class PdfView(OrderView):
    """The PDF of a draft or a published order, for those who may read it in the admin."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(
            render_order(self.order),
            content_type="application/pdf",
            headers={
                "Content-Disposition": 'inline; filename="Beitragsordnung.pdf"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-store",
            },
        )


class PublishView(OrderView):
    """Publishing with a confirmation: GET shows what the guards say, POST publishes."""

    action = permissions.PUBLISH
    page_title = gettext_lazy("Veröffentlichen")
    template_name = "dues/admin/order_publish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        findings = [] if self.order.is_published else guards.findings(self.order)
        context = super().get_context_data(**kwargs)
        return context | {"findings": findings, "is_ready": not any(finding.is_error for finding in findings)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.order = publish_order(self.order, published_by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(detail_url(self.order))
        return self.back(
            _("Fassung %(version)s ist veröffentlicht. Sie gilt ab %(day)s.")
            % {"version": self.order.version, "day": f"{self.order.valid_from:%d.%m.%Y}"}
        )


class FormView(OrderView):
    """A step with one form."""

    template_name = "dues/admin/order_step.html"
    explanation = gettext_lazy("")
    button = gettext_lazy("Speichern")

    def get_form(self, data: Any = None, files: Any = None) -> Any:
        """Return the step's form."""
        raise NotImplementedError

    def take(self, form: Any) -> HttpResponse:
        """Do what the step does and return the answer."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST, request.FILES)
        return self.take(form) if form.is_valid() else self.answer(form)

    def answer(self, form: Any) -> HttpResponse:
        """Show the step."""
        return self.render_to_response(
            self.get_context_data(form=form, explanation=self.explanation, button=self.button)
        )


class NewVersionView(FormView):
    """„Neue Fassung aus dieser“: texts, rules and rates are copied into a draft."""

    action = permissions.ADD
    page_title = gettext_lazy("Neue Fassung")
    button = gettext_lazy("Entwurf anlegen")
    explanation = gettext_lazy(
        "Wortlaut, Regeln und Beitragssätze dieser Fassung werden in einen Entwurf übernommen. An dieser Fassung "
        "ändert sich nichts."
    )

    def get_form(self, data: Any = None, files: Any = None) -> NewVersionForm:
        return NewVersionForm(data)

    def take(self, form: NewVersionForm) -> HttpResponse:
        user = self.request.user
        draft = draft_from(self.order, valid_from=form.cleaned_data["valid_from"], drafted_by=user)
        messages.success(self.request, _("Der Entwurf ist angelegt. Ändern Sie jetzt, was neu werden soll."))
        return redirect(reverse("dues_orders:edit", args=[draft.pk]))


class SignedCopyView(FormView):
    """The signed original of a published order is put beside the portal's own PDF."""

    action = permissions.CHANGE
    page_title = gettext_lazy("Unterschriebenes Original")
    button = gettext_lazy("Anbieten")
    explanation = gettext_lazy(
        "Ist die Ordnung auf Papier unterschrieben, können Sie das eingescannte Original neben dem PDF des Portals "
        "anbieten."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        get_object_or_404(DuesOrder.objects.published(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, data: Any = None, files: Any = None) -> SignedCopyForm:
        return SignedCopyForm(data, files)

    def take(self, form: SignedCopyForm) -> HttpResponse:
        attach_signed_copy(self.order, file=form.cleaned_data["file"], attached_by=self.request.user)
        return self.back(_("Das unterschriebene Original wird jetzt angeboten."))
