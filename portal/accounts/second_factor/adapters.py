"""What django-allauth asks of the portal: encryption, German words, names, and no mails of its own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.privacy.sealing import seal, unseal

# Sealed texts open in their own place only (portal.privacy.sealing).
PLACE = "mfa_authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed with the portal's data key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Das hat nicht gepasst. Ein Code aus der App gilt 30 Sekunden und nur einmal; warten Sie gegebenenfalls "
            "auf den nächsten. Auch die Uhrzeit des Geräts muss stimmen."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, context=PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, context=PLACE)

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.WAGTAIL_SITE_NAME}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _now("Passkey %(number)s") % {"number": number}


class AccountAdapter(DefaultAccountAdapter):
    """Only its words are used: accounts, sign-in and mails are the portal's own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Zu viele Fehlversuche. Bitte warten Sie fünf Minuten und versuchen Sie es dann noch einmal."
        ),
    }
