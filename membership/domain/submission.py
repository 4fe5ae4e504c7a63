"""Submitting: from a checked draft to a stored application."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from membership.domain.draft import ApplicationDraft
from membership.enums import ApplicationState
from membership.fingerprint import content_hash
from membership.mail_kinds import CONFIRM
from membership.models import Application, ApplicationText, CoSignature, SepaMandate
from membership.models.signature import fold_name
from portal.mailing.queue import queue_mail
from portal.privacy import audit


def submit_application(draft: ApplicationDraft, *, key: str) -> Application:
    """Store the draft with the versions it was shown, and queue the mail with the confirmation link.

    ``key`` belongs to one filled form: however often and however simultaneously it is submitted, there is one
    application and one mail; every call returns it.
    """
    if stored := Application.objects.filter(submission_key=key).first():
        return stored
    try:
        with transaction.atomic():
            return _store(draft, key)
    except IntegrityError:
        # Another request with the same form was faster; anything else that breaks a constraint is an error.
        if stored := Application.objects.filter(submission_key=key).first():
            return stored
        raise


def _store(draft: ApplicationDraft, key: str) -> Application:
    now = timezone.now()
    application = Application.objects.create(
        kind=draft.kind,
        membership_type=draft.membership_type,
        channel=draft.channel,
        state=ApplicationState.UNCONFIRMED,
        language=draft.language,
        applicant_name=draft.applicant_name,
        email=draft.email,
        answers=dict(draft.answers),
        dues_order=draft.dues_order,
        dues_rate=draft.dues_rate,
        dues_base=draft.dues_base,
        own_amount=draft.own_amount,
        payment_way=draft.payment_way,
        content_hash=content_hash(draft),
        submission_key=key,
        submitted_at=now,
        confirmation_sent_at=now,
    )
    ApplicationText.objects.bulk_create(ApplicationText(application=application, text=text) for text in draft.texts)
    CoSignature.objects.bulk_create(_cosignatures(application, draft))
    if draft.mandate:
        SepaMandate.objects.create(
            application=application,
            account_holder=draft.mandate.account_holder,
            iban=draft.mandate.iban,
            creditor_identifier=draft.mandate.creditor_identifier,
        )
    audit.record(application, "application_submitted", kind=draft.kind, membership_type=draft.membership_type)
    queue_mail(CONFIRM, application.pk)
    return application


def _cosignatures(application: Application, draft: ApplicationDraft) -> list[CoSignature]:
    return [
        CoSignature(
            application=application,
            position=position,
            name=row["name"],
            folded_name=fold_name(row["name"]),
            function=row.get("function", ""),
            email=row.get("email", ""),
        )
        for position, row in enumerate(draft.cosigners, start=1)
    ]
