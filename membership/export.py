"""Everything the portal holds about one application, for the person it is about (Art. 15 and 20 GDPR).

Answers come from the one definition, rows of tables from the catalogue of personal fields. Nothing is masked: it is the
person's own. The application is taken as it is told: a decision that can still be taken back is none.
"""

from typing import Any

from django.utils.translation import gettext as _

from dues.money import format_amount
from membership.answers import describe, value_of
from membership.definition import Storage
from membership.enums import Channel
from membership.fields import fields_for
from membership.mail_kinds import MAILS
from membership.models import Application, Member
from membership.stored import plain, stored_rows, told_letters
from membership.told import exported_events, exported_history, exported_mails
from portal.association.enums import ApplicantKind


def own_data(application: Application) -> dict[str, Any]:
    """Return it as JSON values: what was answered by the fields' names, and what happened since."""
    return {
        "reference": application.reference,
        "kind": application.kind,
        "membership_type": application.membership_type,
        "channel": application.channel,
        "state": application.state,
        "language": application.language,
        "name": application.applicant_name,
        "email": application.email,
        "answers": _answers(application),
        "yearly_dues": str(application.yearly_dues),
        "content_hash": application.content_hash,
        "dates": _dates(application),
        "texts": _texts(application),
        "dues_order": {"version": application.dues_order.version, "label": application.dues_order.version_label},
        "decision": _decision(application),
        "letters": _letters(application),
        "records": _records(application),
        "history": exported_history(application),
        "mails": [
            {"what": mail.what, "state": mail.state, "at": mail.at.isoformat()} for mail in exported_mails(application)
        ],
    }


def export_context(application: Application) -> dict[str, Any]:
    """Return the same for people, as the template of the PDF shows it."""
    return {
        "application": application,
        "sections": describe(application, unmasked=True),
        "yearly_dues": format_amount(application.yearly_dues),
        "texts": _texts(application),
        "signatures": application.cosignatures.all(),
        "files": application.attachments.all(),
        "questions": application.completion_requests.all(),
        "receipts": application.receipts.all(),
        "decision": application if application.is_decided else None,
        "member": Member.objects.filter(application=application).first() if application.is_decided else None,
        "letters": [(letter, str(MAILS[letter.kind])) for letter in told_letters(application)],
        "events": exported_events(application),
        "mails": exported_mails(application),
        "records": stored_rows(application),
        "pdf_reference": _("Vorgang %(reference)s") % {"reference": application.reference},
    }


def _answers(application: Application) -> dict[str, Any]:
    """Return every answer under its field's name; what nobody answered is null.

    Co-signatories are told with their state, under a heading of their own.
    """
    fields = fields_for(ApplicantKind(application.kind), Channel(application.channel))
    asked = [field for field in fields if field.storage is not Storage.SIGNATURES]
    return {field.name: plain(value_of(application, field)) for field in asked}


def _dates(application: Application) -> dict[str, str | None]:
    names = ("submitted_at", "confirmed_at", "withdrawn_at", "decided_on", "decision_recorded_at")
    values = {name: getattr(application, name) for name in names}
    return {name: value.isoformat() if value else None for name, value in values.items()}


def _texts(application: Application) -> list[dict[str, Any]]:
    versions = application.text_versions.select_related("text")
    return [
        {
            "kind": version.text.kind,
            "title": version.text.title,
            "version": version.text.version,
            "hash": version.text.content_hash,
        }
        for version in versions
    ]


def _decision(application: Application) -> dict[str, Any] | None:
    """Return result and day, nothing about how the board came to it; None before the applicant is told."""
    if not application.is_decided or application.decided_on is None:
        return None
    return {"result": application.state, "decided_on": application.decided_on.isoformat()}


def _letters(application: Application) -> list[dict[str, Any]]:
    return [
        {"what": str(MAILS[letter.kind]), "sent_on": plain(letter.sent_on), "cancelled_at": plain(letter.cancelled_at)}
        for letter in told_letters(application)
    ]


def _records(application: Application) -> dict[str, list[dict[str, Any]]]:
    """Return every stored row under the name of its table, with the fields the catalogue lets the applicant read."""
    records: dict[str, list[dict[str, Any]]] = {}
    for row in stored_rows(application):
        records.setdefault(row.model, []).append({field.name: field.value for field in row.fields})
    return records
