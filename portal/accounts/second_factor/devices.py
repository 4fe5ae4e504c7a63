"""One's own devices, in the admin's frame: what there is, removing one; and a technician's help for others."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from portal.accounts.models import User
from portal.accounts.second_factor import changes
from portal.accounts.second_factor.requirement import devices_of, needs_second_factor, unused_recovery_codes
from portal.accounts.second_factor.session import note_removal, password_is_fresh


@never_cache
def devices(request: HttpRequest) -> HttpResponse:
    """List the person's own devices."""
    person = cast(User, request.user)
    context = {
        "devices": [_described(device) for device in devices_of(person)],
        "has_app": devices_of(person).filter(type=Authenticator.Type.TOTP).exists(),
        "codes_left": unused_recovery_codes(person),
        "is_needed": needs_second_factor(person),
    }
    return render(request, "accounts/admin/devices.html", context)


@never_cache
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove one device; the password was typed a short time ago."""
    person = cast(User, request.user)
    device = get_object_or_404(devices_of(person), pk=pk)
    if not password_is_fresh(request):
        return redirect(f"{reverse('second_factor:password')}?{urlencode({'next': request.path})}")
    if request.method != "POST":
        return render(request, "accounts/admin/remove_device.html", {"device": _described(device)})
    try:
        changes.remove_device(person, device)
    except changes.LastDevice:
        messages.error(
            request, _("Das letzte Gerät bleibt: Ihre Rolle verlangt es. Richten Sie zuerst ein anderes ein.")
        )
    else:
        note_removal(request, person, pk)
        messages.success(request, _("Das Gerät ist entfernt."))
    return redirect("second_factor_devices")


@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """For technicians: take all devices from somebody who lost them."""
    by = cast(User, request.user)
    if not by.is_superuser:
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    if not password_is_fresh(request):
        return redirect(f"{reverse('second_factor:password')}?{urlencode({'next': request.path})}")
    if request.method != "POST":
        return render(request, "accounts/admin/reset_second_factor.html", {"person": person})
    changes.reset_second_factor(person, by=by)
    messages.success(
        request,
        _("Der zweite Faktor von %(name)s ist zurückgesetzt. Eine E-Mail sagt der Person Bescheid.") % {"name": person},
    )
    return redirect("wagtailusers_users:index")


def _described(device: Authenticator) -> dict[str, Any]:
    is_app = device.type == Authenticator.Type.TOTP
    return {
        "pk": device.pk,
        "name": _("App für Einmalcodes") if is_app else device.wrap().name,
        "is_app": is_app,
        "created_at": device.created_at,
        "last_used_at": device.last_used_at,
    }
