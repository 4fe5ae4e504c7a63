"""What the office asks, and what came back."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.forms.answer import LONGEST_ANSWER

LONGEST = 2000


class CompletionForm(forms.Form):
    """A request for completion: what is open on the list, further points, a message."""

    lines = forms.MultipleChoiceField(
        label=_("Was fehlt"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Aus der Liste.")
    )
    more = forms.CharField(
        label=_("Weitere Punkte"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ein Punkt je Zeile, als ganzer Satz."),
    )
    message = forms.CharField(
        label=_("Nachricht"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Steht unter der Liste. Anrede und Link schreibt das Portal dazu."),
    )

    def __init__(self, notes: Sequence[str], *args: Any, **kwargs: Any) -> None:
        """Offer ``notes``, the sentences of what is open."""
        super().__init__(*args, **kwargs)
        self.notes = list(notes)
        lines = cast("forms.MultipleChoiceField", self.fields["lines"])
        lines.choices = [(str(number), note) for number, note in enumerate(self.notes)]
        if not self.notes:
            del self.fields["lines"]

    @property
    def points(self) -> list[str]:
        """The sentences that were chosen and written."""
        chosen = [self.notes[int(number)] for number in self.cleaned_data.get("lines", [])]
        return [*chosen, *self.cleaned_data["more"].splitlines()]


class AnswerForm(forms.Form):
    """The answer, in the office's words or the applicant's."""

    answer = forms.CharField(label=_("Antwort"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 6}))
