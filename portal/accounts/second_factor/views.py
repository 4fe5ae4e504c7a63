"""Showing the second factor after the password, and setting it up."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal.accounts.second_factor import changes
from portal.accounts.second_factor.forms import AppForm, CodeForm, NewPasskeyForm, PasskeyForm, PasswordAgainForm
from portal.accounts.second_factor.pages import (
    StepView,
    can_use_passkeys,
    forget_secret,
    in_groups,
    new_secret,
    next_address,
    qr_code,
)
from portal.accounts.second_factor.requirement import devices_of
from portal.accounts.second_factor.session import note_device, note_password

HAS_CODES_TO_SHOW = "accounts.codes_to_show"


class AskView(StepView):
    """After the password: a code or a passkey. Who has no device yet goes on to setting one up."""

    template_name = "accounts/second_factor/ask.html"

    def is_open_half_signed_in(self) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, unless there is nothing to ask for."""
        if self.is_signed_in:
            return self.go_on()
        if not devices_of(self.person).exists():
            return redirect(f"{reverse('second_factor:choose')}?{urlencode({'next': next_address(request)})}")
        return self._page(CodeForm(user=self.person), PasskeyForm(user=self.person))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check what was shown; the sign-in is complete when it is right."""
        if self.is_signed_in:
            return self.go_on()
        if "credential" in request.POST:
            passkey = PasskeyForm(request.POST, user=self.person)
            if passkey.is_valid():
                return self._complete(passkey.cleaned_data["credential"])
            return self._page(CodeForm(user=self.person), passkey)
        code = CodeForm(request.POST, user=self.person)
        if code.is_valid():
            return self._complete(code.authenticator)
        return self._page(code, PasskeyForm(user=self.person))

    def _complete(self, device: Authenticator) -> HttpResponse:
        changes.note_use(device)
        # Recovery codes stand for the device that is missing: they may be replaced without ending the sign-in.
        is_device = device.type != Authenticator.Type.RECOVERY_CODES
        note_device(self.request, device.pk if is_device else devices_of(self.person)[0].pk)
        return self.go_on()

    def _page(self, code: CodeForm, passkey: PasskeyForm) -> HttpResponse:
        kinds = set(devices_of(self.person).values_list("type", flat=True))
        offers_passkey = Authenticator.Type.WEBAUTHN in kinds and can_use_passkeys(self.request)
        options = webauthn.begin_authentication(self.person) if offers_passkey else None
        return self.render_to_response(
            self.get_context_data(
                form=code,
                passkey=passkey,
                offers_passkey=offers_passkey,
                has_app=Authenticator.Type.TOTP in kinds,
                options={"request_options": options},
            )
        )


class ChooseView(StepView):
    """Setting up: an app or a passkey, and why."""

    template_name = "accounts/second_factor/choose.html"
    needs_fresh_password = True


class AddView(StepView):
    """What setting up any device shares."""

    needs_fresh_password = True

    def store(self, device: Authenticator) -> HttpResponse:
        """Take the new device for this sign-in too; the first one brings recovery codes."""
        if not self.is_signed_in:
            note_device(self.request, device.pk)
        if not changes.has_recovery_codes(self.person):
            self.request.session[HAS_CODES_TO_SHOW] = True
            codes = f"{reverse('second_factor:codes')}?{urlencode({'next': next_address(self.request)})}"
            return redirect(codes)
        messages.success(self.request, _("Das Gerät ist eingerichtet."))
        return redirect("second_factor_devices")


class AppView(AddView):
    """An app for one-time codes: picture, secret to type, first code."""

    template_name = "accounts/second_factor/app.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show picture and secret."""
        return self._page(AppForm(person=self.person, secret=new_secret(request)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the app when its first code is right."""
        form = AppForm(request.POST, person=self.person, secret=new_secret(request))
        if not form.is_valid():
            return self._page(form)
        try:
            device = changes.add_app(self.person, form.secret)
        except changes.AppAlreadySetUp:
            form.add_error(None, _("Es ist schon eine App eingerichtet. Entfernen Sie diese zuerst."))
            return self._page(form)
        forget_secret(request)
        return self.store(device)

    def _page(self, form: AppForm) -> HttpResponse:
        picture = {"qr_code": qr_code(self.person, form.secret), "secret": in_groups(form.secret)}
        return self.render_to_response(self.get_context_data(form=form, **picture))


class PasskeyView(AddView):
    """A passkey: the device's own lock, or a security key."""

    template_name = "accounts/second_factor/passkey.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer it, where browsers can."""
        return self._page(NewPasskeyForm(user=self.person))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store what the browser made."""
        form = NewPasskeyForm(request.POST, user=self.person)
        if not form.is_valid():
            return self._page(form)
        return self.store(changes.add_passkey(self.person, form.cleaned_data["name"], form.cleaned_data["credential"]))

    def _page(self, form: NewPasskeyForm) -> HttpResponse:
        possible = can_use_passkeys(self.request)
        options = webauthn.begin_registration(self.person, passwordless=False) if possible else None
        return self.render_to_response(self.get_context_data(form=form, options={"creation_options": options}))


class CodesView(StepView):
    """Recovery codes, shown once: right after the first device, or when new ones were asked for."""

    template_name = "accounts/second_factor/codes.html"
    needs_fresh_password = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask first: a page that is only looked at makes no codes."""
        if not devices_of(self.person).exists():
            return redirect("second_factor:choose")
        return self.render_to_response(
            self.get_context_data(codes=[], is_first=bool(request.session.get(HAS_CODES_TO_SHOW)))
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make new codes and show them."""
        if not self.is_signed_in or not devices_of(self.person).exists():
            return redirect("second_factor:ask")
        request.session.pop(HAS_CODES_TO_SHOW, None)
        return self.render_to_response(self.get_context_data(codes=changes.make_recovery_codes(self.person)))


class PasswordView(StepView):
    """The password again, before devices change."""

    template_name = "accounts/second_factor/password.html"

    def is_open_half_signed_in(self) -> bool:
        return False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for it."""
        return self._page(PasswordAgainForm(person=self.person))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remember that it was right, for ten minutes."""
        form = PasswordAgainForm(request.POST, person=self.person)
        if not form.is_valid():
            return self._page(form)
        note_password(request)
        return self.go_on()

    def _page(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))
