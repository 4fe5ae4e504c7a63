"""The application form, built from the definition for one kind and membership type."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from library.models import Download
from membership.definition import Column, Field, FieldType, Section, Step
from membership.enums import Channel
from membership.figures import figure_help, figure_label
from membership.forms.checks import check_postcode
from membership.forms.cosigners import refuse_contact_as_cosigner
from membership.forms.dues import below_minimum, rate_choices, rate_label
from membership.forms.inputs import MISSING, make_input
from membership.forms.rows import RowCount, cell_name, collect, count_name, every_input, make_cells
from membership.offer import Offer
from membership.sections import STEPS
from portal.association.models import LegalText

RATE_FIELDS = ("dues_rate", "reduced_wanted")
"""Fields beside which rates are shown with what they cost."""
NOT_CORRECTED = frozenset({"email", "cosigners"})
"""What a correction does not ask: the address was confirmed, and the five have a place of their own."""


@dataclass(frozen=True)
class RowsPart:
    """A repeating field in a section: rows of columns with their bound cells, and whether another row is possible."""

    field: Field
    rows: list[list[tuple[Column, BoundField]]]
    can_add: bool
    count_name: str
    is_required: bool


@dataclass(frozen=True)
class FormSection:
    """What a template shows of one section.

    Every part has either ``bound`` or ``rows``; ``rates`` are those a ``bound`` field is about, with what they cost;
    ``is_conditional`` says that another answer decides whether it is asked.
    """

    section: Section
    title: str
    intro: str
    texts: list[LegalText]
    downloads: list[Download]
    parts: list[dict[str, Any]]

    @property
    def has_rates(self) -> bool:
        """Whether amounts are shown here."""
        return any(part["rates"] for part in self.parts)

    @property
    def has_figures(self) -> bool:
        """Whether amounts depend on what is typed here."""
        return any(part["bound"] and part["field"].amount_type for part in self.parts)


class ApplicationForm(forms.Form):
    """Checks what :mod:`membership.fields` defines and the :class:`~membership.offer.Offer` offers, nothing else.

    ``without`` names fields that are not asked. Valid: ``answered`` holds one value per field of the definition,
    dropped fields left out.
    """

    use_required_attribute = False

    def __init__(
        self,
        offer: Offer,
        *args: Any,
        channel: Channel = Channel.ONLINE,
        without: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        self.offer, self.channel = offer, channel
        super().__init__(*args, **kwargs)
        self.definition = [field for field in offer.fields(channel) if field.name not in without]
        self.row_counts: dict[str, RowCount] = {}
        self.answered: dict[str, Any] = {}
        for field in self.definition:
            self._add(field)

    @classmethod
    def unchecked(cls, offer: Offer, data: Mapping[str, Any], **options: Any) -> "ApplicationForm":
        """Return a form that shows what was typed, without checking it: for one more row, or a draft as it stands."""
        counted = cls(offer, data, **options)
        typed = {
            name: field.widget.value_from_datadict(data, {}, name)  # type: ignore[arg-type]
            for name, field in counted.fields.items()
        }
        form = cls(offer, initial={name: value for name, value in typed.items() if value is not None}, **options)
        form._set_rows(counted.row_counts)
        return form

    @classmethod
    def for_dues(cls, offer: Offer, data: Mapping[str, Any], **options: Any) -> "ApplicationForm":
        """Return a form that shows what was typed and checks the dues alone: for their amounts before submitting."""
        form = cls(offer, data, **options)
        dues = {field.name for field in form.definition if field.amount_type or field.field_type is FieldType.RATE}
        form._keep_errors_of(dues)
        return form

    @classmethod
    def for_step(cls, offer: Offer, data: Mapping[str, Any], step: Step, **options: Any) -> "ApplicationForm":
        """Return a form that knows everything typed so far and names what is wrong on one page alone."""
        form = cls(offer, data, **options)
        form._keep_errors_of(form.inputs_of(step))
        return form

    def inputs_of(self, step: Step) -> set[str]:
        """Return the names of all inputs a page can have, every possible row among them."""
        names: set[str] = set()
        for field in self.definition:
            if field.section.step is step:
                names |= every_input(field) if field.field_type is FieldType.ROWS else {field.name}
        return names

    def steps_with_errors(self) -> list[Step]:
        """Return the pages on which something is missing or wrong, in their order; call on a bound form."""
        wrong = set(self.errors)
        return [step for step in STEPS if wrong & self.inputs_of(step)]

    def sections(self, step: Step | None = None) -> Iterator[FormSection]:
        """Yield the sections (of one page) in the definition's order with what there is to read and to fill in."""
        downloads = {download.name: download for download in Download.objects.public().with_files()}
        for section in dict.fromkeys(field.section for field in self.definition):
            if step not in (None, section.step):
                continue
            yield FormSection(
                section,
                str(section.title_for(self.offer.kind)),
                str(section.intro_for(self.offer.kind)),
                [self.offer.texts[kind] for kind in section.texts if kind in self.offer.texts],
                [downloads[name] for name in section.downloads if name in downloads],
                [self._part(field) for field in self.definition if field.section == section],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in self.definition:
            if field.field_type is FieldType.ROWS:
                cleaned[field.name] = collect(self.row_counts[field.name], self)
        self._take_rate()
        self._drop_unasked()
        self._check_blocks()
        self._check_postcodes()
        self._check_own_amount()
        refuse_contact_as_cosigner(self)
        self.answered = {field.name: cleaned[field.name] for field in self.definition if field.name in cleaned}
        return cleaned

    # -- building

    def _add(self, field: Field) -> None:
        if field.field_type is FieldType.ROWS:
            posted = self.data if self.is_bound else None
            self._set_rows({field.name: RowCount.from_data(field, posted)})
            return
        self.fields[field.name] = make_input(
            field,
            label=self._label(field),
            help_text=self._help_text(field),
            required=self.offer.is_required(field),
            choices=self._choices(field),
        )

    def _set_rows(self, counts: Mapping[str, RowCount]) -> None:
        for name, count in counts.items():
            self.row_counts[name] = count
            required = self.offer.is_required(count.field)
            self.fields |= {
                cell: made for cell, made in make_cells(count, required=required).items() if cell not in self.fields
            }

    def _choices(self, field: Field) -> list[tuple[str, str]]:
        if field.field_type is FieldType.RATE:
            return [(str(rate.pk), rate_label(rate)) for rate in self.offer.rates]
        if field.name == "payment_way":
            return [(way.value, str(way.label)) for way in self.offer.payment_ways]
        return []

    def _label(self, field: Field) -> str:
        if field.amount_type:
            return figure_label(field, self.offer.rates)
        return str(field.label_for(self.offer.kind))

    def _help_text(self, field: Field) -> str:
        if field.amount_type:
            return figure_help(field, self.offer.rates)
        return str(field.help_text_for(self.offer.kind, on_paper=self.channel == Channel.PAPER))

    def _part(self, field: Field) -> dict[str, Any]:
        shared = {"field": field, "is_conditional": self.offer.is_conditional(field)}
        if field.field_type is not FieldType.ROWS:
            rates = rate_choices(self, self.offer, field) if field.name in RATE_FIELDS else []
            return {**shared, "bound": self[field.name], "rows": None, "rates": rates}
        count = self.row_counts[field.name]
        rows = [
            [(column, self[cell_name(field, row, column)]) for column in field.columns]
            for row in range(1, count.rows + 1)
        ]
        part = RowsPart(field, rows, count.can_add, count_name(field), self.offer.is_required(field))
        return {**shared, "bound": None, "rows": part, "rates": []}

    # -- checking

    def _keep_errors_of(self, names: Collection[str]) -> None:
        for name in set(self.errors) - set(names):
            del self.errors[name]

    def _drop_unasked(self) -> None:
        """Forget answers, and their errors, whose condition is not met: bank data of those who pay by transfer,
        figures that the chosen rate does not depend on."""
        for field in self.definition:
            if not self._is_asked(field):
                self.cleaned_data.pop(field.name, None)
                self.errors.pop(field.name, None)

    def _is_asked(self, field: Field) -> bool:
        if field.amount_type:
            rate = self.cleaned_data.get("dues_rate")
            return rate is not None and rate.amount_type == field.amount_type
        return not field.condition or self.cleaned_data.get(field.condition.field) == field.condition.value

    def _check_blocks(self) -> None:
        """Fields of a block come together or not at all; a country alone, which is chosen already, is nothing."""
        for block in {field.block for field in self.definition if field.block}:
            members = [field for field in self.definition if field.block == block]
            typed = [field for field in members if field.field_type is not FieldType.COUNTRY]
            if not any(self.data.get(field.name, "").strip() for field in typed):
                for field in members:
                    self.cleaned_data.pop(field.name, None)
                    self.errors.pop(field.name, None)
                continue
            for field in typed:
                if not self.cleaned_data.get(field.name) and field.name not in self.errors:
                    self.add_error(field.name, MISSING)

    def _check_postcodes(self) -> None:
        for field in self.definition:
            postcode = self.cleaned_data.get(field.name)
            if field.field_type is not FieldType.POSTCODE or not postcode:
                continue
            country = self.cleaned_data.get(field.name.replace("postcode", "country"), "")
            try:
                self.cleaned_data[field.name] = check_postcode(postcode, country=country)
            except ValidationError as error:
                self.add_error(field.name, error)

    def _take_rate(self) -> None:
        """Put the chosen rate in the place of its key."""
        rates = {str(rate.pk): rate for rate in self.offer.rates}
        if chosen := rates.get(self.cleaned_data.pop("dues_rate", "")):
            self.cleaned_data["dues_rate"] = chosen

    def _check_own_amount(self) -> None:
        """The own amount reaches the minimum of the rate that was chosen."""
        rate = self.cleaned_data.get("dues_rate")
        if rate and (problem := below_minimum(rate, self.cleaned_data.get("own_amount"))):
            self.add_error("own_amount", problem)
