"""The content hash: what signatories confirm, in 64 hexadecimal digits."""

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from membership.fields import FIELDS

if TYPE_CHECKING:
    from membership.domain.checked import CheckedApplication

SIGNED_TEXTS = frozenset({"statutes", "declaration", "group_declaration"})
ON_PAPER_ONLY = frozenset(
    {
        "legal_form",
        "register_status",
        "register_court",
        "register_number",
        "of_full_age",
        "signatories",
        "representation",
        "payment_way",
        "account_holder",
        "iban",
    }
)
"""What is signed on paper besides what the hash covers: co-signatories do not see it, and bank data in a hash that is
printed could be guessed. Changing it gives the paper a new edition and leaves their confirmations as they are."""


def content_hash(checked: "CheckedApplication") -> str:
    """Return the SHA-256 of kind, type, the fields marked ``signed``, the dues and the texts that are agreed to.

    Changing any of these voids what was signed; a new phone number does not.
    """
    values: dict[str, Any] = {each.name: checked.answers.get(each.name, "") for each in FIELDS if each.signed}
    values |= {
        "kind": str(checked.kind),
        "membership_type": str(checked.membership_type),
        "dues_order": checked.dues_order.version,
        "dues_rate": [checked.dues_rate.category, checked.dues_rate.describe()],
        "dues_base": _figure(checked.dues_base),
        "own_amount": _figure(checked.own_amount),
        "texts": sorted(text.content_hash for text in checked.texts if text.kind in SIGNED_TEXTS),
    }
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _figure(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
