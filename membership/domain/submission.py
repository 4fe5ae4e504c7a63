"""Submitting: from a checked application to a stored one."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from membership.answers import name_without_title
from membership.domain.checked import CheckedApplication
from membership.domain.drafts import close_draft
from membership.enums import ApplicationState
from membership.fingerprint import content_hash
from membership.mail_kinds import CONFIRM
from membership.models import Application, ApplicationText, CoSignature, SepaMandate
from membership.models.signature import fold_name
from portal.mailing.queue import queue_mail
from portal.privacy import audit


def submit_application(checked: CheckedApplication, *, key: str) -> Application:
    """Store what was checked with the versions it was shown with, and queue the mail with the confirmation link.

    ``key`` belongs to one filled form: however often and however simultaneously it is submitted, there is one
    application and one mail; every call returns it. A draft of that key is emptied with it.
    """
    return stored_once(key, lambda: _submit(checked, key))


def stored_once(key: str, store: Callable[[], Application]) -> Application:
    """Return the application of ``key``, which ``store`` makes in one transaction unless it is there."""
    if stored := Application.objects.filter(submission_key=key).first():
        return stored
    try:
        with transaction.atomic():
            return store()
    except IntegrityError:
        # Another request with the same form was faster; anything else that breaks a constraint is an error.
        if stored := Application.objects.filter(submission_key=key).first():
            return stored
        raise


def _submit(checked: CheckedApplication, key: str) -> Application:
    now = timezone.now()
    application = store_application(
        checked, key, state=ApplicationState.UNCONFIRMED, submitted_at=now, confirmation_sent_at=now
    )
    audit.record(application, "application_submitted", kind=checked.kind, membership_type=checked.membership_type)
    queue_mail(CONFIRM, application.pk)
    close_draft(key)
    return application


def store_application(checked: CheckedApplication, key: str, **standing: Any) -> Application:
    """Write the rows of an application, in the caller's transaction; ``standing`` are its state and dates."""
    application = Application.objects.create(
        kind=checked.kind,
        membership_type=checked.membership_type,
        channel=checked.channel,
        language=checked.language,
        applicant_name=checked.applicant_name,
        folded_name=fold_name(name_without_title(checked.kind, checked.answers)),
        email=checked.email,
        answers=dict(checked.answers),
        dues_order=checked.dues_order,
        dues_rate=checked.dues_rate,
        dues_base=checked.dues_base,
        own_amount=checked.own_amount,
        payment_way=checked.payment_way,
        content_hash=content_hash(checked),
        submission_key=key,
        **standing,
    )
    ApplicationText.objects.bulk_create(ApplicationText(application=application, text=text) for text in checked.texts)
    CoSignature.objects.bulk_create(_cosignatures(application, checked))
    if checked.mandate:
        SepaMandate.objects.create(
            application=application,
            account_holder=checked.mandate.account_holder,
            iban=checked.mandate.iban,
            creditor_identifier=checked.mandate.creditor_identifier,
        )
    return application


def _cosignatures(application: Application, checked: CheckedApplication) -> list[CoSignature]:
    return [
        CoSignature(
            application=application,
            position=position,
            name=row["name"],
            folded_name=fold_name(row["name"]),
            function=row.get("function", ""),
            email=row.get("email", ""),
        )
        for position, row in enumerate(checked.cosigners, start=1)
    ]
