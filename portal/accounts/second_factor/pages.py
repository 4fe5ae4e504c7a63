"""What the pages of the second factor share."""

import ipaddress
from typing import Any, cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from portal.accounts.models import User
from portal.accounts.second_factor.requirement import devices_of
from portal.accounts.second_factor.session import password_is_fresh, person_signing_in
from portal.privacy.sealing import seal, unseal

SECRET = "accounts.new_app"  # noqa: S105 - the name of an entry of the session
SECRET_PLACE = "session.new_app"  # noqa: S105 - what the entry is bound to


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class StepView(TemplateView):
    """A page for somebody who is signed in by password, completely or half."""

    person: User
    # Whether somebody who is signed in completely needs the password typed a short time ago.
    needs_fresh_password = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find out who it is; send everybody else to the sign-in."""
        person = person_signing_in(request)
        if not person.is_authenticated:
            return redirect("wagtailadmin_login")
        self.person = cast(User, person)
        if self.is_signed_in and self.needs_fresh_password and not password_is_fresh(request):
            return redirect(f"{reverse('second_factor:password')}?{urlencode({'next': request.get_full_path()})}")
        if not self.is_signed_in and not self.is_open_half_signed_in():
            return redirect("second_factor:ask")
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_signed_in(self) -> bool:
        """Whether the person is signed in completely."""
        return bool(self.request.user.is_authenticated)

    def is_open_half_signed_in(self) -> bool:
        """Setting up: only for those who have nothing to show yet, so that a password alone adds no device."""
        return not devices_of(self.person).exists()

    def go_on(self) -> HttpResponse:
        """Lead to where the person wanted to go."""
        return redirect(next_address(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "is_signed_in": self.is_signed_in,
            "can_use_passkeys": can_use_passkeys(self.request),
            "next": next_address(self.request),
        }


def next_address(request: HttpRequest) -> str:
    """Return the address within the portal that a form or link asks to go on to; the start page otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("wagtailadmin_home")


def can_use_passkeys(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys at this address: with TLS or at localhost, and never at a bare number."""
    host = request.get_host().partition(":")[0]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def new_secret(request: HttpRequest) -> str:
    """Return the secret of the app that is being set up; the session holds it sealed."""
    if sealed := request.session.get(SECRET):
        return unseal(sealed, context=SECRET_PLACE)
    secret: str = totp.generate_totp_secret()
    request.session[SECRET] = seal(secret, context=SECRET_PLACE)
    return secret


def forget_secret(request: HttpRequest) -> None:
    """Drop it: the app is stored."""
    request.session.pop(SECRET, None)


def qr_code(person: User, secret: str) -> SafeString:
    """Return the picture the app reads, as SVG without styles and scripts."""
    import segno

    address = get_adapter().build_totp_url(person, secret)
    drawn = segno.make(address, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn here, from an address we made


def in_groups(secret: str) -> str:
    """Return the secret in groups of four, for typing."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
