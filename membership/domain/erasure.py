"""Erasing an application: with everything that belongs to it, and with its traces in queue and log."""

from collections.abc import Iterator

from django.db import models, transaction

from membership.domain.errors import BecameMember, ErasureWaits
from membership.domain.locking import lock
from membership.domain.vote import cancel_open_vote
from membership.domain.waiting import is_reversible
from membership.enums import ApplicationState
from membership.models import Application
from portal.accounts.models import User
from portal.mailing.queue import forget_mails
from portal.privacy import audit
from portal.privacy.catalogue import personal_data
from portal.privacy.store import delete_files_of


def erase_application(application: Application, *, erased_by: User) -> None:
    """Erase the application at once, as Art. 17 GDPR demands; one line with its reference stays in the log.

    An open vote on it is broken off.

    Raises BecameMember: what a membership rests on is kept as long as the membership (Art. 17 (3) GDPR); and
    ErasureWaits while the board can take its decision back.
    """
    with transaction.atomic():
        locked = lock(application)
        if locked.state == ApplicationState.ACCEPTED:
            raise BecameMember
        if is_reversible(locked):
            raise ErasureWaits
        cancel_open_vote(locked, erased_by)
        remove_with_traces(locked, "application_erased", actor=erased_by)


def remove_with_traces(application: Application, action: str, *, actor: User | None = None) -> None:
    """Delete the locked application and everything that belongs to it, its mails and what the log says about it.

    What belongs to it is what the catalogue of personal fields says. The one line that stays is written last.
    """
    gone = Application(pk=application.pk, reference=application.reference)
    for row in belonging(application):
        audit.forget(row)
        forget_mails(row._meta.label, row.pk)
        delete_files_of(row)
    application.delete()
    audit.record(gone, action, actor=actor)


def belonging(application: Application) -> Iterator[models.Model]:
    """Yield the application and every row of the catalogue's tables that belongs to it."""
    yield application
    seen: set[type[models.Model]] = {Application}
    for entry in personal_data():
        if entry.belongs_to and entry.model_class not in seen:
            seen.add(entry.model_class)
            yield from entry.model_class._base_manager.filter(**{entry.belongs_to: application})
