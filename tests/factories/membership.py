"""Applications for tests. All people and organisations are samples and say so."""

import datetime as dt
import secrets
from typing import Any

from django.contrib.auth.models import Group, Permission

from dues.enums import PaymentWay
from dues.models import DuesOrder
from membership.domain import ApplicationDraft, MandateData, confirm_email, submit_application
from membership.models import Application
from membership.offer import texts_for
from portal.accounts.models import User
from portal.association.enums import ApplicantKind, LegalTextKind, MembershipType
from portal.association.models import AssociationSettings, BoardTerm, LegalText
from tests.factories.dues import create_order

ADDRESS = {"street": "Beispielweg 3", "postcode": "01067", "city": "Dresden", "country": "DE"}
ANSWERS: dict[ApplicantKind, dict[str, Any]] = {
    ApplicantKind.NATURAL_PERSON: {"first_name": "Muster", "last_name": "Beispiel", "of_full_age": "yes"},
    ApplicantKind.LEGAL_PERSON: {
        "name": "Beispiel gGmbH",
        "legal_form": "gGmbH",
        "register_status": "registered",
        "register_court": "Amtsgericht Musterstadt",
        "register_number": "HRB 1",
        "signatories": [
            {"name": "Muster Eins", "function": "Geschäftsführung"},
            {"name": "Muster Zwei", "function": "Prokura"},
        ],
        "representation": "joint",
    },
    ApplicantKind.UNINCORPORATED_GROUP: {
        "name": "Initiative Musterviertel",
        "field_of_work": "Nachbarschaft im Musterviertel",
        "contact_name": "Muster Kontakt",
    },
}
NAMES = {
    ApplicantKind.NATURAL_PERSON: "Muster Beispiel",
    ApplicantKind.LEGAL_PERSON: "Beispiel gGmbH",
    ApplicantKind.UNINCORPORATED_GROUP: "Initiative Musterviertel",
}


def publish_texts() -> None:
    """Put a short sample of every legal text in force, where there is none."""
    for kind in LegalTextKind:
        if LegalText.objects.in_force(kind) is None:
            text = LegalText.objects.create(kind=kind, title=str(kind.label), body=f"<p>Muster: {kind.label}.</p>")
            text.publish()


def create_application(
    kind: ApplicantKind = ApplicantKind.NATURAL_PERSON, *, confirmed: bool = True, iban: str = "", **fields: Any
) -> Application:
    """Return a submitted application of sample data, confirmed unless told otherwise; an ``iban`` brings a mandate."""
    publish_texts()
    order = DuesOrder.objects.in_force() or create_order(payment_ways=list(PaymentWay))
    answers = {**ADDRESS, **ANSWERS[kind], "accepts_statutes": True, "dues_order_read": True}
    wanted = texts_for(kind, AssociationSettings.load(), direct_debit=bool(iban))
    draft = ApplicationDraft(
        kind=kind,
        membership_type=fields.pop("membership_type", MembershipType.REGULAR),
        applicant_name=fields.pop("applicant_name", NAMES[kind]),
        email=fields.pop("email", "muster@example.org"),
        answers=answers | fields.pop("answers", {}),
        texts=[LegalText.objects.in_force(text) for text in wanted],
        dues_order=order,
        dues_rate=order.rates.first(),
        payment_way=PaymentWay.DIRECT_DEBIT if iban else PaymentWay.BANK_TRANSFER,
        mandate=MandateData("Muster Beispiel", iban, "DE98ZZZ09999999999") if iban else None,
        **fields,
    )
    application = submit_application(draft, key=secrets.token_hex(16))
    return confirm_email(application) if confirmed else application


def create_staff(email: str, *permissions: str, board_term: bool = False) -> User:
    """Return somebody who may enter the admin and has these permissions of membership („record“, „decide“)."""
    user = User.objects.create_user(email, "muster-passwort-1")
    group = Group.objects.create(name=email)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in permissions:
        group.permissions.add(Permission.objects.get(codename=f"{action}_application"))
    user.groups.add(group)
    if board_term:
        BoardTerm.objects.create(user=user, function="Muster", starts_on=dt.date(2020, 1, 1))
    return user
