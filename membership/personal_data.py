"""What is held about applicants and those who confirm an application."""

from django.utils.translation import gettext_lazy as _

from membership.models.draft import RETENTION
from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal

APPLICANTS = _("Antragstellende")
STAFF = (Reader.OFFICE, Reader.BOARD, Reader.TECHNICIANS)
# An unconfirmed application goes by a rule of its own; an admitted one stays as long as the membership.
CLOSED = "closed_applications"


def declare() -> None:
    """Declare every table of this room."""
    _declare_application()
    _declare_drafts()
    _declare_papers()
    _declare_files()
    _declare_signatures()
    _declare_completion()
    _declare_decisions()
    declare_not_personal("membership.MembershipPage", reason="content of the site, published by editors")


def _declare_application() -> None:
    declare_personal(
        "membership.Application",
        ("folded_name", "email", "answers", "kind", "membership_type", "language", "channel"),
        subjects=APPLICANTS,
        purpose=_("Über die Aufnahme entscheiden und darüber Nachricht geben"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="",
    )
    declare_personal(
        "membership.Application",
        ("reference", "applicant_name", "dues_base", "own_amount", "payment_way"),
        subjects=APPLICANTS,
        purpose=_("Wissen, wessen Antrag es ist; Beitrag berechnen und einziehen"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF, Reader.TREASURY),
        belongs_to="",
    )
    declare_personal(
        "membership.Application",
        (
            "state",
            "content_hash",
            "edition",
            "submitted_at",
            "confirmation_sent_at",
            "email_corrected_at",
            "confirmed_at",
            "received_on",
            "clock_started_at",
            "clock_paused_at",
            "withdrawn_at",
            "decided_on",
            "decision_recorded_at",
            "told_at",
        ),
        subjects=APPLICANTS,
        purpose=_("Nachweisen, was wann erklärt und entschieden wurde"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="",
    )
    declare_personal(
        "membership.Application",
        ("decided_by",),
        subjects=_("Mitglieder des Vorstands"),
        purpose=_("Nachweisen, wer die Entscheidung eingetragen hat"),
        basis=Basis.INTEREST,
        retention=CLOSED,
        readers=STAFF,
    )
    declare_personal(
        "membership.FormerAddress",
        ("email", "replaced_at"),
        subjects=APPLICANTS,
        purpose=_("Der bisherigen Adresse mitteilen, dass sie ersetzt wurde"),
        basis=Basis.INTEREST,
        retention="former_addresses",
        readers=(Reader.APPLICANT,),
        belongs_to="application",
    )
    declare_not_personal(
        "membership.Application",
        ("submission_key", "receipt_generation", "confirmation_generation", "status_generation"),
        reason="keys and counters of forms and links; they name nobody outside the portal",
    )


def _declare_drafts() -> None:
    declare_personal(
        "membership.ApplicationDraft",
        ("payload", "created_at", "saved_at", "submitted_at"),
        subjects=APPLICANTS,
        purpose=_("Einen Antrag später weiter ausfüllen; verschlüsselt gespeichert, für niemanden sonst zu lesen"),
        basis=Basis.CONTRACT,
        retention=RETENTION,
        readers=(Reader.APPLICANT,),
        belongs_to="application",
    )
    declare_not_personal(
        "membership.ApplicationDraft",
        ("key", "generation", "mails_sent"),
        reason="keys and counters of forms and links",
    )


def _declare_papers() -> None:
    declare_personal(
        "membership.SepaMandate",
        ("account_holder", "iban", "mandate_reference"),
        subjects=_("Kontoinhaberinnen und Kontoinhaber"),
        purpose=_("Beitrag per Lastschrift einziehen; verschlüsselt gespeichert, verdeckt angezeigt"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, Reader.TREASURY),
        belongs_to="application",
    )
    declare_not_personal(
        "membership.SepaMandate", ("creditor_identifier",), reason="the association's creditor identifier"
    )
    declare_personal(
        "membership.ReceiptRecord",
        ("form", "edition", "received_on", "recorded_at"),
        subjects=APPLICANTS,
        purpose=_("Nachweisen, dass der unterschriebene Antrag eingegangen ist"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    declare_personal(
        "membership.ReceiptRecord",
        ("recorded_by",),
        subjects=_("Personen mit Zugang"),
        purpose=_("Nachweisen, wer den Eingang eingetragen hat"),
        basis=Basis.INTEREST,
        retention=CLOSED,
        readers=STAFF,
    )


def _declare_files() -> None:
    declare_personal(
        "membership.Attachment",
        ("file_name", "sha256", "size", "page_count", "source", "uploaded_at", "superseded_at"),
        subjects=APPLICANTS,
        purpose=_("Den unterschriebenen Antrag prüfen; ersetzte Dateien werden nach eigener Frist gelöscht"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    declare_personal(
        "membership.Attachment",
        ("uploaded_by",),
        subjects=_("Personen mit Zugang"),
        purpose=_("Nachweisen, wer die Datei hochgeladen hat"),
        basis=Basis.INTEREST,
        retention=CLOSED,
        readers=STAFF,
    )


def _declare_signatures() -> None:
    declare_personal(
        "membership.CoSignature",
        (
            "name",
            "folded_name",
            "function",
            "position",
            "channel",
            "present",
            "signed_on",
            "recorded_at",
            "content_hash",
            "declaration",
            "invited_at",
            "reminded_at",
            "declined_at",
            "revoked_at",
            "voided_at",
        ),
        subjects=_("Mitunterzeichnende"),
        purpose=_("Nachweisen, dass fünf Personen den Antrag des Zusammenschlusses bestätigen"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.SUBJECT, Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    declare_personal(
        "membership.CoSignature",
        ("email",),
        subjects=_("Mitunterzeichnende"),
        purpose=_("Um die Bestätigung bitten"),
        basis=Basis.CONTRACT,
        retention="cosignatory_emails",
        readers=(Reader.SUBJECT, Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    declare_personal(
        "membership.CoSignature",
        ("recorded_by",),
        subjects=_("Personen mit Zugang"),
        purpose=_("Nachweisen, wer die Unterschrift eingetragen hat"),
        basis=Basis.INTEREST,
        retention=CLOSED,
        readers=STAFF,
    )
    declare_not_personal(
        "membership.CoSignature",
        ("generation", "changed_generation"),
        reason="how many links were sent; they name nobody",
    )


def _declare_completion() -> None:
    declare_personal(
        "membership.CompletionRequest",
        ("points", "message", "asked_at", "answer", "answered_at"),
        subjects=APPLICANTS,
        purpose=_("Fehlende Angaben und Unterlagen erbitten"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    declare_personal(
        "membership.CheckedLine",
        ("code", "checked_at"),
        subjects=APPLICANTS,
        purpose=_("Nachweisen, dass der Antrag vollständig ist"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=STAFF,
        belongs_to="application",
    )
    for model, field in (
        ("CompletionRequest", "asked_by"),
        ("CompletionRequest", "answered_by"),
        ("CheckedLine", "checked_by"),
    ):
        declare_personal(
            f"membership.{model}",
            (field,),
            subjects=_("Personen mit Zugang"),
            purpose=_("Nachweisen, wer geprüft, gefragt und eingetragen hat"),
            basis=Basis.INTEREST,
            retention=CLOSED,
            readers=STAFF,
        )


def _declare_decisions() -> None:
    """Declare resolutions, votes, notes, members and letters."""
    register = _("solange der Verein besteht: das Verzeichnis der Beschlüsse")
    declare_personal(
        "membership.BoardDecision",
        ("reference", "state", "outcome", "opened_at", "closes_at", "closed_at", "decided_on", "protocol_reference"),
        subjects=APPLICANTS,
        purpose=_("Nachweisen, was der Vorstand wann beschlossen hat"),
        basis=Basis.INTEREST,
        retention=register,
        readers=STAFF,
    )
    declare_personal(
        "membership.BoardDecision",
        ("opened_by", "present"),
        subjects=_("Mitglieder des Vorstands"),
        purpose=_("Nachweisen, wer am Beschluss beteiligt war"),
        basis=Basis.INTEREST,
        retention=register,
        readers=STAFF,
    )
    declare_not_personal(
        "membership.BoardDecision",
        ("way", "rules", "extensions", "year", "number", "members", "yes", "no", "abstain", "conflict"),
        reason="figures and rules of a vote",
    )
    declare_personal(
        "membership.BoardDecision_present",
        ("user",),
        subjects=_("Mitglieder des Vorstands"),
        purpose=_("Nachweisen, wer am Beschluss beteiligt war"),
        basis=Basis.INTEREST,
        retention=register,
        readers=STAFF,
    )
    declare_personal(
        "membership.Ballot",
        ("voter", "vote", "cast_at"),
        subjects=_("Mitglieder des Vorstands"),
        purpose=_("Stimmen zählen und nachweisen"),
        basis=Basis.INTEREST,
        retention=register,
        readers=(Reader.BOARD, Reader.TECHNICIANS),
    )
    declare_personal(
        "membership.BoardNote",
        ("text", "written_at"),
        subjects=APPLICANTS,
        purpose=_("Die Entscheidung im Vorstand vorbereiten"),
        basis=Basis.INTEREST,
        retention=CLOSED,
        readers=(Reader.BOARD, Reader.TECHNICIANS),
        belongs_to="application",
    )
    declare_personal(
        "membership.Member",
        ("number", "kind", "membership_type", "since"),
        subjects=_("Mitglieder"),
        purpose=_("Das Mitgliederverzeichnis führen"),
        basis=Basis.CONTRACT,
        retention=_("solange die Mitgliedschaft besteht"),
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    declare_not_personal("membership.NumberSeries", reason="which number comes next")
    declare_personal(
        "membership.Letter",
        ("kind", "created_at", "not_before", "sent_on", "cancelled_at"),
        subjects=APPLICANTS,
        purpose=_("Antragstellenden ohne E-Mail-Adresse mit der Post schreiben"),
        basis=Basis.CONTRACT,
        retention=CLOSED,
        readers=(Reader.APPLICANT, *STAFF),
        belongs_to="application",
    )
    for model, field in (("BoardNote", "written_by"), ("Letter", "sent_by")):
        declare_personal(
            f"membership.{model}",
            (field,),
            subjects=_("Personen mit Zugang"),
            purpose=_("Nachweisen, wer notiert und verschickt hat"),
            basis=Basis.INTEREST,
            retention=CLOSED,
            readers=STAFF,
        )
    declare_not_personal("membership.VotingRules", reason="the association's rules")
