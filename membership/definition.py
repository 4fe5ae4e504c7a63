"""What a field of the application is: the vocabulary in which ``membership.fields`` is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dues.enums import AmountType
from portal.association.enums import ApplicantKind, LegalTextKind, MembershipType

Text = str | Promise

SHORT = 120
LONG = 300


class Presence(Enum):
    """Whether a kind of applicant must, may or cannot answer; ABSENT fields exist on no form."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    ABSENT = "absent"


class FieldType(StrEnum):
    """What an answer is, which decides its form field, its check, and how it is stored and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    COUNTRY = "country"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TICK = "tick"
    AMOUNT = "amount"
    BASE = "base"
    RATE = "rate"
    IBAN = "iban"
    ROWS = "rows"


class Storage(StrEnum):
    """Where an answer is kept."""

    ANSWERS = "answers"
    """In the application's JSON, under the field's name."""
    COLUMN = "column"
    """In the application's column of the field's name."""
    MANDATE = "mandate"
    """Encrypted, in the direct debit mandate's column of the field's name."""
    SIGNATURES = "signatures"
    """As co-signature rows."""


@dataclass(frozen=True)
class Step:
    """A page of the form online; ``name`` stands in its address, ``title`` in the progress."""

    name: str
    title: Text


@dataclass(frozen=True, eq=False)
class Section:
    """A part of the form with a heading; ``titles`` and ``intros`` may differ by applicant kind.

    ``step`` is the page it stands on online, ``texts`` are the legal texts that are read with it, ``downloads`` the
    names of papers that are.
    """

    name: str
    title: Text
    intro: Text = ""
    titles: Mapping[ApplicantKind, Text] = field(default_factory=dict)
    intros: Mapping[ApplicantKind, Text] = field(default_factory=dict)
    texts: tuple[LegalTextKind, ...] = ()
    downloads: tuple[str, ...] = ()
    step: Step = field(kw_only=True)

    def title_for(self, kind: ApplicantKind) -> Text:
        return self.titles.get(kind, self.title)

    def intro_for(self, kind: ApplicantKind) -> Text:
        return self.intros.get(kind, self.intro)


@dataclass(frozen=True)
class Condition:
    """The field exists only where the choice ``field`` was answered with ``value``; posted otherwise, it is dropped."""

    field: str
    value: str


@dataclass(frozen=True)
class Column:
    """One cell of a repeating row."""

    name: str
    label: Text
    field_type: FieldType = FieldType.TEXT
    required: bool = True
    max_length: int = SHORT
    autocomplete: str = ""


@dataclass(frozen=True)
class Field:
    """One question of the application.

    ``presence`` names the kinds that answer it (a kind left out: absent); ``optional_on_paper`` the kinds that need not
    on paper, ``optional_types`` the membership types that need not. ``help_on_paper`` is the help where what holds on
    screen does not: in the blank form, and where the office types it. ``amount_type`` names the type of rate with which
    the field exists: it is dropped where another rate is chosen. ``offered_by`` names the property of the association's
    settings that must be true for the field to exist. ``block`` joins fields that are filled in together or not at
    all. ``chosen_first`` answers decide which form is shown. ``signed`` answers belong to what signatories confirm:
    changing one changes the application's fingerprint.
    """

    name: str
    label: Text
    section: Section
    presence: Mapping[ApplicantKind, Presence]
    field_type: FieldType = FieldType.TEXT
    help_text: Text = ""
    labels: Mapping[ApplicantKind, Text] = field(default_factory=dict)
    help_texts: Mapping[ApplicantKind, Text] = field(default_factory=dict)
    help_on_paper: Text = ""
    optional_on_paper: frozenset[ApplicantKind] = frozenset()
    optional_types: frozenset[MembershipType] = frozenset()
    amount_type: AmountType | None = None
    max_length: int = SHORT
    choices: type[TextChoices] | None = None
    columns: tuple[Column, ...] = ()
    min_rows: int = 0
    max_rows: int = 0
    shown_rows: int = 0
    condition: Condition | None = None
    offered_by: str = ""
    block: str = ""
    chosen_first: bool = False
    autocomplete: str = ""
    storage: Storage = Storage.ANSWERS
    signed: bool = False

    def label_for(self, kind: ApplicantKind) -> Text:
        return self.labels.get(kind, self.label)

    def help_text_for(self, kind: ApplicantKind, *, on_paper: bool = False) -> Text:
        if on_paper and self.help_on_paper:
            return self.help_on_paper
        return self.help_texts.get(kind, self.help_text)

    def presence_for(self, kind: ApplicantKind) -> Presence:
        return self.presence.get(kind, Presence.ABSENT)


NATURAL, LEGAL, GROUP = ApplicantKind.NATURAL_PERSON, ApplicantKind.LEGAL_PERSON, ApplicantKind.UNINCORPORATED_GROUP


def presence(natural: str, legal: str, group: str) -> dict[ApplicantKind, Presence]:
    """Return the presence by kind, written as in the specification's table: ``R``, ``O`` or ``-``."""
    letters = {"R": Presence.REQUIRED, "O": Presence.OPTIONAL, "-": Presence.ABSENT}
    return {NATURAL: letters[natural], LEGAL: letters[legal], GROUP: letters[group]}


EVERYBODY = presence("R", "R", "R")
EVERYBODY_MAY = presence("O", "O", "O")

YES, NO = "yes", "no"
YES_NO_CHOICES = [(YES, _("Ja")), (NO, _("Nein"))]
