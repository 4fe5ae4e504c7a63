"""What the rooms that stand side by side, and the libraries below them, hold about people (see the catalogue)."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal

STAFF = _("Personen mit Zugang")
WITH_ACCOUNT = _("Solange es den Zugang gibt")
WITH_CONTENT = _("So lange wie der Inhalt, an dem gearbeitet wurde")
EDITING = _("Nachvollziehen, wer an einer Seite gearbeitet hat")

# Who worked on which content, in the tables of Wagtail and of the translation tool.
EDITORIAL_TRACES = {
    "wagtailcore.Page": ("owner", "locked_by"),
    "wagtailcore.Revision": ("user",),
    "wagtailcore.ModelLogEntry": ("user",),
    "wagtailcore.PageLogEntry": ("user",),
    "wagtailcore.TaskState": ("finished_by", "comment"),
    "wagtailcore.WorkflowState": ("requested_by",),
    "wagtailcore.Comment": ("user", "resolved_by", "text"),
    "wagtailcore.CommentReply": ("user", "text"),
    "wagtailcore.UploadedFile": ("uploaded_by_user",),
    "wagtaildocs.Document": ("uploaded_by_user",),
    "wagtailimages.Image": ("uploaded_by_user",),
    "wagtail_localize.StringTranslation": ("last_translated_by",),
    "wagtail_localize.SegmentOverride": ("last_translated_by",),
}
CONTENT_TABLES = (
    "wagtailcore.Locale",
    "wagtailcore.Site",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.Collection",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowTask",
    "wagtailcore.Task",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.GroupApprovalTask",
    "wagtailredirects.Redirect",
    "wagtailembeds.Embed",
    "wagtailimages.Rendition",
    "wagtailsearch.IndexEntry",
    "wagtail_localize.TranslatableObject",
    "wagtail_localize.TranslationSource",
    "wagtail_localize.Translation",
    "wagtail_localize.TranslationLog",
    "wagtail_localize.String",
    "wagtail_localize.TranslationContext",
    "wagtail_localize.Template",
    "wagtail_localize.StringSegment",
    "wagtail_localize.RelatedObjectSegment",
    "wagtail_localize.TemplateSegment",
    "wagtail_localize.OverridableSegment",
    "taggit.Tag",
    "taggit.TaggedItem",
)
# Wagtail's search keeps a table of its own on SQLite alone.
SQLITE_TABLE = "wagtailsearch.SQLiteFTSIndexEntry"
MACHINERY = ("auth.Permission", "auth.Group", "contenttypes.ContentType", "delivery.ContentVersion")


def declare() -> None:
    """Declare everything; called once, when the project is ready."""
    _declare_association()
    _declare_mailing()
    _declare_wagtail()
    _declare_django()


def _declare_association() -> None:
    declare_personal(
        "association.BoardTerm",
        ("user", "function", "starts_on", "ends_on"),
        subjects=_("Mitglieder des Vorstands"),
        purpose=_("Festhalten, wer in welcher Zeit über Aufnahmen entscheiden darf"),
        basis=Basis.INTEREST,
        retention=_("Dauernd: Beschlüsse müssen auch später einer Amtszeit zugeordnet werden können"),
        readers=(Reader.BOARD, Reader.TECHNICIANS),
    )
    declare_personal(
        "association.AssociationSettings",
        ("representatives", "responsible_for_content"),
        subjects=_("vertretungsberechtigte und verantwortliche Personen"),
        purpose=_("Angaben im Impressum"),
        basis=Basis.DUTY,
        retention=_("Bis jemand anderes das Amt hat"),
        readers=(Reader.PUBLIC,),
    )
    declare_not_personal(
        "association.AssociationSettings",
        ("email", "office_email", "board_email"),
        reason="addresses of the association's posts, not of persons",
    )
    declare_not_personal("association.AssociationSettings", reason="the association's own particulars and rules")
    declare_not_personal("association.LegalText", reason="texts of the association")


def _declare_mailing() -> None:
    declare_personal(
        "mailing.QueuedMail",
        ("kind", "object_id", "state", "attempts", "created_at", "sent_at"),
        subjects=_("Personen, die eine E-Mail vom Portal bekommen"),
        purpose=_("E-Mails sicher zustellen; welche Art, zu welchem Vorgang, wann. Weder Adresse noch Text"),
        basis=Basis.INTEREST,
        retention="logs_mails",
        readers=(Reader.OFFICE, Reader.BOARD, Reader.TECHNICIANS),
    )
    declare_personal(
        "mailing.QueuedMail",
        ("reached",),
        subjects=_("Personen, die eine E-Mail vom Portal bekommen"),
        purpose=_(
            "Geht eine E-Mail an mehrere und fehlt noch jemand: Prüfwerte der Adressen, die sie schon haben, damit sie "
            "niemand zweimal bekommt"
        ),
        basis=Basis.INTEREST,
        retention=_("Bis alle die E-Mail haben, sonst so lange wie die Zeile"),
        readers=(Reader.NOBODY,),
    )
    declare_not_personal(
        "mailing.QueuedMail",
        ("next_attempt_at", "claimed_at", "error", "resent"),
        reason="how the sending went; errors by their class only",
    )
    declare_personal(
        "mailing.MailText",
        ("updated_by",),
        subjects=STAFF,
        purpose=_("Nachvollziehen, wer den Text einer E-Mail geändert hat"),
        basis=Basis.INTEREST,
        retention=_("So lange wie der geänderte Text"),
        readers=(Reader.OFFICE, Reader.BOARD, Reader.TECHNICIANS),
    )
    declare_not_personal("mailing.MailText", reason="texts of the association, with placeholders only")
    declare_not_personal("mailing.PeriodicRun", reason="when the portal's own jobs ran")
    declare_not_personal("mailing.WorkerHeartbeat", reason="a sign of life of the portal's own worker")


def _declare_wagtail() -> None:
    for model, fields in EDITORIAL_TRACES.items():
        declare_personal(
            model,
            fields,
            subjects=STAFF,
            purpose=EDITING,
            basis=Basis.INTEREST,
            retention=WITH_CONTENT,
            readers=(Reader.EDITORS, Reader.TECHNICIANS),
        )
        declare_not_personal(model, reason="content of the site and when it changed")
    for model, fields in {
        "wagtailadmin.EditingSession": ("user", "last_seen_at"),
        "wagtailadmin.FormState": ("user", "data", "last_updated_at"),
        "wagtailcore.PageSubscription": ("user",),
        "wagtailusers.UserProfile": ("avatar", "preferred_language", "current_time_zone"),
        "wagtailcore.APIToken": ("name", "created", "revoked_at", "last_used_at"),
    }.items():
        declare_personal(
            model,
            fields,
            subjects=STAFF,
            purpose=_("Bedienung der Verwaltung: Einstellungen, offene Bearbeitungen, Benachrichtigungen"),
            basis=Basis.INTEREST,
            retention=WITH_ACCOUNT,
            readers=(Reader.SUBJECT, Reader.TECHNICIANS),
        )
    declare_personal(
        "wagtailcore.APIToken",
        ("user", "key_hash", "prefix"),
        subjects=STAFF,
        purpose=_("Wird vom Portal nicht benutzt; die Tabelle gehört zu Wagtail und bleibt leer"),
        basis=Basis.INTEREST,
        retention=WITH_ACCOUNT,
        readers=(Reader.NOBODY,),
    )
    declare_personal(
        "wagtailusers.UserProfile",
        ("user",),
        subjects=STAFF,
        purpose=_("Zuordnung der Einstellungen zum Zugang"),
        basis=Basis.INTEREST,
        retention=WITH_ACCOUNT,
        readers=(Reader.NOBODY,),
    )
    for model in ("wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailcore.PageSubscription"):
        declare_not_personal(model, reason="which content is being edited")
    declare_not_personal("wagtailusers.UserProfile", reason="how the admin looks to the person; no data about them")
    for model in CONTENT_TABLES:
        declare_not_personal(model, reason="content of the site, published by editors")
    if connection.vendor == "sqlite":
        declare_not_personal(SQLITE_TABLE, reason="content of the site, published by editors")


def _declare_django() -> None:
    declare_personal(
        "sessions.Session",
        ("session_key", "session_data", "expire_date"),
        subjects=_("Personen mit Zugang; wer ein Formular ausfüllt"),
        purpose=_("Anmeldung und Formulare: die Sitzung zusammenhalten"),
        basis=Basis.INTEREST,
        retention=_("Bis zur Abmeldung, sonst 14 Tage"),
        readers=(Reader.NOBODY,),
    )
    declare_personal(
        "admin.LogEntry",
        ("user",),
        subjects=STAFF,
        purpose=_("Wird vom Portal nicht benutzt; die Tabelle gehört zu Django und bleibt leer"),
        basis=Basis.INTEREST,
        retention=WITH_ACCOUNT,
        readers=(Reader.NOBODY,),
    )
    declare_not_personal("admin.LogEntry", reason="Django's own admin is not in use")
    for model in MACHINERY:
        declare_not_personal(model, reason="the portal's own machinery")
