"""Whose mails these are: what ``portal.mailing.compose.register_frame`` is given."""

from typing import Any

from portal.association.models import AssociationSettings


def mail_frame() -> dict[str, Any]:
    """Return sender, names and the lines below every mail; an empty field gives no line."""
    association = AssociationSettings.load()
    address = ", ".join(association.postal_address)
    reach = " · ".join(part for part in (association.email, association.phone) if part)
    lines = [association.full_name, address, association.register_entry, reach]
    return {
        "sender_name": association.short_name or association.full_name,
        "association_name": association.full_name,
        "imprint_lines": [line for line in lines if line],
        "reply_to": association.email,
    }
