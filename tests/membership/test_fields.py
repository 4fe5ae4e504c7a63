"""The definition follows the table of the specification, cell by cell."""

import pytest

from dues.enums import AmountType
from membership.definition import Presence
from membership.enums import Channel
from membership.fields import FIELDS, field_named, fields_for
from portal.association.enums import ApplicantKind, MembershipType

NATURAL, LEGAL, GROUP = ApplicantKind
R, O_ = Presence.REQUIRED, Presence.OPTIONAL

EVERYBODY = {
    "membership_type": R,
    "street": R,
    "postcode": R,
    "city": R,
    "country": R,
    "email": R,
    "phone": O_,
    "accepts_statutes": R,
    "dues_order_read": R,
    "dues_rate": R,
    "dues_base": R,
    "own_amount": R,
    "payment_way": R,
    "account_holder": R,
    "iban": R,
    "consent_directory": O_,
    "consent_newsletter": O_,
    "consent_photos": O_,
}
OWN = {
    NATURAL: {
        "title": O_,
        "first_name": R,
        "last_name": R,
        "field_of_work": O_,
        "of_full_age": R,
        "reduced_wanted": O_,
    },
    LEGAL: {
        "name": R,
        "legal_form": R,
        "register_status": R,
        "register_court": R,
        "register_number": R,
        "field_of_work": O_,
        "contact_name": O_,
        "billing_street": O_,
        "billing_postcode": O_,
        "billing_city": O_,
        "billing_country": O_,
        "signatories": R,
        "representation": R,
    },
    GROUP: {"name": R, "field_of_work": R, "contact_name": R, "cosigners": O_},
}


@pytest.mark.parametrize("kind", ApplicantKind)
def test_each_kind_has_exactly_its_fields(kind: ApplicantKind) -> None:
    fields = {field.name: field.presence_for(kind) for field in fields_for(kind, Channel.ONLINE)}
    assert fields == {**EVERYBODY, **OWN[kind]}


def test_paper_asks_a_person_for_no_mail_address() -> None:
    def changed(kind: ApplicantKind) -> dict[str, Presence]:
        online = {field.name: field.presence_for(kind) for field in fields_for(kind, Channel.ONLINE)}
        paper = {field.name: field.presence_for(kind) for field in fields_for(kind, Channel.PAPER)}
        return {name: paper[name] for name in paper if paper[name] is not online[name]}

    assert [changed(kind) for kind in ApplicantKind] == [{"email": O_}, {}, {}]


def test_supporting_members_must_name_an_amount_regular_ones_may() -> None:
    def presences(membership_type: MembershipType) -> dict[str, Presence]:
        fields = fields_for(LEGAL, Channel.ONLINE, membership_type=membership_type)
        return {field.name: field.presence_for(LEGAL) for field in fields}

    regular, supporting = presences(MembershipType.REGULAR), presences(MembershipType.SUPPORTING)
    assert (regular.pop("own_amount"), supporting.pop("own_amount")) == (O_, R)
    assert regular == supporting


def test_figures_belong_to_a_type_of_rate() -> None:
    assert {each.name: each.amount_type for each in FIELDS if each.amount_type} == {
        "dues_base": AmountType.PERCENT,
        "own_amount": AmountType.MINIMUM,
    }


def test_digital_confirmation_needs_five_to_fifteen_addresses() -> None:
    (cosigners,) = [field for field in fields_for(GROUP, Channel.ONLINE, digital=True) if field.name == "cosigners"]
    assert cosigners.presence_for(GROUP) is R
    assert (cosigners.min_rows, cosigners.max_rows) == (5, 15)
    assert [(column.name, column.required) for column in cosigners.columns] == [
        ("name", True),
        ("email", True),
        ("function", False),
    ]


def test_paper_rows_ask_for_no_address() -> None:
    assert [column.name for column in field_named("cosigners").columns] == ["name", "function"]


def test_names_are_unique() -> None:
    names = [field.name for field in FIELDS]
    assert names == list(dict.fromkeys(names))


def test_unknown_name() -> None:
    with pytest.raises(KeyError):
        field_named("birth_date")
