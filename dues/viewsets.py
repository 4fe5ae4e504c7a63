"""The dues orders in Wagtail's admin: a list, drafts to edit, one page per order with its steps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from dues import panels, permissions, staff_views, triggers
from dues.enums import Standing
from dues.models import DuesOrder, OrderFrozenError


class FrozenRefusalMixin:
    """Answer with the reason, on the order's own page, where somebody wants to change what is published."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        order = get_object_or_404(DuesOrder, pk=kwargs["pk"])
        if order.is_published and permissions.policy.may_view(request.user):
            return self.refuse(request, order, OrderFrozenError())
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except OrderFrozenError as refusal:
            return self.refuse(request, order, refusal)
        except DatabaseError as error:
            # Published between the model's look and its writing: the trigger has refused.
            if triggers.MESSAGE not in str(error):
                raise
            return self.refuse(request, order, OrderFrozenError())

    def refuse(self, request: HttpRequest, order: DuesOrder, refusal: ValidationError) -> HttpResponse:
        messages.error(request, " ".join(refusal.messages))
        return redirect(staff_views.detail_url(order))


class DuesOrderIndexView(generic.IndexView):
    """All orders, the latest first; published ones offer no editing."""

    def get_base_queryset(self) -> Any:
        return DuesOrder.objects.with_standing()

    def get_edit_url(self, instance: DuesOrder) -> str | None:
        return None if instance.is_published else super().get_edit_url(instance)

    def get_delete_url(self, instance: DuesOrder) -> str | None:
        return None if instance.is_published else super().get_delete_url(instance)


class DuesOrderCreateView(generic.CreateView):
    """A new draft; what comes next is its own page."""

    def get_success_url(self) -> str:
        return staff_views.detail_url(self.object)


class DuesOrderEditView(FrozenRefusalMixin, generic.EditView):
    """Drafts only."""

    def get_success_url(self) -> str:
        return staff_views.detail_url(self.object)


class DuesOrderDeleteView(FrozenRefusalMixin, generic.DeleteView):
    """Drafts only."""


class DuesOrderViewSet(ModelViewSet):
    """Drafts are edited, published ones are read; „neue Fassung aus dieser“ takes the place of copying."""

    model = DuesOrder
    name = "dues_orders"
    url_prefix = "beitragsordnungen"
    icon = "doc-full"
    menu_label = _("Beitragsordnung")
    menu_order = 160
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = DuesOrderIndexView
    add_view_class = DuesOrderCreateView
    edit_view_class = DuesOrderEditView
    delete_view_class = DuesOrderDeleteView
    search_fields = ["title"]
    search_backend_name = None
    edit_handler = panels.edit_handler
    list_display = [
        TitleColumn("version_label", label=_("Fassung"), url_name="dues_orders:inspect", sort_key="valid_from"),
        Column("title", label=_("Titel")),
        Column("valid_from", label=_("Gilt ab"), accessor=lambda order: f"{order.valid_from:%d.%m.%Y}"),
        Column("standing_on_day", label=_("Stand"), accessor=lambda order: Standing(order.standing_on_day).label),
        Column("resolution_body", label=_("Beschlossen von")),
    ]

    @property
    def inspect_view(self) -> Any:
        return staff_views.DetailView.as_view()

    def get_urlpatterns(self) -> list[Any]:
        """Return Wagtail's list and forms and the steps of one order."""
        steps = {
            "pdf": (staff_views.PdfView, "pdf"),
            "veroeffentlichen": (staff_views.PublishView, "publish"),
            "neue-fassung": (staff_views.NewVersionView, "new_version"),
            "original": (staff_views.SignedCopyView, "signed_copy"),
        }
        return [
            *super().get_urlpatterns(),
            *(path(f"<int:pk>/{step}/", view.as_view(), name=name) for step, (view, name) in steps.items()),
        ]
