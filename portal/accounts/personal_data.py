"""What is held about people with access."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal

STAFF = _("Personen mit Zugang")


def declare() -> None:
    """Declare accounts and invitations."""
    declare_personal(
        "accounts.User",
        ("email", "first_name", "last_name", "is_active", "is_superuser", "is_staff", "date_joined", "last_login"),
        subjects=STAFF,
        purpose=_("Anmeldung; im Protokoll steht, wer gehandelt hat"),
        basis=Basis.INTEREST,
        retention=_("Solange es den Zugang gibt; danach, solange das Protokoll die Person nennt"),
        readers=(Reader.SUBJECT, Reader.TECHNICIANS),
    )
    declare_personal(
        "accounts.User",
        ("password",),
        subjects=STAFF,
        purpose=_("Anmeldung; gespeichert wird nur ein Prüfwert (Argon2), nie das Passwort"),
        basis=Basis.INTEREST,
        retention=_("Solange es den Zugang gibt"),
        readers=(Reader.NOBODY,),
    )
    declare_personal(
        "accounts.User_groups",
        ("user",),
        subjects=STAFF,
        purpose=_("Rollen: was die Person im Portal tun darf"),
        basis=Basis.INTEREST,
        retention=_("Solange es den Zugang gibt"),
        readers=(Reader.TECHNICIANS,),
    )
    declare_not_personal("accounts.User_user_permissions", ("user",), reason="not in use: roles come from groups")
    declare_personal(
        "accounts.Invitation",
        ("user", "invited_by", "invited_at", "accepted_at"),
        subjects=STAFF,
        purpose=_("Einladung zum Portal: von wem, wann, angenommen oder nicht"),
        basis=Basis.INTEREST,
        retention=_("Solange es den Zugang gibt"),
        readers=(Reader.TECHNICIANS,),
    )
    declare_personal(
        "mfa.Authenticator",
        ("user", "type", "created_at", "last_used_at"),
        subjects=STAFF,
        purpose=_("Zweiter Faktor der Anmeldung: welches Gerät, seit wann, zuletzt benutzt"),
        basis=Basis.INTEREST,
        retention=_("Bis das Gerät entfernt wird, spätestens mit dem Zugang"),
        readers=(Reader.SUBJECT,),
    )
    declare_personal(
        "mfa.Authenticator",
        ("data",),
        subjects=STAFF,
        purpose=_("Zweiter Faktor der Anmeldung: Geheimnis der App und der Ersatzcodes, verschlüsselt; Passkey"),
        basis=Basis.INTEREST,
        retention=_("Bis das Gerät entfernt wird, spätestens mit dem Zugang"),
        readers=(Reader.NOBODY,),
    )
    for model, fields in {"account.EmailAddress": ("user", "email"), "account.EmailConfirmation": ("*",)}.items():
        declare_not_personal(model, fields, reason="part of django-allauth, not in use and always empty")
    declare_not_personal("account.EmailAddress", reason="part of django-allauth, not in use and always empty")
    declare_not_personal("accounts.Invitation", ("generation",), reason="a counter that voids earlier links")
