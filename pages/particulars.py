"""The association's particulars, as the frame of every page has them (no query of their own)."""

from typing import TYPE_CHECKING

from portal.delivery.snapshot import snapshot

if TYPE_CHECKING:
    from portal.association.models import AssociationSettings


def association() -> "AssociationSettings":
    """Return the association's settings of the current content version; never change them."""
    return snapshot().part("association")
