"""People in the admin: they are invited, never given a password."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.users.views import users as wagtail_users

from portal.accounts.forms import PersonCreationForm, PersonEditForm
from portal.accounts.invitations import invite
from portal.accounts.models import Invitation, User


def invitation_state(person: User) -> str:
    """Return in a few words how far the person has come."""
    invitation: Invitation | None = getattr(person, "invitation", None)
    if invitation is None:
        return ""
    if invitation.is_accepted:
        return _("angenommen")
    return _("abgelaufen") if invitation.is_expired else _("verschickt")


def can_be_deleted(person: User) -> bool:
    """Whether nothing that has to be kept (log entries, terms of office) refers to the person."""
    try:
        Collector(using="default").collect([person])
    except (ProtectedError, RestrictedError):
        return False
    return True


class PersonIndexView(wagtail_users.IndexView):
    """The list of people."""

    add_item_label = gettext_lazy("Person einladen")
    page_title = gettext_lazy("Personen mit Zugang")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            self._get_title_column_class(TitleColumn)(
                "name", accessor=str, label=_("Name"), sort_key="name", get_url=self.get_edit_url
            ),
            Column("email", label=_("E-Mail-Adresse"), sort_key="email"),
            Column("roles", label=_("Rollen"), accessor=self._roles),
            Column("invitation", label=_("Einladung"), accessor=invitation_state),
            BooleanColumn("is_active", label=_("eingeschaltet"), sort_key="is_active"),
            DateColumn("last_login", label=_("letzte Anmeldung"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> Any:
        """People with what the columns show."""
        return super().get_base_queryset().select_related("invitation").prefetch_related("groups")

    @staticmethod
    def _roles(person: User) -> str:
        roles = [group.name for group in person.groups.all()]
        return ", ".join([_("technische Administration")] * person.is_superuser + roles)


class PersonCreateView(wagtail_users.CreateView):
    """A new person; saving sends the invitation."""

    page_title = gettext_lazy("Person einladen")
    submit_button_label = gettext_lazy("Anlegen und einladen")
    success_message = gettext_lazy("%(object)s ist angelegt; die Einladung geht per E-Mail hinaus.")

    def save_instance(self) -> User:
        """Store the person and queue the invitation in one transaction."""
        with transaction.atomic():
            person: User = super().save_instance()
            invite(person, by=self.request.user)
        return person


class PersonEditView(wagtail_users.EditView):
    """Changing a person."""

    success_message = gettext_lazy("Die Angaben zu %(object)s sind gespeichert.")


class PersonViewSet(wagtail_users.UserViewSet):
    """Everything about people, for technical administrators only (see ``permissions``)."""

    menu_label = gettext_lazy("Personen mit Zugang")
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/invite/", self.invite_view, name="invite")]

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then send the invitation again."""
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        person = get_object_or_404(User, pk=pk, is_active=True)
        if request.method == "POST":
            invite(person, by=cast(User, request.user))
            messages.success(request, _("Eine neue Einladung für %(name)s geht hinaus.") % {"name": person})
            return redirect(reverse(self.get_url_name("index")))
        return render(request, "accounts/admin/invite.html", {"person": person})
