"""Sealing secrets of apps and recovery codes anew when the data key changes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.accounts.second_factor.adapters import PLACE
from portal.privacy.rotation import register_sealed
from portal.privacy.sealing import seal, unseal

# Where the sealed text lies in each kind's data; passkeys hold no secret.
SEALED_PARTS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def register() -> None:
    """Tell the rotation about them."""
    register_sealed("Zweiter Faktor", reseal_secrets)


def reseal_secrets() -> int:
    """Seal every secret with the first key; returns how many there are."""
    keys = list(Authenticator.objects.filter(type__in=SEALED_PARTS).order_by("pk").values_list("pk", flat=True))
    return sum(_reseal(pk) for pk in keys)


def _reseal(pk: int) -> int:
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            return 0
        part = SEALED_PARTS[Authenticator.Type(row.type)]
        row.data[part] = seal(unseal(row.data[part], context=PLACE), context=PLACE)
        row.save(update_fields=["data"])
        return 1
