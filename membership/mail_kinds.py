"""The names of membership's mails in the queue, each also that of its shipped texts; and their labels."""

from django.utils.translation import gettext_lazy

DRAFT_LINK = "application_draft_link"
CORRECTED = "application_corrected"
CORRECTION_NOTICE = "correction_notice"
WITHDRAWN = "application_withdrawn"
WITHDRAWAL_NOTICE = "withdrawal_notice"
CONFIRM = "application_confirm"
EMAIL_CHANGED = "application_email_changed"
RECEIVED = "application_received"
ACCEPTED = "application_accepted"
REJECTED = "application_rejected"
OFFICE_NOTICE = "office_notice"
BOARD_NOTICE = "board_notice"
COMPLETION_REQUEST = "application_completion"
VOTE_OPENED = "vote_opened"
VOTE_EXTENDED = "vote_extended"
VOTE_CLOSED = "vote_closed"
DECISION_REVERSED = "decision_reversed"
ANSWER_NOTICE = "answer_notice"
UPLOAD_NOTICE = "upload_notice"

COSIGNER_INVITED = "cosigner_invited"
COSIGNER_REMINDED = "cosigner_reminded"
COSIGNER_CHANGED = "cosigner_changed"
COSIGNER_DECLINED = "cosigner_declined"
DECLINED_NOTICE = "declined_notice"
SIGNATURES_NOTICE = "signatures_notice"
COSIGNATURES_COMPLETE = "cosignatures_complete"
CONFIRMATIONS_VOIDED = "confirmations_voided"
FORMER_ADDRESS = "former_address"

MAILS = {
    CONFIRM: gettext_lazy("Link zur Bestätigung der E-Mail-Adresse"),
    RECEIVED: gettext_lazy("Bestätigung des Eingangs"),
    CORRECTED: gettext_lazy("Nachricht über die Berichtigung"),
    CORRECTION_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle: Angaben berichtigt"),
    EMAIL_CHANGED: gettext_lazy("Neuer Link an die neue E-Mail-Adresse"),
    WITHDRAWN: gettext_lazy("Bestätigung, dass der Antrag zurückgezogen ist"),
    WITHDRAWAL_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle: Antrag zurückgezogen"),
    OFFICE_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle"),
    COMPLETION_REQUEST: gettext_lazy("Rückfrage"),
    ANSWER_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle: Antwort auf die Rückfrage"),
    VOTE_OPENED: gettext_lazy("Hinweis an den Vorstand: Abstimmung eröffnet"),
    VOTE_EXTENDED: gettext_lazy("Hinweis an den Vorstand: Abstimmung verlängert"),
    VOTE_CLOSED: gettext_lazy("Hinweis: Abstimmung beendet"),
    DECISION_REVERSED: gettext_lazy("Hinweis: Entscheidung rückgängig gemacht"),
    BOARD_NOTICE: gettext_lazy("Hinweis an den Vorstand"),
    UPLOAD_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle: Scan eingegangen"),
    ACCEPTED: gettext_lazy("Nachricht über die Aufnahme"),
    REJECTED: gettext_lazy("Nachricht über die Ablehnung"),
    DECLINED_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle: Bestätigung abgelehnt"),
    SIGNATURES_NOTICE: gettext_lazy("Hinweis an die Geschäftsstelle: fünf Bestätigungen"),
    COSIGNATURES_COMPLETE: gettext_lazy("Nachricht, dass fünf Personen bestätigt haben"),
    CONFIRMATIONS_VOIDED: gettext_lazy("Nachricht, dass Bestätigungen nicht mehr gelten"),
}
"""Mails about an application, with their labels."""
COSIGNER_MAILS = {
    COSIGNER_INVITED: gettext_lazy("Bitte um Bestätigung"),
    COSIGNER_REMINDED: gettext_lazy("Erinnerung an die Bestätigung"),
    COSIGNER_CHANGED: gettext_lazy("Bitte um neue Bestätigung nach einer Änderung"),
    COSIGNER_DECLINED: gettext_lazy("Nachricht, dass eine Person nicht bestätigt"),
}
"""Mails about a row of co-signatories, to its person or to the contact: their key is the row's."""
ADDRESS_MAILS = {FORMER_ADDRESS: gettext_lazy("Hinweis an die bisherige E-Mail-Adresse")}
"""Mails about an address that was replaced: their key is that row's."""
LETTER_TEXTS = {
    RECEIVED: "letter_received",
    CORRECTED: "letter_corrected",
    COMPLETION_REQUEST: "letter_completion",
}
"""Messages whose mail leads to the secret page: a letter, which the office prints, has words of its own without it."""
OUTCOMES = (ACCEPTED, REJECTED, WITHDRAWN)
"""What tells the applicant how the application ended."""
LABELS = {DRAFT_LINK: gettext_lazy("Link zum Entwurf"), **MAILS, **COSIGNER_MAILS, **ADDRESS_MAILS}
"""What people read for each kind."""
