"""The samples as the treasurer may change them: days and bases, one a line; kept in the address, stored nowhere."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dues.dates import parse_day
from dues.money import format_amount, parse_amount
from membership.simulation.samples import SampleFigures

MOST_LINES = 12


class LinesField(forms.CharField):
    """Values one a line, each read by ``parse``; returned without repetitions."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, parse: Callable[[str], Any], **kwargs: Any) -> None:
        self.parse = parse
        super().__init__(error_messages={"required": _("Bitte schreiben Sie mindestens eine Zeile.")}, **kwargs)

    def to_python(self, value: Any) -> tuple[Any, ...]:
        typed = super().to_python(value) or ""
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_now("Bitte höchstens %(most)s Zeilen.") % {"most": MOST_LINES})
        return tuple(dict.fromkeys(self._read(number, line) for number, line in enumerate(lines, 1)))

    def _read(self, number: int, line: str) -> Any:
        try:
            return self.parse(line)
        except ValidationError as refusal:
            figures = {"number": number, "reason": " ".join(refusal.messages)}
            raise ValidationError(_now("Zeile %(number)s: %(reason)s") % figures) from None


class SampleForm(forms.Form):
    """Which days and bases the sample cases have; unasked it shows ``figures``."""

    tage = LinesField(label=_("Tage der Aufnahme"), parse=parse_day, help_text=_("Ein Tag je Zeile."))
    grundlagen = LinesField(
        label=_("Bemessungsgrundlagen in Euro"),
        parse=parse_amount,
        help_text=_("Ein Betrag je Zeile; gebraucht nur für Beiträge nach Prozent."),
    )

    def __init__(self, data: Any, *, figures: SampleFigures) -> None:
        asked = data if any(name in data for name in self.base_fields) else None
        initial = {
            "tage": "\n".join(f"{day:%d.%m.%Y}" for day in figures.days),
            "grundlagen": "\n".join(format_amount(base).removesuffix(" €") for base in figures.bases),
        }
        super().__init__(asked, initial=initial)
        self._figures = figures

    @property
    def figures(self) -> SampleFigures | None:
        """What was asked for, the usual figures if nothing was; None where something cannot be read."""
        if not self.is_bound:
            return self._figures
        if not self.is_valid():
            return None
        return SampleFigures(self.cleaned_data["tage"], self.cleaned_data["grundlagen"])
