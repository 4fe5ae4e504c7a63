"""What this room itself holds about people."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal


def declare() -> None:
    """Declare the audit log and the periods."""
    declare_personal(
        "privacy.AuditEntry",
        ("at", "actor", "action", "subject_id", "subject_reference", "details"),
        subjects=_("Personen mit Zugang; Antragstellende nur durch die Vorgangsnummer"),
        purpose=_("Nachweis, wer wann was getan oder angesehen hat (Art. 5 Abs. 2 DSGVO)"),
        basis=Basis.INTEREST,
        retention="logs_views",
        readers=(Reader.OFFICE, Reader.BOARD, Reader.TECHNICIANS),
    )
    declare_not_personal("privacy.RetentionPeriod", reason="how long the association keeps what")
