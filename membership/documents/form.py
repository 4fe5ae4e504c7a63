"""The blank application as a fillable PDF: one sheet for all three kinds of applicants, made from the definition.

A control carries its field's name, so that a form sent back can be read with the same definition; rows append their
number and column (``signatories-1-name``).
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dues.enums import PaymentWay
from dues.models import DuesOrder, DuesRate
from membership.definition import YES_NO_CHOICES, Field, FieldType, Presence, Section, Storage
from membership.fields import FIELDS, SIGNATURES_NEEDED
from membership.figures import figure_help, figure_label
from membership.sections import APPLICANT, COSIGNERS
from portal.association.enums import ApplicantKind, MembershipType
from portal.association.models import AssociationSettings

SIGNATORY_ROWS = 4
"""How many signatories the first pages have room for; the definition's others stand on a sheet at the end."""
ONE_LINE = 95
"""Characters that fit on one line of the sheet, each button counted as eight."""
WIDE = {FieldType.LONG_TEXT}


@dataclass(frozen=True)
class Choice:
    """One button of a group, or the only one of a tick."""

    value: str
    label: str


@dataclass(frozen=True)
class Control:
    """One question on the sheet.

    ``kind`` picks its look: text, long_text, choice, tick or rows; ``who`` says which applicants answer it, empty for
    everybody. ``more_rows`` are those on a sheet of their own.
    """

    name: str
    label: str
    kind: str
    who: str = ""
    help_text: str = ""
    choices: tuple[Choice, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()
    more_rows: tuple[int, ...] = ()

    @property
    def in_one_line(self) -> bool:
        """Whether all choices fit side by side."""
        return sum(len(choice.label) + 8 for choice in self.choices) <= ONE_LINE

    @property
    def hint(self) -> str:
        """What stands between label and field."""
        return " ".join(filter(None, (self.who, self.help_text)))


@dataclass
class Part:
    """A section of the sheet with its controls."""

    name: str
    title: str
    intro: str = ""
    controls: list[Control] = field(default_factory=list)

    @property
    def lines(self) -> list[list[Control]]:
        """The controls, two short ones that the same applicants fill in side by side."""
        lines: list[list[Control]] = []
        for control in self.controls:
            last = lines[-1] if lines else []
            if len(last) == 1 and "text" == control.kind == last[0].kind and control.who == last[0].who:
                last.append(control)
            else:
                lines.append([control])
        return lines


def sheet_parts(order: DuesOrder) -> list[Part]:
    """Return the sheet's sections in the definition's order, the group's rows to sign and bank data left out."""
    association = AssociationSettings.load()
    parts: dict[str, Part] = {APPLICANT.name: part_of(APPLICANT)}
    parts[APPLICANT.name].controls.append(kind_control())
    for each in FIELDS:
        if each.section is COSIGNERS or each.storage is Storage.MANDATE or not is_offered(each, association):
            continue
        if each.amount_type and not rates_with(each, order):
            continue
        part = parts.setdefault(each.section.name, part_of(each.section))
        part.controls.append(control_of(each, order, association))
    return list(parts.values())


def mandate_controls() -> list[Control]:
    """Return the mandate's fields; empty where the association does not offer direct debit."""
    association = AssociationSettings.load()
    return [
        Control(each.name, str(each.label), "text")
        for each in FIELDS
        if each.storage is Storage.MANDATE and is_offered(each, association)
    ]


def all_controls(order: DuesOrder) -> list[Control]:
    """Return every question of the sheet, the group's rows to sign left out."""
    parts = [control for part in sheet_parts(order) for control in part.controls]
    return [*parts, *mandate_controls()]


def cosignature_rows() -> list[int]:
    """Return the numbers of the rows on the second page: exactly five."""
    return list(range(1, SIGNATURES_NEEDED + 1))


def kind_control() -> Control:
    """Return the question who applies."""
    return Control("kind", _("Antragstellende Seite"), "choice", choices=choices_of(ApplicantKind.choices))


def is_offered(each: Field, association: AssociationSettings) -> bool:
    """Whether the association asks this at all."""
    return not each.offered_by or bool(getattr(association, each.offered_by))


def part_of(section: Section) -> Part:
    """Return an empty part; a heading that differs by kind is put together from all its words.

    The first part begins with the question who applies, which its heading asks already.
    """
    titles = dict.fromkeys([str(section.title), *(str(title) for title in section.titles.values())])
    title = str(section.title) if section is APPLICANT else " / ".join(titles)
    return Part(section.name, title, str(section.intro))


def control_of(each: Field, order: DuesOrder, association: AssociationSettings) -> Control:
    """Return the control of one field."""
    who, help_text = who_answers(each), str(each.help_on_paper or each.help_text)
    labels = dict.fromkeys([str(each.label), *(str(text) for text in each.labels.values())])
    label = str(each.label) if each.field_type is FieldType.TICK else " / ".join(labels)
    if each.field_type is FieldType.ROWS:
        columns = tuple((column.name, str(column.label)) for column in each.columns)
        numbers = tuple(range(1, each.max_rows + 1))
        rows, more_rows = numbers[:SIGNATORY_ROWS], numbers[SIGNATORY_ROWS:]
        return Control(each.name, label, "rows", who, help_text, columns=columns, rows=rows, more_rows=more_rows)
    if each.amount_type:
        rates = list(order.rates.all())
        return Control(each.name, figure_label(each, rates), "text", "", figure_help(each, rates))
    if choices := choices_for(each, order, association):
        return Control(each.name, label, "choice", who, help_text, choices=choices)
    if each.field_type is FieldType.TICK:
        return Control(each.name, label, "tick", who, help_text)
    return Control(each.name, label, "long_text" if each.field_type in WIDE else "text", who, help_text)


def choices_for(each: Field, order: DuesOrder, association: AssociationSettings) -> tuple[Choice, ...]:
    """Return the buttons of a choice; none for other fields."""
    if each.field_type is FieldType.RATE:
        return tuple(Choice(str(rate.pk), describe_rate(rate)) for rate in order.rates.all())
    if each.field_type is FieldType.YES_NO:
        return choices_of(YES_NO_CHOICES)
    if each.name == "payment_way":
        ways = [way for way in PaymentWay if way in order.payment_ways]
        if not association.direct_debit_offered:
            ways = [way for way in ways if way != "direct_debit"]
        return choices_of([(way.value, way.label) for way in ways])
    return choices_of(each.choices.choices) if each.choices else ()


def rates_with(each: Field, order: DuesOrder) -> list[DuesRate]:
    """Return the order's rates that ask for this figure."""
    return [rate for rate in order.rates.all() if rate.amount_type == each.amount_type]


def choices_of(pairs: Any) -> tuple[Choice, ...]:
    """Return Django's choices as buttons."""
    return tuple(Choice(str(value), str(label)) for value, label in pairs)


def describe_rate(rate: Any) -> str:
    """Return a rate with its amount and, where it is not for all, whom it is for."""
    kinds = [str(kind.label) for kind in ApplicantKind if kind in rate.applicant_kinds]
    whom = f" ({', '.join(kinds)})" if len(kinds) < len(ApplicantKind) else ""
    types = [str(kind.label) for kind in MembershipType if kind in rate.membership_types]
    kind = f" – {types[0]}" if len(types) == 1 else ""
    conditions = [_("Nachweis: %(proof)s") % {"proof": rate.proof}] if rate.proof else []
    if rate.needs_board_decision:
        conditions.append(_("nur mit Beschluss des Vorstands"))
    return "; ".join([f"{rate.category}: {rate.describe()}{whom}{kind}", *conditions])


def who_answers(each: Field) -> str:
    """Return who fills a field in, and who may leave it empty; nothing where everybody must."""
    required = [kind for kind in ApplicantKind if each.presence_for(kind) is Presence.REQUIRED]
    optional = [kind for kind in ApplicantKind if each.presence_for(kind) is Presence.OPTIONAL]
    if len(required) == len(ApplicantKind):
        return ""
    if len(optional) == len(ApplicantKind):
        return _("Freiwillig.")
    if not optional:
        return _("Nur: %(kinds)s.") % {"kinds": named(required)}
    if not required:
        return _("Nur: %(kinds)s, freiwillig.") % {"kinds": named(optional)}
    if len(required) + len(optional) == len(ApplicantKind):
        return _("Freiwillig für: %(kinds)s.") % {"kinds": named(optional)}
    return _("Nur: %(required)s; freiwillig: %(optional)s.") % {
        "required": named(required),
        "optional": named(optional),
    }


def named(kinds: list[ApplicantKind]) -> str:
    """Return the kinds' names in one line."""
    return ", ".join(str(kind.label) for kind in kinds)
