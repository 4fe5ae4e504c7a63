"""Applications for tests: texts and dues they need, form data, ready ones in any state. All people are samples."""

import datetime as dt
import secrets
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, Permission

from dues.enums import AmountType
from dues.models import DuesOrder, DuesRate
from membership.domain import CheckedApplication, MandateData, confirm_email, submit_application
from membership.models import Application
from membership.offer import Offer, offer_for
from portal.accounts.models import User
from portal.association.enums import ApplicantKind, LegalTextKind, MembershipType
from portal.association.models import AssociationSettings, BoardTerm, LegalText
from tests.factories.dues import create_order, make_rate

NATURAL, LEGAL, GROUP = ApplicantKind.NATURAL_PERSON, ApplicantKind.LEGAL_PERSON, ApplicantKind.UNINCORPORATED_GROUP
REGULAR, SUPPORTING = MembershipType.REGULAR, MembershipType.SUPPORTING

CREDITOR_IDENTIFIER = "DE98ZZZ09999999999"
IBAN = "DE02120300000000202051"
EMAIL = "mara@example.org"

NAMES: dict[str, dict[str, Any]] = {
    NATURAL: {"title": "Dr.", "first_name": "Mara", "last_name": "Muster"},
    LEGAL: {"name": "Beispiel gGmbH"},
    GROUP: {"name": "Initiative Beispielhof"},
}
ADDRESS = {"street": "Musterweg 1", "postcode": "09111", "city": "Chemnitz", "country": "DE"}
OWN_ANSWERS: dict[str, dict[str, Any]] = {
    NATURAL: {"of_full_age": "yes"},
    LEGAL: {
        "legal_form": "gGmbH",
        "register_status": "registered",
        "register_court": "Amtsgericht Chemnitz",
        "register_number": "HRB 1234",
        "representation": "joint",
    },
    GROUP: {"contact_name": "Kim Kontakt", "field_of_work": "Nachbarschaftsgarten"},
}
SIGNATORIES: dict[str, dict[str, Any]] = {
    LEGAL: {
        "signatories": [
            {"name": "Vera Vorstand", "function": "Leitung"},
            {"name": "Paul Prokura", "function": "Prokura"},
        ]
    }
}
ROWS: dict[str, dict[str, str]] = {
    NATURAL: {},
    LEGAL: {
        "signatories_rows": "2",
        "signatories_1_name": "Vera Vorstand",
        "signatories_1_function": "Leitung",
    },
    GROUP: {"cosigners_rows": "5", "cosigners_1_name": "Anna Eins", "cosigners_2_name": "Ben Zwei"},
}


def create_association(**fields: Any) -> AssociationSettings:
    """Store the association's settings with a creditor identifier, so that direct debit is offered."""
    association = AssociationSettings.load()
    values = {
        "full_name": "Beispielverein e.V.",
        "short_name": "Beispielverein",
        "street": "Vereinsweg 2",
        "postcode": "09112",
        "city": "Chemnitz",
        "email": "verein@example.org",
        "office_email": "buero@example.org",
        "account_holder": "Beispielverein",
        "creditor_identifier": CREDITOR_IDENTIFIER,
        **fields,
    }
    for name, value in values.items():
        setattr(association, name, value)
    association.save()
    return AssociationSettings.load()


def create_texts(*kinds: LegalTextKind, body: str = "<p>Muster: {kind}.</p>") -> dict[LegalTextKind, LegalText]:
    """Publish a first version of each kind (all, unless told otherwise), in force since 2020."""
    texts = {}
    for kind in kinds or LegalTextKind:
        text = LegalText.objects.create(kind=kind, title=str(kind.label), body=body.format(kind=kind.label))
        text.publish(dt.date(2020, 1, 1))
        texts[kind] = text
    return texts


def create_dues(*, rates: list[DuesRate] | None = None, **fields: Any) -> DuesOrder:
    """Publish an order: 60 euros for regular members, a reduced rate for persons, from 30 euros for supporting ones."""
    rates = rates or [
        make_rate(category="Regelbeitrag", membership_types=[REGULAR]),
        make_rate(
            category="Ermäßigter Beitrag",
            membership_types=[REGULAR],
            applicant_kinds=[NATURAL],
            amount=Decimal("20.00"),
            is_reduced=True,
            proof="Ausweis",
        ),
        make_rate(
            category="Förderbeitrag",
            membership_types=[SUPPORTING],
            amount_type=AmountType.MINIMUM,
            amount=Decimal("30.00"),
        ),
    ]
    return create_order(rates=rates, payment_ways=["bank_transfer", "direct_debit"], **fields)


def create_ground(**association: Any) -> None:
    """Everything an application needs: association, texts, dues."""
    create_association(**association)
    create_texts()
    create_dues()


def current_offer(kind: str = NATURAL, membership_type: str = REGULAR) -> Offer:
    """Return today's offer; makes everything it needs unless it is there."""
    if not LegalText.objects.exists():
        create_ground()
    offer = offer_for(ApplicantKind(kind), MembershipType(membership_type))
    assert offer is not None
    return offer


def form_data(kind: str = NATURAL, membership_type: str = REGULAR, **changes: Any) -> dict[str, str]:
    """Return what a browser posts for a right form; ``changes`` replace values, None leaves one out."""
    rate = current_offer(kind, membership_type).rates[0]
    data: dict[str, Any] = {
        **NAMES[kind],
        **ADDRESS,
        **OWN_ANSWERS[kind],
        **ROWS[kind],
        "email": EMAIL,
        "phone": "0371 123456",
        "accepts_statutes": "on",
        "dues_order_read": "on",
        "dues_rate": str(rate.pk),
        "payment_way": "bank_transfer",
    }
    if membership_type == SUPPORTING:
        data["own_amount"] = "50,00"
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def make_draft(
    kind: str = NATURAL, membership_type: str = REGULAR, *, answers: dict[str, Any] | None = None, **fields: Any
) -> CheckedApplication:
    """Return a checked draft as the form would make it; ``answers`` are added to the sample's."""
    offer = current_offer(kind, membership_type)
    names = {NATURAL: "Dr. Mara Muster", LEGAL: "Beispiel gGmbH", GROUP: "Initiative Beispielhof"}
    values: dict[str, Any] = {
        "kind": offer.kind,
        "membership_type": offer.membership_type,
        "applicant_name": names[ApplicantKind(kind)],
        "email": EMAIL,
        "answers": {
            **NAMES[kind],
            **ADDRESS,
            **OWN_ANSWERS[kind],
            **SIGNATORIES.get(kind, {}),
            "accepts_statutes": True,
            "dues_order_read": True,
            **(answers or {}),
        },
        "texts": list(offer.texts.values()),
        "dues_order": offer.dues_order,
        "dues_rate": offer.rates[0],
        "payment_way": "bank_transfer",
        "own_amount": Decimal("50.00") if membership_type == SUPPORTING else None,
        "cosigners": [{"name": "Anna Eins", "function": "Garten"}] if kind == GROUP else [],
    }
    return CheckedApplication(**{**values, **fields})


def make_mandate(iban: str = IBAN) -> MandateData:
    """Return bank data as the form checks it."""
    return MandateData(account_holder="Mara Muster", iban=iban, creditor_identifier=CREDITOR_IDENTIFIER)


def create_application(
    kind: str = NATURAL, membership_type: str = REGULAR, *, confirmed: bool = True, iban: str = "", **fields: Any
) -> Application:
    """Return a stored application, confirmed unless told otherwise; an ``iban`` brings a mandate."""
    if iban:
        fields |= {"payment_way": "direct_debit", "mandate": make_mandate(iban)}
    application = submit_application(make_draft(kind, membership_type, **fields), key=f"test-{secrets.token_hex(8)}")
    return confirm_email(application) if confirmed else application


def create_user(email: str = "buero@example.org", **fields: Any) -> User:
    """Return a user without any group."""
    return User.objects.create_user(email, "ein langes Kennwort", **fields)


def create_board_member(email: str = "vorstand@example.org", **term: Any) -> User:
    """Return somebody whose term on the board runs since 2020, unless ``term`` says otherwise."""
    user = create_user(email)
    BoardTerm.objects.create(user=user, **{"function": "Vorsitz", "starts_on": dt.date(2020, 1, 1), **term})
    return user


def create_staff(email: str, *permissions: str, board_term: bool = False) -> User:
    """Return somebody who may enter the admin and has these permissions of membership („record“, „decide“)."""
    user = create_board_member(email) if board_term else create_user(email)
    group = Group.objects.create(name=email)
    codenames = ["access_admin", *(f"{action}_application" for action in permissions)]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    user.groups.add(group)
    return user
