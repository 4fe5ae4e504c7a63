"""Groups that confirm digitally, for tests. All people are samples."""

import datetime as dt
from typing import Any

from django.utils import timezone

from membership.domain import confirm_cosignature, mark_ready, record_original, record_signature
from membership.models import Application, CoSignature
from portal.association.models import AssociationSettings, LegalText
from tests.factories.decisions import office, reject
from tests.factories.membership import GROUP, create_application, create_association, create_ground

PEOPLE = ["Anna Eins", "Ben Zwei", "Cem Drei", "Dora Vier", "Emil Fünf", "Fatma Sechs", "Gero Sieben"]
DIGITAL: dict[str, Any] = {
    "accepted_forms": ["paper", "scan", "digital"],
    "digital_resolution_date": dt.date(2026, 3, 1),
    "digital_resolution_reference": "VB 2026/14",
}


def address_of(name: str) -> str:
    """Return the address a sample person has."""
    return f"{name.split()[0].lower()}@example.org"


def cosigners(*names: str) -> list[dict[str, str]]:
    """Return rows as the form gives them."""
    return [{"name": name, "email": address_of(name), "function": ""} for name in names]


def switch_digital(on: bool = True, **fields: Any) -> AssociationSettings:
    """Let the association take digital confirmations, or no longer."""
    forms = DIGITAL if on else {"accepted_forms": ["paper", "scan"]}
    if not LegalText.objects.exists():
        create_ground(**{**forms, **fields})
        return AssociationSettings.load()
    return create_association(**{**forms, **fields})


def create_digital_group(people: int = 5, *, confirmed: bool = True, **fields: Any) -> Application:
    """Return a group's application whose co-signatories were named with their addresses, and invited if confirmed."""
    switch_digital()
    return create_application(GROUP, confirmed=confirmed, **{"cosigners": cosigners(*PEOPLE[:people]), **fields})


def row_of(application: Application, position: int) -> CoSignature:
    """Return a row as it is stored now."""
    return application.cosignatures.select_related("application").get(position=position)


def confirm(application: Application, *positions: int) -> None:
    """Let the people of these rows confirm at their newest links, under the names they were invited with."""
    for position in positions:
        row = row_of(application, position)
        confirm_cosignature(row, generation=row.generation, name=row.name, seen_hash=row.application.content_hash)


def move(row: CoSignature, **ago: float) -> None:
    """Shift an invitation into the past."""
    CoSignature.objects.filter(pk=row.pk).update(invited_at=timezone.now() - dt.timedelta(**ago))


def ready_on_paper(application: Application) -> Application:
    """Let five other people sign on paper, so that the board can decide while the invitations still wait."""
    today = timezone.localdate()
    record_original(application, received_on=today, form="paper", recorded_by=office())
    for position in range(11, 16):
        record_signature(
            application,
            position=position,
            present=True,
            name=f"Papier {position}",
            signed_on=today,
            recorded_by=office(),
        )
    return mark_ready(application, marked_by=office())


def reject_waiting(application: Application) -> Application:
    """Let the board reject a group's application while invitations still wait."""
    return reject(ready_on_paper(application))
