"""The one definition of an application's fields.

Web form, validation, paper entry, PDF forms, detail page and export are built from :data:`FIELDS`; whoever adds a field
here, or to the part of it in cost_fields.py, finds it in all of them. The order is the order on every form. The table
this follows, and what is never asked, is in membership/README.md.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from membership.cost_fields import COST_FIELDS
from membership.definition import (
    EVERYBODY,
    EVERYBODY_MAY,
    GROUP,
    LEGAL,
    LONG,
    NATURAL,
    Column,
    Condition,
    Field,
    FieldType,
    Presence,
    Storage,
    presence,
)
from membership.enums import Channel, RegisterStatus, Representation
from membership.sections import (
    ADDRESS,
    APPLICANT,
    BILLING,
    CONSENTS,
    CONTACT,
    COSIGNERS,
    DECLARATION,
    DIGITAL_COSIGNERS,
    SIGNATORIES,
)
from portal.association.enums import ApplicantKind, MembershipType

SIGNATURES_NEEDED = 5
MOST_SIGNATURES = 15

REGISTERED = Condition("register_status", RegisterStatus.REGISTERED)

FIELDS: tuple[Field, ...] = (
    # Who applies, and for what
    Field(
        "membership_type",
        _("Art der Mitgliedschaft"),
        APPLICANT,
        EVERYBODY,
        FieldType.CHOICE,
        choices=MembershipType,
        chosen_first=True,
        storage=Storage.COLUMN,
        signed=True,
    ),
    Field(
        "title",
        _("Titel"),
        APPLICANT,
        presence("O", "-", "-"),
        max_length=40,
        autocomplete="honorific-prefix",
        signed=True,
    ),
    Field("first_name", _("Vorname"), APPLICANT, presence("R", "-", "-"), autocomplete="given-name", signed=True),
    Field("last_name", _("Nachname"), APPLICANT, presence("R", "-", "-"), autocomplete="family-name", signed=True),
    Field(
        "name",
        _("Vollständiger Name"),
        APPLICANT,
        presence("-", "R", "R"),
        max_length=200,
        labels={GROUP: _("Name des Zusammenschlusses")},
        help_texts={
            GROUP: _(
                "Ein nichtrechtsfähiger Zusammenschluss ist zum Beispiel eine Initiative oder ein Netzwerk ohne "
                "Eintragung in ein Register. Das Gesetz nennt ihn heute „Verein ohne Rechtspersönlichkeit“ (§ 54 "
                "BGB)."
            )
        },
        autocomplete="organization",
        signed=True,
    ),
    Field(
        "legal_form",
        _("Rechtsform"),
        APPLICANT,
        presence("-", "R", "-"),
        max_length=80,
        help_text=_("Zum Beispiel e. V., gGmbH, Genossenschaft, Gemeinde."),
    ),
    Field(
        "register_status",
        _("Registereintrag"),
        APPLICANT,
        presence("-", "R", "-"),
        FieldType.CHOICE,
        choices=RegisterStatus,
    ),
    Field(
        "register_court",
        _("Registergericht"),
        APPLICANT,
        presence("-", "R", "-"),
        condition=REGISTERED,
        help_text=_("Nur bei Registereintrag. Zum Beispiel Amtsgericht Chemnitz."),
    ),
    Field(
        "register_number",
        _("Registernummer"),
        APPLICANT,
        presence("-", "R", "-"),
        max_length=40,
        condition=REGISTERED,
        help_text=_("Nur bei Registereintrag. Zum Beispiel VR 1234."),
    ),
    Field(
        "field_of_work",
        _("Quartier, Projekt oder Arbeitsfeld"),
        APPLICANT,
        presence("O", "O", "R"),
        FieldType.LONG_TEXT,
        max_length=LONG,
        labels={GROUP: _("Zweck und Arbeitsfeld")},
        help_text=_("Kurz, in ein bis zwei Sätzen."),
        signed=True,
    ),
    Field(
        "of_full_age",
        _("Sind Sie volljährig?"),
        APPLICANT,
        presence("R", "-", "-"),
        FieldType.YES_NO,
        help_text=_(
            "Wer noch nicht 18 ist, lässt den ausgedruckten Antrag auch von den gesetzlichen Vertretern unterschreiben."
        ),
    ),
    # Where they are reached
    Field(
        "contact_name",
        _("Ansprechperson"),
        ADDRESS,
        presence("-", "O", "R"),
        labels={GROUP: _("Vor- und Nachname der Kontaktperson")},
        autocomplete="name",
        signed=True,
    ),
    Field("street", _("Straße und Hausnummer"), ADDRESS, EVERYBODY, autocomplete="address-line1"),
    Field(
        "postcode", _("Postleitzahl"), ADDRESS, EVERYBODY, FieldType.POSTCODE, max_length=12, autocomplete="postal-code"
    ),
    Field("city", _("Ort"), ADDRESS, EVERYBODY, autocomplete="address-level2"),
    Field("country", _("Land"), ADDRESS, EVERYBODY, FieldType.COUNTRY, autocomplete="country"),
    Field(
        "billing_street",
        _("Straße und Hausnummer"),
        BILLING,
        presence("-", "O", "-"),
        block="billing",
        autocomplete="billing address-line1",
    ),
    Field(
        "billing_postcode",
        _("Postleitzahl"),
        BILLING,
        presence("-", "O", "-"),
        FieldType.POSTCODE,
        max_length=12,
        block="billing",
        autocomplete="billing postal-code",
    ),
    Field(
        "billing_city",
        _("Ort"),
        BILLING,
        presence("-", "O", "-"),
        block="billing",
        autocomplete="billing address-level2",
    ),
    Field(
        "billing_country",
        _("Land"),
        BILLING,
        presence("-", "O", "-"),
        FieldType.COUNTRY,
        block="billing",
        autocomplete="billing country",
    ),
    Field(
        "email",
        _("E-Mail-Adresse"),
        CONTACT,
        EVERYBODY,
        FieldType.EMAIL,
        help_text=_("An diese Adresse schicken wir Ihnen einen Link, mit dem Sie den Antrag bestätigen."),
        help_on_paper=_("Für Nachrichten zum Antrag."),
        labels={GROUP: _("E-Mail-Adresse der Kontaktperson")},
        optional_on_paper=frozenset({NATURAL}),
        max_length=254,
        autocomplete="email",
        storage=Storage.COLUMN,
    ),
    Field("phone", _("Telefon"), CONTACT, EVERYBODY_MAY, FieldType.PHONE, max_length=40, autocomplete="tel"),
    # Who signs
    Field(
        "signatories",
        _("Vertretungsberechtigte Person"),
        SIGNATORIES,
        presence("-", "R", "-"),
        FieldType.ROWS,
        columns=(
            Column("name", _("Vor- und Nachname")),
            Column("function", _("Funktion")),
        ),
        min_rows=1,
        max_rows=10,
        shown_rows=2,
    ),
    Field(
        "representation",
        _("Wie wird unterschrieben?"),
        SIGNATORIES,
        presence("-", "R", "-"),
        FieldType.CHOICE,
        choices=Representation,
    ),
    Field(
        "cosigners",
        _("Mitunterzeichnende Person"),
        COSIGNERS,
        presence("-", "-", "O"),
        FieldType.ROWS,
        columns=(
            Column("name", _("Vor- und Nachname")),
            Column("function", _("Funktion"), required=False),
        ),
        max_rows=MOST_SIGNATURES,
        shown_rows=SIGNATURES_NEEDED,
        storage=Storage.SIGNATURES,
    ),
    # What they declare
    Field(
        "accepts_statutes",
        _("Ich unterstütze Zweck, Aufgaben und Ziele des Vereins und erkenne seine Satzung an"),
        DECLARATION,
        EVERYBODY,
        FieldType.TICK,
        labels={
            LEGAL: _("Wir unterstützen Zweck, Aufgaben und Ziele des Vereins und erkennen seine Satzung an"),
            GROUP: _("Wir unterstützen Zweck, Aufgaben und Ziele des Vereins und erkennen seine Satzung an"),
        },
    ),
    # What they pay, and how
    *COST_FIELDS,
    # What they allow besides
    Field(
        "consent_directory",
        _("Eintrag in das Mitgliederverzeichnis"),
        CONSENTS,
        EVERYBODY_MAY,
        FieldType.TICK,
        offered_by="offers_directory",
    ),
    Field(
        "consent_newsletter",
        _("Rundbrief per E-Mail"),
        CONSENTS,
        EVERYBODY_MAY,
        FieldType.TICK,
        offered_by="offers_newsletter",
    ),
    Field(
        "consent_photos",
        _("Veröffentlichung von Fotos"),
        CONSENTS,
        EVERYBODY_MAY,
        FieldType.TICK,
        offered_by="offers_photos",
    ),
)

DIGITAL_COLUMNS = (
    Column("name", _("Vor- und Nachname")),
    Column("email", _("E-Mail-Adresse"), FieldType.EMAIL, max_length=254),
    Column("function", _("Funktion"), required=False),
)


def fields_for(
    kind: ApplicantKind,
    channel: Channel,
    *,
    membership_type: MembershipType | None = None,
    digital: bool = False,
) -> list[Field]:
    """Return the fields that exist for ``kind``, with their presence resolved for ``channel``.

    Without ``membership_type`` what only some types must answer stays required. ``digital`` asks for the
    co-signatories' mail addresses, five at least, because they are invited by mail to confirm.
    """
    found = []
    for each in FIELDS:
        if each.presence_for(kind) is Presence.ABSENT:
            continue
        if each.name == "cosigners" and digital and channel is Channel.ONLINE:
            each = replace(
                each,
                section=DIGITAL_COSIGNERS,
                presence=presence("-", "-", "R"),
                columns=DIGITAL_COLUMNS,
                min_rows=SIGNATURES_NEEDED,
            )
        if (channel is Channel.PAPER and kind in each.optional_on_paper) or membership_type in each.optional_types:
            each = replace(each, presence={**each.presence, kind: Presence.OPTIONAL})
        found.append(each)
    return found


def field_named(name: str) -> Field:
    """Return the field called ``name``; raises ``KeyError`` for a name the definition does not have."""
    return {each.name: each for each in FIELDS}[name]
