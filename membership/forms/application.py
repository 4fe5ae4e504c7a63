"""The application form, built from the definition for one kind and membership type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from dues.models import DuesRate
from dues.money import format_amount
from library.models import Download
from membership.definition import Column, Field, FieldType, Section
from membership.enums import Channel
from membership.forms.checks import check_postcode
from membership.forms.inputs import MISSING, make_input
from membership.forms.rows import RowCount, cell_name, collect, count_name, make_cells
from membership.offer import Offer
from portal.association.models import LegalText


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
    """What a template shows of one section; every part has either ``bound`` or ``rows``."""

    section: Section
    title: str
    intro: str
    texts: list[LegalText]
    downloads: list[Download]
    parts: list[dict[str, Any]]


class ApplicationForm(forms.Form):
    """Checks what :mod:`membership.fields` defines and the :class:`~membership.offer.Offer` offers, nothing else.

    Valid: ``answered`` holds one value per field of the definition, dropped fields left out.
    """

    use_required_attribute = False

    def __init__(self, offer: Offer, *args: Any, channel: Channel = Channel.ONLINE, **kwargs: Any) -> None:
        self.offer, self.channel = offer, channel
        super().__init__(*args, **kwargs)
        self.definition = offer.fields(channel)
        self.row_counts: dict[str, RowCount] = {}
        self.answered: dict[str, Any] = {}
        for field in self.definition:
            self._add(field)

    @classmethod
    def unchecked(cls, offer: Offer, data: Mapping[str, Any]) -> "ApplicationForm":
        """Return a form that shows what was typed, without checking it: for one more row, or a new key."""
        counted = cls(offer, data)
        typed = {
            name: field.widget.value_from_datadict(data, {}, name)  # type: ignore[arg-type]
            for name, field in counted.fields.items()
        }
        form = cls(offer, initial=typed)
        form._set_rows(counted.row_counts)
        return form

    def sections(self) -> Iterator[FormSection]:
        """Yield the sections in the definition's order with what there is to read and to fill in."""
        downloads = {download.name: download for download in Download.objects.public().with_files()}
        for section in dict.fromkeys(field.section for field in self.definition):
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
        self._drop_unasked()
        self._check_blocks()
        self._check_postcodes()
        self._check_amount()
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
            label=str(field.label_for(self.offer.kind)),
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
            return [(str(rate.pk), _rate_label(rate)) for rate in self.offer.rates]
        if field.name == "payment_way":
            return [(way.value, str(way.label)) for way in self.offer.payment_ways]
        return []

    def _help_text(self, field: Field) -> str:
        text = str(field.help_text_for(self.offer.kind))
        if field.field_type is FieldType.AMOUNT:
            least = min(self.offer.minimum_of(rate) for rate in self.offer.rates)
            return _("Sie bestimmen den Betrag, mindestens %(least)s.") % {"least": format_amount(least)}
        if field.name == "reduced_wanted":
            reduced = ", ".join(_rate_label(rate) for rate in self.offer.reduced_rates)
            return f"{reduced}. {text}"
        return text

    def _part(self, field: Field) -> dict[str, Any]:
        if field.field_type is not FieldType.ROWS:
            return {"bound": self[field.name], "rows": None}
        count = self.row_counts[field.name]
        rows = [
            [(column, self[cell_name(field, row, column)]) for column in field.columns]
            for row in range(1, count.rows + 1)
        ]
        part = RowsPart(field, rows, count.can_add, count_name(field), self.offer.is_required(field))
        return {"bound": None, "rows": part}

    # -- checking

    def _drop_unasked(self) -> None:
        """Forget answers, and their errors, whose condition is not met: bank data of those who pay by transfer."""
        for field in self.definition:
            if field.condition and self.cleaned_data.get(field.condition.field) != field.condition.value:
                self.cleaned_data.pop(field.name, None)
                self.errors.pop(field.name, None)

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

    def _check_amount(self) -> None:
        """The supporting amount reaches the minimum of the rate that was chosen."""
        rates = {str(rate.pk): rate for rate in self.offer.rates}
        rate = rates.get(self.cleaned_data.get("dues_rate", ""))
        if rate is None:
            return
        self.cleaned_data["dues_rate"] = rate
        amount: Decimal | None = self.cleaned_data.get("supporting_amount")
        least = self.offer.minimum_of(rate)
        if amount is not None and amount < least:
            sentence = _("Der Förderbeitrag beträgt mindestens %(least)s im Jahr.")
            self.add_error("supporting_amount", sentence % {"least": format_amount(least)})


def _rate_label(rate: DuesRate) -> str:
    label = f"{rate.category}: {rate.describe()}"
    return f"{label} – {rate.note}" if rate.note else label
