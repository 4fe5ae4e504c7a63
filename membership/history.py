"""What has happened to an application, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership.enums import CompletenessCode
from membership.mail_kinds import ADDRESS_MAILS, COSIGNER_MAILS, MAILS
from membership.models import Application
from portal.mailing.models import QueuedMail, QueuedMailQuerySet
from portal.privacy import audit
from portal.privacy.models import AuditEntry, AuditEntryQuerySet

ACTIONS = {
    "application_submitted": gettext_lazy("Antrag gestellt"),
    "application_entered": gettext_lazy("Antrag auf Papier erfasst"),
    "application_confirmed": gettext_lazy("E-Mail-Adresse bestätigt"),
    "confirmation_resent": gettext_lazy("Bestätigungslink erneut geschickt"),
    "email_corrected": gettext_lazy("E-Mail-Adresse berichtigt"),
    "email_changed": gettext_lazy("E-Mail-Adresse geändert, frühere Links ungültig"),
    "application_corrected": gettext_lazy("Angaben berichtigt"),
    "original_recorded": gettext_lazy("Eingang des unterschriebenen Antrags eingetragen"),
    "signature_recorded": gettext_lazy("Unterschrift eingetragen"),
    "line_checked": gettext_lazy("Punkt geprüft"),
    "completion_requested": gettext_lazy("Rückfrage gestellt, Frist angehalten"),
    "completion_answered": gettext_lazy("Rückfrage beantwortet, Frist läuft weiter"),
    "application_ready": gettext_lazy("Antrag ist beschlussreif"),
    "application_reopened": gettext_lazy("Antrag ist nicht mehr beschlussreif"),
    "application_withdrawn": gettext_lazy("Antrag zurückgezogen"),
    "attachment_added": gettext_lazy("Datei hochgeladen"),
    "attachment_viewed": gettext_lazy("Datei angesehen"),
    "attachment_downloaded": gettext_lazy("Datei im Original geöffnet"),
    "attachment_deleted": gettext_lazy("Datei gelöscht"),
    "cosigners_invited": gettext_lazy("Mitunterzeichnende eingeladen"),
    "cosigner_added": gettext_lazy("Mitunterzeichnende Person ergänzt"),
    "cosigner_replaced": gettext_lazy("Mitunterzeichnende Person ersetzt oder berichtigt"),
    "cosigner_reminded": gettext_lazy("Mitunterzeichnende Person erinnert"),
    "invitation_resent": gettext_lazy("Einladung erneut geschickt"),
    "invitation_revoked": gettext_lazy("Einladung zurückgenommen"),
    "cosignature_confirmed": gettext_lazy("Antrag digital bestätigt"),
    "cosignature_declined": gettext_lazy("digitale Bestätigung abgelehnt"),
    "confirmations_voided": gettext_lazy("Bestätigungen durch Änderung des Antrags ungültig"),
    "vote_opened": gettext_lazy("Abstimmung eröffnet"),
    "ballot_cast": gettext_lazy("Stimme abgegeben"),
    "vote_extended": gettext_lazy("Abstimmung verlängert"),
    "vote_cancelled": gettext_lazy("Abstimmung abgebrochen"),
    "vote_failed": gettext_lazy("Abstimmung ohne Beschluss beendet"),
    "meeting_recorded": gettext_lazy("Ergebnis einer Sitzung eingetragen"),
    "member_admitted": gettext_lazy("Als Mitglied aufgenommen"),
    "decision_reversed": gettext_lazy("Entscheidung rückgängig gemacht"),
    "board_note_written": gettext_lazy("Notiz des Vorstands geschrieben"),
    "extract_opened": gettext_lazy("Auszug für das Protokoll geöffnet"),
    "letter_printed": gettext_lazy("Brief gedruckt"),
    "letter_posted": gettext_lazy("Brief verschickt"),
    "application_accepted": gettext_lazy("Antrag angenommen"),
    "application_rejected": gettext_lazy("Antrag abgelehnt"),
    "application_opened": gettext_lazy("Antrag angesehen"),
    "application_pdf_opened": gettext_lazy("Antrag als PDF geöffnet"),
    "access_exported": gettext_lazy("Liste der Zugriffe geöffnet"),
    "member_dues_opened": gettext_lazy("Beitrag und Zahlungsweise angesehen"),
    "bank_data_unmasked": gettext_lazy("Bankdaten unverdeckt angesehen"),
}
TOLD_APPLICANTS = frozenset(
    {
        "application_submitted",
        "application_confirmed",
        "email_corrected",
        "email_changed",
        "application_corrected",
        "original_recorded",
        "signature_recorded",
        "cosigners_invited",
        "cosignature_confirmed",
        "cosignature_declined",
        "confirmations_voided",
        "attachment_added",
        "completion_requested",
        "completion_answered",
        "application_ready",
        "application_withdrawn",
        "application_accepted",
        "application_rejected",
    }
)
"""What the status page tells; who looked at the application, and who voted, is not the applicant's business there."""
FOLLOW_ADMISSION = frozenset({"member_dues_opened", "bank_data_unmasked"})
"""What is possible only with a member: telling of it tells that the application was accepted."""
BOARD_ALONE = frozenset({"ballot_cast", "board_note_written"})
"""Who has voted and who wrote a note is the board's alone, as the votes and the notes are."""
BY_THE_PORTAL = frozenset(
    {
        "vote_extended",
        "vote_failed",
        "cosigner_reminded",
        "application_accepted",
        "application_rejected",
        "member_admitted",
    }
)
"""What the worker does, or what follows from a count of votes; where a meeting decided, somebody entered it."""


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    at: datetime
    what: str
    who: str


@dataclass(frozen=True)
class MailLine:
    """One mail and where it stands."""

    what: str
    state: str
    at: datetime


def history_of(application: Application, *, for_board: bool = False) -> list[Event]:
    """Return everything on record, oldest first; what the board does among itself only ``for_board``."""
    entries = audit.entries_of(application).exclude(action__in=() if for_board else BOARD_ALONE)
    return [Event(entry.at, words_for(entry), actor_of(entry)) for entry in entries]


def told_to_applicant(application: Application) -> list[Event]:
    """Return what the status page tells, newest first and without the names of who acted."""
    return [Event(entry.at, words_for(entry), "") for entry in told_entries(application).reverse()]


def told_entries(application: Application, *, more: frozenset[str] = frozenset()) -> AuditEntryQuerySet:
    """Return the entries the applicant may know, oldest first: the status page's, and those of the actions ``more``.

    ``application`` is taken as it is told (``views.status.as_told``).
    """
    entries = audit.entries_of(application).filter(action__in=TOLD_APPLICANTS | more)
    # Decisions that were taken back, or still can be, are not told, nor what only an admission makes possible.
    decided: dict[str, Any] = {"action__in": {"application_accepted", "application_rejected", *FOLLOW_ADMISSION}}
    if application.is_decided:
        decided["at__lt"] = application.decision_recorded_at
    return entries.exclude(**decided)


def actor_of(entry: AuditEntry) -> str:
    """Return who did it; what nobody did in the admin was done by the portal itself or online by the applicant."""
    if entry.actor_id:
        return str(entry.actor)
    return _("automatisch") if entry.action in BY_THE_PORTAL else _("online")


def words_for(entry: AuditEntry) -> str:
    """Return an entry as a sentence without personal data."""
    words = str(ACTIONS.get(entry.action, entry.action))
    if position := entry.details.get("position"):
        words += " – " + _("Zeile %(number)s") % {"number": position}
        words += ", " + _("nicht unterschrieben") if entry.details.get("present") is False else ""
    if line := entry.details.get("line"):
        words += " – " + str(dict(CompletenessCode.choices).get(line, line))
        words += "" if entry.details.get("done") else ", " + _("zurückgenommen")
    if resolution := entry.details.get("resolution"):
        words += f" – {resolution}"
    days = ("received_on", "decided_on", "closes_on", "held_on")
    if day := next((entry.details[name] for name in days if entry.details.get(name)), None):
        words += " – " + date_format(date.fromisoformat(day), "j. F Y")
    return words


def mails_of(application: Application) -> Iterable[MailLine]:
    """Return the mails about the application, oldest first."""
    return mail_lines(queued_mails_of(application))


def queued_mails_of(application: Application) -> QueuedMailQuerySet:
    """Return what lies in the queue about the application, its co-signatories and former addresses, oldest first."""
    own = Q(kind__in=MAILS, object_id=application.pk)
    rows = application.cosignatures.values_list("pk", flat=True)
    addresses = application.former_addresses.values_list("pk", flat=True)
    others = Q(kind__in=COSIGNER_MAILS, object_id__in=rows) | Q(kind__in=ADDRESS_MAILS, object_id__in=addresses)
    queued = QueuedMail.objects.filter(own | others)
    return queued.order_by("created_at", "pk")


def mail_lines(queued: QueuedMailQuerySet) -> list[MailLine]:
    """Return mails in words."""
    labels = {**MAILS, **COSIGNER_MAILS, **ADDRESS_MAILS}
    return [
        MailLine(str(labels[mail.kind]), mail.get_state_display(), mail.sent_at or mail.created_at) for mail in queued
    ]
