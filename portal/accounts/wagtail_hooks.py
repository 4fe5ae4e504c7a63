"""What the admin learns from this room."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from portal.accounts.models import User
from portal.accounts.permissions import TechnicianPolicy
from portal.accounts.second_factor import devices
from portal.accounts.second_factor.requirement import devices_of
from portal.accounts.viewsets import can_be_deleted

# Here and not in ready(): Wagtail's users app registers its own policies when it is ready, after this room.
register_permission_policy(User, TechnicianPolicy(User))
register_permission_policy(Group, TechnicianPolicy(Group))


@hooks.register("register_user_listing_buttons")
def invite_again(user: User, request_user: User) -> Iterator[Button]:
    """Offer a new invitation to whoever has not signed in yet."""
    if request_user.is_superuser and user.is_active and not user.has_usable_password():
        url = reverse("wagtailusers_users:invite", args=[user.pk])
        yield Button(_("Einladung erneut schicken"), url=url, icon_name="mail", priority=20)


@hooks.register("register_user_listing_buttons")
def reset_second_factor(user: User, request_user: User) -> Iterator[Button]:
    """Offer a technician's help to whoever has lost the second factor."""
    if request_user.is_superuser and devices_of(user).exists():
        url = reverse("second_factor_reset", args=[user.pk])
        yield Button(_("Zweiten Faktor zurücksetzen"), url=url, icon_name="key", priority=30)


@hooks.register("register_admin_urls")
def second_factor_urls() -> list[URLPattern]:
    """One's own devices, and a technician's help."""
    return [
        path("account/zweiter-faktor/", devices.devices, name="second_factor_devices"),
        path("account/zweiter-faktor/<int:pk>/entfernen/", devices.remove, name="second_factor_remove"),
        path("zugaenge/<int:pk>/zweiter-faktor/", devices.reset, name="second_factor_reset"),
    ]


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, str]:
    """Let people find their devices beside their password."""
    return {
        "url": reverse("second_factor_devices"),
        "label": _("Zweiter Faktor"),
        "help_text": _("App, Passkeys und Ersatzcodes für Ihre Anmeldung."),
    }


@hooks.register("before_delete_user")
def keep_who_acted(request: HttpRequest, user: User) -> HttpResponse | None:
    """Refuse to delete somebody the log or a term of office names, and say what to do instead."""
    return None if can_be_deleted(user) else _refuse(request, [user])


@hooks.register("before_bulk_action")
def keep_who_acted_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same for several people at once."""
    if action_type != "delete" or action_class_instance.models != [User]:
        return None
    kept = [user for user in objects if not can_be_deleted(user)]
    return _refuse(request, kept) if kept else None


def _refuse(request: HttpRequest, users: list[User]) -> HttpResponse:
    messages.error(
        request,
        _(
            "Nicht gelöscht: %(names)s. Protokoll oder Amtszeiten nennen diese Person. "
            "Schalten Sie stattdessen den Zugang aus."
        )
        % {"names": ", ".join(str(user) for user in users)},
    )
    return redirect("wagtailusers_users:index")
