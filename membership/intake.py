"""From a valid form to a checked application that the domain can store."""

from typing import Any

from dues.enums import PaymentWay
from membership.answers import applicant_name
from membership.definition import Storage
from membership.domain import CheckedApplication, MandateData
from membership.forms.application import ApplicationForm
from membership.offer import Offer
from portal.association.enums import LegalTextKind
from portal.association.models import LegalText

CONSENTS = {
    LegalTextKind.CONSENT_DIRECTORY: "consent_directory",
    LegalTextKind.CONSENT_NEWSLETTER: "consent_newsletter",
    LegalTextKind.CONSENT_PHOTOS: "consent_photos",
}


def checked_from(form: ApplicationForm) -> CheckedApplication:
    """Return what a valid form says, bound to the versions of the form's offer."""
    offer, answered = form.offer, form.answered
    kept = {field.name: answered[field.name] for field in form.definition if field.name in answered}
    answers = {
        field.name: kept[field.name]
        for field in form.definition
        if field.storage is Storage.ANSWERS and kept.get(field.name) not in (None, "", False, [])
    }
    return CheckedApplication(
        kind=offer.kind,
        membership_type=offer.membership_type,
        channel=form.channel,
        applicant_name=applicant_name(offer.kind, answers),
        email=kept.get("email", ""),
        answers=answers,
        texts=_texts_agreed_to(offer, kept),
        dues_order=offer.dues_order,
        dues_rate=kept["dues_rate"],
        payment_way=kept["payment_way"],
        dues_base=kept.get("dues_base"),
        own_amount=kept.get("own_amount"),
        mandate=_mandate(offer, kept),
        cosigners=kept.get("cosigners", []),
    )


def _mandate(offer: Offer, answered: dict[str, Any]) -> MandateData | None:
    if answered["payment_way"] != PaymentWay.DIRECT_DEBIT:
        return None
    return MandateData(
        account_holder=answered["account_holder"],
        iban=answered["iban"],
        creditor_identifier=offer.association.creditor_identifier,
    )


def _texts_agreed_to(offer: Offer, answered: dict[str, Any]) -> list[LegalText]:
    """Return what was shown, without the mandate of those who pay by transfer and consents that were not given."""
    left_out = {kind for kind, name in CONSENTS.items() if not answered.get(name)}
    if answered["payment_way"] != PaymentWay.DIRECT_DEBIT:
        left_out.add(LegalTextKind.SEPA_MANDATE)
    return [text for kind, text in offer.texts.items() if kind not in left_out]
