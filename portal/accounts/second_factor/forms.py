"""Codes, passkeys and the password, typed again."""

import struct
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from portal.accounts import throttling
from portal.accounts.models import User

CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
# A code is taken one step early and one step late; used once, it is refused for all that time.
USED_SECONDS = 4 * 30


class CodeForm(BaseAuthenticateForm):
    """A code from the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Sechs Ziffern aus der App. Haben Sie das Gerät nicht, nehmen Sie einen Ihrer Ersatzcodes."),
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
    )
    user: User
    authenticator: Any

    def clean_code(self) -> str:
        """Check the code; each is taken once, however its digits are set apart."""
        code = str(super().clean_code())
        digits = normalize_user_code(code)
        if not cache.add(f"second-factor-used:{self.user.pk}:{digits}", 1, timeout=USED_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AppForm(forms.Form):
    """The first code of a new app proves that it works."""

    code = forms.CharField(
        label=_("Code aus der App"),
        max_length=20,
        help_text=_("Sechs Ziffern; die App zeigt alle 30 Sekunden neue."),
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
    )

    def __init__(self, *args: Any, person: User, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.secret = person, secret

    def clean_code(self) -> str:
        """Check the code against the secret that was shown."""
        passed = check_rate_limit(self.person)
        code: str = self.cleaned_data["code"]
        if not totp.validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        passed()
        return code


# What reading a browser's answer raises when it is no such answer (fido2 reads nested mappings and bytes as they come).
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, struct.error)


class NewPasskeyForm(AddWebAuthnForm):
    """A new passkey with a name; the browser fills in the rest."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("Damit Sie das Gerät wiedererkennen, zum Beispiel „Diensttelefon“."),
    )

    def clean(self) -> dict[str, Any]:
        """Check what the browser made; refuse whatever cannot be read."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None
        return cleaned


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey the person has; the browser fills in everything."""

    def clean_credential(self) -> Authenticator:
        """Check what the browser answered; refuse whatever cannot be read."""
        try:
            device: Authenticator = super().clean_credential()
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None
        return device


class PasswordAgainForm(forms.Form):
    """The password of somebody who is signed in."""

    password = forms.CharField(
        label=_("Ihr Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Check the password, with the same brake as the sign-in."""
        password: str = self.cleaned_data["password"]
        if throttling.is_locked(self.person.email):
            raise forms.ValidationError(_("Zu viele Fehlversuche. Bitte versuchen Sie es in einer Stunde noch einmal."))
        if authenticate(username=self.person.email, password=password) is None:
            raise forms.ValidationError(_("Das Passwort stimmt nicht. Bitte prüfen Sie Ihre Eingabe."))
        return password
