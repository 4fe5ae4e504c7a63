"""Signing in, choosing passwords, and the administrators' form for people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.accounts import throttling
from portal.accounts.models import User
from portal.accounts.password_reset import request_password_reset


class LoginForm(WagtailLoginForm):
    """Sign-in by e-mail address."""

    # No EmailField: Wagtail's page hides errors at the fields, so „kein@“ is answered like any unknown address.
    username = forms.CharField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Passwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("E-Mail-Adresse")
        # Labels say what belongs here; texts in the fields vanish and are hard to read.
        self.fields["username"].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """Say above the form what Wagtail's page does not say at the fields."""
        cleaned: dict[str, Any] = super().clean()
        if self.errors and not self.non_field_errors():
            self.add_error(None, _("Bitte geben Sie E-Mail-Adresse und Passwort ein."))
        return cleaned

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Say the same for an unknown address, a wrong password and an account that is switched off."""
        if throttling.is_locked(self.cleaned_data.get("username", "")):
            return forms.ValidationError(
                _(
                    "Zu viele Fehlversuche: Die Anmeldung ist für diese Adresse bis zu einer Stunde lang gesperrt. "
                    "Über „Passwort vergessen?“ können Sie sofort ein neues Passwort wählen."
                ),
                code="locked",
            )
        return forms.ValidationError(
            _("E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beide Angaben."),
            code="invalid_login",
        )


class PasswordResetForm(WagtailPasswordResetForm):
    """Asks for the address; what happens then goes through the mail queue and is never told."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse, mit der Sie sich anmelden"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Queue the mail, if there is somebody to get it."""
        request_password_reset(self.cleaned_data["email"])


class FirstPasswordForm(SetPasswordForm):
    """The password somebody who was invited chooses."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = _("Passwort")
        self.fields["new_password1"].help_text = _(
            "Mindestens 12 Zeichen; kein häufiges Passwort, nicht nur Ziffern und nicht Ihr Name oder Ihre Adresse. "
            "Am einfachsten sind mehrere Wörter hintereinander."
        )
        self.fields["new_password2"].label = _("Passwort wiederholen")
        self.fields["new_password2"].help_text = ""


class PersonForm:
    """What both forms of the administrators share: no password, German words, addresses in lower case."""

    password_enabled = False
    error_messages = {"duplicate_username": _("Mit dieser E-Mail-Adresse gibt es schon einen Zugang.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, (label, help_text) in PERSON_TEXTS.items():
            if name in fields:
                fields[name].label = label
                fields[name].help_text = help_text

    def clean_email(self) -> str:
        """Keep addresses in lower case: people type them either way."""
        return str(self.cleaned_data["email"]).lower()  # type: ignore[attr-defined]


PERSON_TEXTS = {
    "email": (_("E-Mail-Adresse"), _("Damit meldet sich die Person an; hierhin geht die Einladung.")),
    "first_name": (_("Vorname"), _("Steht in Protokollen und E-Mails.")),
    "last_name": (_("Nachname"), _("Steht in Protokollen und E-Mails.")),
    "is_active": (
        _("Zugang ist eingeschaltet"),
        _("Ausgeschaltet kann sich die Person nicht mehr anmelden. Was sie getan hat, bleibt im Protokoll."),
    ),
    "is_superuser": (
        _("Technische Administration"),
        _("Darf alles, auch Personen einladen. Nur für Menschen, die das Portal technisch betreuen."),
    ),
    "groups": (
        _("Rollen"),
        _("Was die Person tut. „Vorstand“ wirkt nur, solange eine Amtszeit läuft."),
    ),
}


class PersonCreationForm(PersonForm, UserCreationForm):
    """A new person; the password comes with the invitation."""

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person: User = super().save(commit=commit)
        return person


class PersonEditForm(PersonForm, UserEditForm):
    """A person who has access; administrators see and set nobody's password."""
