"""The direct debit mandate on paper."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.association.models import AssociationSettings, LegalText


@dataclass(frozen=True)
class MandatePaper:
    """What a mandate states; an empty debtor, IBAN or address is filled in by hand."""

    text: LegalText | None
    creditor: str
    creditor_address: str
    creditor_identifier: str
    reference: str
    debtor: str
    debtor_address: str
    iban: str


def mandate_paper(
    *,
    text: LegalText | None,
    debtor: str = "",
    debtor_address: list[str] | None = None,
    iban: str = "",
    creditor_identifier: str = "",
    reference: str = "",
) -> MandatePaper:
    """Return the mandate with the association as creditor; without a reference it says that one will be given."""
    association = AssociationSettings.load()
    return MandatePaper(
        text=text,
        creditor=association.account_holder or association.full_name,
        creditor_address=", ".join(association.postal_address),
        creditor_identifier=creditor_identifier or association.creditor_identifier,
        reference=reference or _("wird mitgeteilt"),
        debtor=debtor,
        debtor_address=", ".join(debtor_address or []),
        iban=iban,
    )
