"""What an applicant is offered today: texts, dues and ways to pay, in the versions in force."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from dues.enums import AmountType, PaymentWay
from dues.models import DuesOrder, DuesRate
from dues.terms import DuesCalculation
from membership.definition import Field, Presence
from membership.enums import Channel
from membership.fields import fields_for
from membership.models import Application
from portal.association.enums import AcceptedForm, ApplicantKind, LegalTextKind, MembershipType
from portal.association.models import AssociationSettings, LegalText


@dataclass(frozen=True)
class Offer:
    """Everything a form for one kind and membership type needs; complete, or there is no offer."""

    kind: ApplicantKind
    membership_type: MembershipType
    today: date
    association: AssociationSettings
    dues_order: DuesOrder
    rates: list[DuesRate]
    reduced_rates: list[DuesRate]
    payment_ways: list[PaymentWay]
    texts: dict[LegalTextKind, LegalText]

    def fields(self, channel: Channel) -> list[Field]:
        """Return the fields to be asked, without those that the association does not offer."""
        found = fields_for(
            self.kind,
            channel,
            membership_type=self.membership_type,
            digital=self.association.accepts(AcceptedForm.DIGITAL),
        )
        return [field for field in found if not field.chosen_first and self._is_offered(field)]

    def is_required(self, field: Field) -> bool:
        """Whether the field must be answered (where its condition holds)."""
        return field.presence_for(self.kind) is Presence.REQUIRED

    def is_conditional(self, field: Field) -> bool:
        """Whether another answer decides if the field is asked at all."""
        if field.amount_type:
            return len(self.rates_with(field.amount_type)) < len(self.rates)
        return field.condition is not None

    def rates_with(self, amount_type: AmountType) -> list[DuesRate]:
        """Return the rates to choose from whose amount comes about in this way."""
        return [rate for rate in self.rates if rate.amount_type == amount_type]

    def calculate(
        self, rate: DuesRate, *, base: Decimal | None = None, own_amount: Decimal | None = None
    ) -> DuesCalculation:
        """Return what somebody admitted today owes under ``rate``; see ``dues.calculation.calculate``."""
        return self.dues_order.calculate(rate, admitted_on=self.today, base=base, own_amount=own_amount)

    def _is_offered(self, field: Field) -> bool:
        if field.name == "reduced_wanted" and not self.reduced_rates:
            return False
        if field.amount_type and not self.rates_with(field.amount_type):
            return False
        if field.condition and field.condition.value == PaymentWay.DIRECT_DEBIT:
            return PaymentWay.DIRECT_DEBIT in self.payment_ways
        return not field.offered_by or bool(getattr(self.association, field.offered_by))


def offer_for(kind: ApplicantKind, membership_type: MembershipType, *, on: date | None = None) -> Offer | None:
    """Return the offer of the day (default: today), or None while a text or the dues order it needs is missing."""
    association = AssociationSettings.load()
    today = on or timezone.localdate()
    order = DuesOrder.objects.in_force(today)
    if order is None:
        return None
    ways = [way for way in PaymentWay if way in order.payment_ways and _is_possible(way, association)]
    wanted = texts_for(kind, association, direct_debit=PaymentWay.DIRECT_DEBIT in ways)
    texts = _texts_in_force(wanted, today)
    fitting = order.rates_for(kind, membership_type)
    rates, reduced = _ordinary_and_reduced(fitting, kind)
    if not rates or not ways or set(texts) != set(wanted):
        return None
    return Offer(kind, membership_type, today, association, order, rates, reduced, ways, texts)


CHOSEN_TEXTS = frozenset(
    {
        LegalTextKind.SEPA_MANDATE,
        LegalTextKind.CONSENT_DIRECTORY,
        LegalTextKind.CONSENT_NEWSLETTER,
        LegalTextKind.CONSENT_PHOTOS,
    }
)
"""Texts that an application holds only if it was chosen: a correction may choose them, in the versions of today."""


def offer_bound_to(application: Application, membership_type: MembershipType) -> Offer | None:
    """Return the offer in the versions the application was made with, for whoever corrects it in the office.

    Nobody agrees to a newer version by having a street corrected. None where the dues order has no rate for the type.
    """
    association, order = AssociationSettings.load(), application.dues_order
    kind, today = ApplicantKind(application.kind), timezone.localdate()
    chosen = PaymentWay(application.payment_way)
    possible = {way for way in PaymentWay if way in order.payment_ways and _is_possible(way, association)}
    ways = [way for way in PaymentWay if way in possible | {chosen}]
    wanted = texts_for(kind, association, direct_debit=PaymentWay.DIRECT_DEBIT in ways)
    texts = _texts_in_force([each for each in wanted if each in CHOSEN_TEXTS], today)
    texts |= {LegalTextKind(text.kind): text for text in application.texts.all()}
    rates, reduced = _ordinary_and_reduced(order.rates_for(kind, membership_type), kind)
    return Offer(kind, membership_type, today, association, order, rates, reduced, ways, texts) if rates else None


def _ordinary_and_reduced(fitting: list[DuesRate], kind: ApplicantKind) -> tuple[list[DuesRate], list[DuesRate]]:
    """Return the rates to choose from, and those a person may wish for; reduced ones alone are chosen like others."""
    ordinary = [rate for rate in fitting if not rate.is_reduced]
    if kind != ApplicantKind.NATURAL_PERSON or not ordinary:
        return fitting, []
    return ordinary, [rate for rate in fitting if rate.is_reduced]


def texts_for(kind: ApplicantKind, association: AssociationSettings, *, direct_debit: bool) -> list[LegalTextKind]:
    """Return the kinds of texts that somebody of ``kind`` is shown, in the order of the form."""
    texts = [LegalTextKind.STATUTES, LegalTextKind.DECLARATION, LegalTextKind.PRIVACY_NOTICE]
    if kind == ApplicantKind.UNINCORPORATED_GROUP:
        texts += [
            LegalTextKind.GROUP_DECLARATION,
            LegalTextKind.PRIVACY_NOTICE_COSIGNERS,
            LegalTextKind.LIABILITY_NOTICE,
        ]
    if direct_debit:
        texts.append(LegalTextKind.SEPA_MANDATE)
    for purpose in ("directory", "newsletter", "photos"):
        if association.offers(purpose):
            texts.append(LegalTextKind(f"consent_{purpose}"))
    return texts


def _texts_in_force(kinds: list[LegalTextKind], today: date) -> dict[LegalTextKind, LegalText]:
    """Return the texts in force today by kind: one query for all."""
    published = LegalText.objects.published().filter(kind__in=kinds, language="de", in_force_from__lte=today)
    return {LegalTextKind(text.kind): text for text in published.order_by("in_force_from", "version")}


def _is_possible(way: PaymentWay, association: AssociationSettings) -> bool:
    return way != PaymentWay.DIRECT_DEBIT or association.direct_debit_offered
