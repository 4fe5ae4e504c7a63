"""Everything the portal holds about one application, for the person it is about (Art. 15 and 20 GDPR).

Answers come from the one definition. Nothing is masked: it is the person's own.
"""

from typing import Any

from django.utils.translation import gettext as _

from dues.money import format_amount
from membership.answers import describe, value_of
from membership.definition import Storage
from membership.enums import Channel
from membership.fields import fields_for
from membership.models import Application
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
        "receipts": [
            {"form": receipt.form, "received_on": receipt.received_on.isoformat()}
            for receipt in application.receipts.all()
        ],
        "signatures": _signatures(application),
        "files": _files(application),
        "questions": _questions(application),
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
        "events": exported_events(application),
        "mails": exported_mails(application),
        "pdf_reference": _("Vorgang %(reference)s") % {"reference": application.reference},
    }


def _answers(application: Application) -> dict[str, Any]:
    """Return every answer under its field's name; what nobody answered is null.

    Co-signatories are told with their state, under a heading of their own.
    """
    fields = fields_for(ApplicantKind(application.kind), Channel(application.channel))
    asked = [field for field in fields if field.storage is not Storage.SIGNATURES]
    return {field.name: _plain(value_of(application, field)) for field in asked}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | list) else str(value)


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


def _signatures(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "position": row.position,
            "name": row.name,
            "function": row.function,
            "email": row.email,
            "channel": row.channel,
            "present": row.present,
            "signed_on": row.signed_on.isoformat() if row.signed_on else None,
        }
        for row in application.cosignatures.all()
    ]


def _files(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "uploaded_at": each.uploaded_at.isoformat(),
            "source": each.source,
            "pages": each.page_count,
            "bytes": each.size,
            "sha256": each.sha256,
        }
        for each in application.attachments.all()
    ]


def _questions(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "asked_at": request.asked_at.isoformat(),
            "points": request.points,
            "message": request.message,
            "answer": request.answer,
            "answered_at": request.answered_at.isoformat() if request.answered_at else None,
        }
        for request in application.completion_requests.all()
    ]
