"""The association's particulars, as the frame of every page has them (no query of their own)."""

from typing import TYPE_CHECKING

from portal.delivery.snapshot import snapshot

if TYPE_CHECKING:
    from portal.association.models import AssociationSettings


def association() -> "AssociationSettings":
    """Return the association's settings of the current content version; never change them."""
    return snapshot().part("association")


def contact_texts() -> list[str]:
    """Return the lines that tell how to reach the association; the name stands above its address alone."""
    settings = association()
    address = [settings.full_name, *settings.postal_address] if settings.postal_address else []
    return [line for line in (*address, settings.email, settings.phone) if line]
