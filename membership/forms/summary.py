"""What was typed, in words, for the page that shows everything before it is submitted."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dues.money import format_amount
from membership.answers import text_of
from membership.definition import Field, FieldType, Section
from membership.forms.application import ApplicationForm
from membership.forms.dues import rate_choices
from membership.forms.rows import cell_name
from membership.sections import REVIEW


@dataclass(frozen=True)
class SummaryRow:
    """One answer: label, text (lines for rows), and what is wrong with it."""

    label: str
    text: str
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SummarySection:
    """The answers of one section of an earlier page."""

    section: Section
    title: str
    rows: list[SummaryRow]


def summary(form: ApplicationForm) -> list[SummarySection]:
    """Return everything typed on the pages before the last; ``form`` is bound and checked."""
    form.full_clean()
    sections = []
    for section in dict.fromkeys(each.section for each in form.definition):
        if section.step is REVIEW:
            continue
        fields = [each for each in form.definition if each.section == section]
        rows = [row for each in fields if (row := _row(form, each))]
        rows += _costs(form) if any(each.field_type is FieldType.RATE for each in fields) else []
        if rows:
            sections.append(SummarySection(section, str(section.title_for(form.offer.kind)), rows))
    return sections


def _row(form: ApplicationForm, field: Field) -> SummaryRow | None:
    """Return the row of one field; None for what was neither answered nor missing."""
    label = str(field.label) if field.field_type is FieldType.ROWS else str(form.fields[field.name].label)
    problems = _problems(form, field)
    text = text_of(field, form.answered.get(field.name), unmasked=True)
    if problems and not text and field.field_type is not FieldType.ROWS:
        text = form.data.get(field.name, "")
    return SummaryRow(label, text, problems) if text or problems else None


def _problems(form: ApplicationForm, field: Field) -> list[str]:
    if field.field_type is not FieldType.ROWS:
        return [str(error) for error in form.errors.get(field.name, [])]
    rows = range(1, form.row_counts[field.name].rows + 1)
    cells = [(row, column, cell_name(field, row, column)) for row in rows for column in field.columns]
    return [
        _("Zeile %(row)s, %(column)s: %(problem)s") % {"row": row, "column": column.label, "problem": error}
        for row, column, name in cells
        for error in form.errors.get(name, [])
    ]


def _costs(form: ApplicationForm) -> list[SummaryRow]:
    """Return what the chosen rate costs, this year and in a full one."""
    (rate_field,) = [each for each in form.definition if each.field_type is FieldType.RATE]
    chosen = [choice for choice in rate_choices(form, form.offer, rate_field) if choice.is_chosen]
    if not chosen or chosen[0].calculation is None:
        return []
    calculation = chosen[0].calculation
    this_year = _("Dieses Jahr (%(year)s), bei Aufnahme heute") % {"year": form.offer.today.year}
    rows = [
        SummaryRow(_("Volles Jahr"), format_amount(calculation.full_year.amount)),
        SummaryRow(this_year, format_amount(calculation.first_year.amount)),
    ]
    if calculation.admission_fee:
        rows.append(SummaryRow(_("Aufnahmegebühr, einmalig"), format_amount(calculation.admission_fee)))
    return rows
