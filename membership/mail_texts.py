"""Which words editors may use in membership's mails and letters, and what stands in their place.

Mails to office and board have the reference and a link, nothing else: their list holds no other word.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from membership import mail_kinds as kinds
from portal.mailing.texts import Placeholder, Steps, TextKind, Value, Values, register_text

REFERENCE = Placeholder("vorgangsnummer", _("Vorgangsnummer des Antrags"), "LAG-2026-MUSTER")
SALUTATION = Placeholder("anrede", _("„Guten Tag“ mit dem Namen, wo es einen gibt"), "Guten Tag Mara Muster,")
SHORT_NAME = Placeholder("verein", _("Kurzname des Vereins"), "LAG Muster")
FULL_NAME = Placeholder("vereinsname", _("vollständiger Name des Vereins"), "Landesarbeitsgemeinschaft Muster e.V.")
DAY = Placeholder("tag", _("das Datum, um das es geht"), "3. Dezember 2026")
GROUP = Placeholder("gruppe", _("Name des Zusammenschlusses"), "Initiative Beispielhof")
CONTACT = Placeholder("kontaktperson", _("Name der Kontaktperson"), "Kim Muster")
UNTIL = Placeholder("frist", _("Tag und Uhrzeit, bis zu der der Link gilt"), "17. Dezember 2026, 12:00")
OFFICE = Placeholder(
    "kontakt",
    _("Anschrift und Telefon des Vereins"),
    "Landesarbeitsgemeinschaft Muster e.V., Musterweg 1, 09111 Chemnitz, Telefon 0371 123456",
)
STEPS = Placeholder(
    "schritte",
    _("was jetzt zu tun ist, als Liste"),
    Steps(["Unterschreiben: mit Ort und Datum.", "Zusenden: mit der Post."]),
)
POINTS = Placeholder("punkte", _("was fehlt, als Liste"), ["Die Unterschrift fehlt."])
MESSAGE = Placeholder("nachricht", _("was die Geschäftsstelle dazu schreibt"), "Bitte mit Ort und Datum.")
SHIPPED = Path(__file__).parent / "shipped_texts"
SAMPLE_LINK = "https://www.example.org/mitglied-werden/antrag/beispiel/"


def link(button: Any) -> Placeholder:
    """Return the placeholder of the mail's link, with what its button says."""
    return Placeholder("link", _("der Link; in einem Absatz für sich wird er ein Knopf"), SAMPLE_LINK, button=button)


STATUS_LINK = link(_("Zum Stand Ihres Antrags"))
COSIGN_LINK = link(_("Antrag ansehen"))
ADMIN_LINK = link(_("Antrag öffnen"))
INVITED = (SALUTATION, GROUP, FULL_NAME, CONTACT, UNTIL, COSIGN_LINK)

APPLICANT_TEXTS: dict[str, tuple[Any, tuple[Placeholder, ...]]] = {
    kinds.DRAFT_LINK: (_("Link zum Entwurf"), (SHORT_NAME, DAY, link(_("Entwurf weiter ausfüllen")))),
    kinds.CONFIRM: (_("Bitte um Bestätigung"), (REFERENCE, SHORT_NAME, link(_("E-Mail-Adresse bestätigen")))),
    kinds.RECEIVED: (_("Antrag ist eingegangen"), (SALUTATION, REFERENCE, STATUS_LINK, STEPS)),
    kinds.LETTER_TEXTS[kinds.RECEIVED]: (_("Brief: Antrag ist eingegangen"), (SALUTATION, REFERENCE, STEPS, OFFICE)),
    kinds.CORRECTED: (_("Antrag ist berichtigt"), (SALUTATION, REFERENCE, STATUS_LINK)),
    kinds.LETTER_TEXTS[kinds.CORRECTED]: (_("Brief: Antrag ist berichtigt"), (SALUTATION, REFERENCE, OFFICE)),
    kinds.EMAIL_CHANGED: (_("E-Mail-Adresse ist geändert"), (SALUTATION, REFERENCE, STATUS_LINK)),
    kinds.FORMER_ADDRESS: (_("Hinweis an die bisherige E-Mail-Adresse"), (SHORT_NAME,)),
    kinds.WITHDRAWN: (_("Antrag ist zurückgezogen"), (SALUTATION, REFERENCE)),
    kinds.COMPLETION_REQUEST: (
        _("Rückfrage"),
        (SALUTATION, REFERENCE, POINTS, MESSAGE, link(_("Antwort geben"))),
    ),
    kinds.LETTER_TEXTS[kinds.COMPLETION_REQUEST]: (
        _("Brief: Rückfrage"),
        (SALUTATION, REFERENCE, POINTS, MESSAGE, OFFICE),
    ),
    kinds.ACCEPTED: (
        _("Aufnahme"),
        (
            SALUTATION,
            REFERENCE,
            DAY,
            SHORT_NAME,
            FULL_NAME,
            Placeholder("mitgliedschaft", _("Art der Mitgliedschaft"), "ordentliche Mitgliedschaft"),
            Placeholder("mitgliedsnummer", _("Mitgliedsnummer"), "12"),
            Placeholder("beitragsgruppe", _("Beitragsgruppe"), "Regelbeitrag"),
            Placeholder("beitrag", _("Beitrag im Jahr"), "60,00 € im Jahr"),
            Placeholder("ermaessigung", _("Satz zum Nachweis, wo Ermäßigung gewünscht ist; sonst leer"), ""),
        ),
    ),
    kinds.REJECTED: (_("Ablehnung"), (SALUTATION, REFERENCE, DAY, SHORT_NAME)),
    kinds.COSIGNER_INVITED: (_("Mitunterzeichnende: Einladung"), INVITED),
    kinds.COSIGNER_REMINDED: (_("Mitunterzeichnende: Erinnerung"), INVITED),
    kinds.COSIGNER_CHANGED: (_("Mitunterzeichnende: Antrag wurde geändert"), INVITED),
    kinds.COSIGNER_DECLINED: (
        _("Kontaktperson: jemand lehnt ab"),
        (SALUTATION, REFERENCE, Placeholder("name", _("wer ablehnt"), "Anna Muster"), STATUS_LINK),
    ),
    kinds.COSIGNATURES_COMPLETE: (_("Kontaktperson: fünf haben bestätigt"), (SALUTATION, REFERENCE, STATUS_LINK)),
    kinds.CONFIRMATIONS_VOIDED: (
        _("Kontaktperson: Bestätigungen gelten nicht mehr"),
        (
            SALUTATION,
            REFERENCE,
            Placeholder("neu_unterschreiben", _("Satz, wer auf Papier neu unterschreibt; sonst leer"), ""),
            STATUS_LINK,
        ),
    ),
}
NOTICES: dict[str, Any] = {
    kinds.OFFICE_NOTICE: _("Geschäftsstelle: neuer Antrag"),
    kinds.UPLOAD_NOTICE: _("Geschäftsstelle: Unterlagen hochgeladen"),
    kinds.ANSWER_NOTICE: _("Geschäftsstelle: Antwort auf Rückfrage"),
    kinds.CORRECTION_NOTICE: _("Geschäftsstelle: Antrag berichtigt"),
    kinds.WITHDRAWAL_NOTICE: _("Geschäftsstelle: Antrag zurückgezogen"),
    kinds.DECLINED_NOTICE: _("Geschäftsstelle: jemand lehnt ab"),
    kinds.SIGNATURES_NOTICE: _("Geschäftsstelle: fünf haben bestätigt"),
    kinds.BOARD_NOTICE: _("Vorstand: Antrag ist beschlussreif"),
    kinds.VOTE_OPENED: _("Vorstand: Abstimmung beginnt"),
    kinds.VOTE_EXTENDED: _("Vorstand: Abstimmung verlängert"),
    kinds.VOTE_CLOSED: _("Vorstand und Geschäftsstelle: Abstimmung beendet"),
    kinds.DECISION_REVERSED: _("Vorstand und Geschäftsstelle: Entscheidung rückgängig gemacht"),
}


def register() -> None:
    """Tell the mailing room about all of them."""
    for name, (label, placeholders) in APPLICANT_TEXTS.items():
        register_text(TextKind(name, label, placeholders, values, SHIPPED))
    for name, label in NOTICES.items():
        register_text(TextKind(name, label, (REFERENCE, ADMIN_LINK), notice_values, SHIPPED))


def notice_values(context: dict[str, Any]) -> Values:
    """Return reference and link."""
    return {"vorgangsnummer": context["reference"], "link": context["admin_url"]}


def values(context: dict[str, Any]) -> Values:
    """Return every value the context of a mail gives; ``fill`` takes those that the text names."""
    found: dict[str, Value] = {
        "anrede": context.get("salutation", ""),
        "verein": context["association"].short_name,
        "vereinsname": context["association"].full_name,
        "kontakt": _contact(context["association"]),
        "kontaktperson": context.get("contact", ""),
        "beitrag": context.get("dues_amount", ""),
        "mitgliedsnummer": context.get("member_number", ""),
        "link": _link(context),
        "tag": _day(context),
        "ermaessigung": _reduction(context),
        "neu_unterschreiben": _signing_anew(context),
    }
    if "application" in context:
        found |= _of_application(context["application"])
    if "steps" in context:
        found["schritte"] = Steps(f"{step['title']}: {step['text']}" for step in context["steps"])
    if "asked" in context:
        found |= {"punkte": list(context["asked"].points), "nachricht": context["asked"].message}
    if "row" in context:
        found["name"] = context["row"].name
    if "valid_until" in context:
        found["frist"] = date_format(timezone.localtime(context["valid_until"]), "j. F Y, H:i")
    return found


def _of_application(application: Any) -> dict[str, Value]:
    return {
        "vorgangsnummer": application.reference,
        "gruppe": application.applicant_name,
        "mitgliedschaft": str(application.get_membership_type_display()),
        "beitragsgruppe": application.dues_rate.category,
    }


def _contact(association: Any) -> str:
    phone = [_now("Telefon %(number)s") % {"number": association.phone}] if association.phone else []
    return ", ".join([association.full_name, *association.postal_address, *phone])


def _link(context: dict[str, Any]) -> str:
    names = ("confirmation_url", "draft_url", "cosign_url", "status_url")
    return next((str(context[name]) for name in names if name in context), "")


def _day(context: dict[str, Any]) -> str:
    application = context.get("application")
    day: dt.date | None = application.decided_on if application is not None else context.get("expires_on")
    return date_format(day, "j. F Y") if day else ""


def _reduction(context: dict[str, Any]) -> str:
    if not context.get("reduced_wanted"):
        return ""
    return _now("Den Nachweis für den ermäßigten Beitrag zeigen Sie uns bitte noch vor.")


def _signing_anew(context: dict[str, Any]) -> str:
    names = context.get("on_paper") or []
    sentence = _now("Auf dem neuen Papier unterschreiben bitte noch einmal: %(names)s.")
    return sentence % {"names": ", ".join(names)} if names else ""
