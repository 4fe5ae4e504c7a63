"""The fields of the form's page „Beitrag“, dues and payment: a part of :data:`membership.fields.FIELDS`."""

from django.utils.translation import gettext_lazy as _

from dues.enums import AmountType, PaymentWay
from dues.money import LONGEST_TYPED
from membership.definition import EVERYBODY, GROUP, LEGAL, Condition, Field, FieldType, Storage, presence
from membership.sections import DUES, PAYMENT
from portal.association.enums import MembershipType

DIRECT_DEBIT = Condition("payment_way", PaymentWay.DIRECT_DEBIT)

COST_FIELDS: tuple[Field, ...] = (
    Field(
        "dues_order_read",
        _("Ich habe die Beitrags- und Finanzordnung gelesen"),
        DUES,
        EVERYBODY,
        FieldType.TICK,
        labels={
            LEGAL: _("Wir haben die Beitrags- und Finanzordnung gelesen"),
            GROUP: _("Wir haben die Beitrags- und Finanzordnung gelesen"),
        },
    ),
    Field("dues_rate", _("Beitragsgruppe"), DUES, EVERYBODY, FieldType.RATE, storage=Storage.COLUMN, signed=True),
    Field(
        "dues_base",
        _("Bemessungsgrundlage in Euro"),
        DUES,
        EVERYBODY,
        FieldType.BASE,
        amount_type=AmountType.PERCENT,
        max_length=LONGEST_TYPED,
        storage=Storage.COLUMN,
        signed=True,
    ),
    Field(
        "own_amount",
        _("Ihr Beitrag im Jahr, in Euro"),
        DUES,
        EVERYBODY,
        FieldType.AMOUNT,
        optional_types=frozenset({MembershipType.REGULAR}),
        amount_type=AmountType.MINIMUM,
        max_length=LONGEST_TYPED,
        storage=Storage.COLUMN,
        signed=True,
    ),
    Field(
        "reduced_wanted",
        _("Ich möchte den ermäßigten Beitrag zahlen"),
        DUES,
        presence("O", "-", "-"),
        FieldType.TICK,
        help_text=_("Den Nachweis zeigen Sie uns nur vor; wir bewahren ihn nicht auf."),
    ),
    Field(
        "payment_way",
        _("Wie möchten Sie zahlen?"),
        PAYMENT,
        EVERYBODY,
        FieldType.CHOICE,
        choices=PaymentWay,
        storage=Storage.COLUMN,
    ),
    Field(
        "account_holder",
        _("Kontoinhaberin oder Kontoinhaber"),
        PAYMENT,
        EVERYBODY,
        max_length=70,
        condition=DIRECT_DEBIT,
        offered_by="direct_debit_offered",
        help_text=_("Nur bei SEPA-Lastschrift."),
        storage=Storage.MANDATE,
    ),
    Field(
        "iban",
        _("IBAN"),
        PAYMENT,
        EVERYBODY,
        FieldType.IBAN,
        max_length=42,
        condition=DIRECT_DEBIT,
        offered_by="direct_debit_offered",
        help_text=_("Nur bei SEPA-Lastschrift. Zum Beispiel DE02 1203 0000 0000 2020 51."),
        storage=Storage.MANDATE,
    ),
)
