"""The list of mails in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from portal.mailing.models import WAITING_STATES, MailState, QueuedMail
from portal.mailing.permissions import RESEND, VIEW
from portal.mailing.queue import REPEATABLE_STATES, requeue
from portal.mailing.registry import label_of


def kind_label(mail: QueuedMail) -> str:
    """What the list calls the mail."""
    return label_of(mail.kind)


def next_attempt(mail: QueuedMail) -> Any:
    """When it is tried next, while it waits."""
    return mail.next_attempt_at if mail.state in WAITING_STATES else None


class QueuedMailIndexView(generic.IndexView):
    """All mails, the newest first."""

    any_permission_required = [VIEW]
    page_title = gettext_lazy("E-Mails")

    @cached_property
    def columns(self) -> list[Column]:
        """The kind with the row's buttons, then what ``list_display`` names."""
        title_column = self._get_title_column_class(TitleColumn)
        kind = title_column("kind", label=_("Art"), accessor=kind_label, sort_key="kind", get_url=lambda _mail: None)
        return [kind, *super().columns]

    def get_list_more_buttons(self, instance: QueuedMail) -> list[MenuItem]:
        """Offer to send again what is no longer on its way."""
        if instance.state not in REPEATABLE_STATES or not self.user_has_permission(RESEND):
            return []
        url = reverse("mailing_mails:resend", args=[instance.pk])
        return [MenuItem(_("Erneut senden"), url=url, icon_name="mail")]


class QueuedMailViewSet(ModelViewSet):
    """Kind, state, attempts and times; neither addresses nor texts, which the queue does not hold."""

    model = QueuedMail
    name = "mailing_mails"
    url_prefix = "emails"
    icon = "mail"
    menu_label = gettext_lazy("E-Mails")
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    exclude_form_fields: list[str] = []
    add_to_reference_index = False
    index_view_class = QueuedMailIndexView
    list_display = [
        Column("object_id", label=gettext_lazy("Vorgang")),
        Column("state", label=gettext_lazy("Zustand"), accessor="get_state_display", sort_key="state"),
        Column("attempts", label=gettext_lazy("Versuche")),
        Column("error", label=gettext_lazy("letzter Fehler")),
        DateColumn("created_at", label=gettext_lazy("angelegt"), sort_key="created_at"),
        DateColumn("next_attempt", label=gettext_lazy("nächster Versuch"), accessor=next_attempt),
        DateColumn("sent_at", label=gettext_lazy("gesendet"), sort_key="sent_at"),
    ]
    list_filter = ["state"]
    ordering = ["-created_at", "-pk"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list and sending again; there is nothing to add, edit or delete."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("resend/<int:pk>/", self.resend_view, name="resend"),
        ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unavailable = {f"{name}_url_name": None for name in ("add", "edit", "delete")}
        return super().get_index_view_kwargs(**unavailable, **kwargs)

    def resend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then queue the mail again."""
        if not self.permission_policy.user_has_permission(request.user, RESEND):
            raise PermissionDenied
        mail = get_object_or_404(QueuedMail, pk=pk)
        if request.method != "POST":
            context = {"mail": mail, "label": label_of(mail.kind), "was_sent": mail.state == MailState.SENT}
            return render(request, "mailing/admin/resend.html", context)
        if requeue(mail):
            messages.success(request, _("Die E-Mail wird gleich gesendet."))
        else:
            messages.warning(request, _("Diese E-Mail ist schon auf dem Weg."))
        return redirect(self.get_url_name("index"))
