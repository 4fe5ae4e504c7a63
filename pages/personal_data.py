"""What pages and the contact form hold about people."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal

CONTENT_PAGES = (
    "AboutPage",
    "ActivitiesPage",
    "ContactPage",
    "LegalPage",
    "MeetingIndexPage",
    "MeetingPage",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
    "NetworkPage",
    "MeetingDownload",
    "NetworkPageDownload",
)


def declare() -> None:
    """Declare contact messages, speakers, and that pages are what editors publish."""
    declare_personal(
        "pages.ContactMessage",
        ("name", "email", "text", "created_at"),
        subjects=_("Personen, die über das Kontaktformular schreiben"),
        purpose=_("Die Nachricht an den Vorstand weiterleiten"),
        basis=Basis.INTEREST,
        retention=_("Bis die E-Mail beim Vorstand ist: gelöscht nach dem Senden; verschlüsselt gespeichert"),
        readers=(Reader.BOARD,),
    )
    declare_personal(
        "pages.MeetingSpeaker",
        ("name", "function", "field"),
        subjects=_("Referentinnen und Referenten"),
        purpose=_("Ankündigung von Arbeitstreffen"),
        basis=Basis.CONSENT,
        retention=_("Bis die Redaktion den Eintrag löscht, auf Wunsch sofort"),
        readers=(Reader.PUBLIC,),
    )
    declare_not_personal("pages.MeetingSpeaker", ("sort_order",), reason="the order of the entries")
    for name in CONTENT_PAGES:
        declare_not_personal(f"pages.{name}", reason="content of the site, published by editors")
