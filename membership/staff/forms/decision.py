"""What the board enters when it decides."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from membership.models import VotingRules
from membership.voting import Count, TieRule, Vote
from portal.accounts.models import User
from portal.association.models import BoardTerm


class VoteForm(forms.Form):
    """Until when the board votes."""

    closes_on = forms.DateField(
        label=_("Letzter Tag der Abstimmung"),
        widget=AdminDateInput,
        help_text=_("Die Abstimmung endet an diesem Tag um Mitternacht."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = VotingRules.load().deadline_days
        self.fields["closes_on"].initial = timezone.localdate() + dt.timedelta(days=days)


class BallotForm(forms.Form):
    """One's own vote."""

    vote = forms.ChoiceField(label=_("Ihre Stimme"), choices=Vote.choices, widget=forms.RadioSelect)


class MeetingForm(forms.Form):
    """What a meeting counted, who was there, and where it stands in the minutes."""

    held_on = forms.DateField(label=_("Tag der Sitzung"), widget=AdminDateInput)
    present = forms.ModelMultipleChoiceField(
        label=_("Anwesende Mitglieder des Vorstands"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    yes = forms.IntegerField(label=_("Ja-Stimmen"), min_value=0, initial=0)
    no = forms.IntegerField(label=_("Nein-Stimmen"), min_value=0, initial=0)
    abstain = forms.IntegerField(label=_("Enthaltungen"), min_value=0, initial=0)
    conflict = forms.IntegerField(
        label=_("Befangene"),
        min_value=0,
        initial=0,
        help_text=_("Anwesende, die wegen Befangenheit nicht mit abgestimmt haben."),
    )
    chair = forms.ChoiceField(
        label=_("Stimme des Vorsitzes"),
        required=False,
        choices=[("", _("nicht nötig")), (Vote.YES.value, Vote.YES.label), (Vote.NO.value, Vote.NO.label)],
        help_text=_("Nur bei Stimmengleichheit."),
    )
    protocol_reference = forms.CharField(
        label=_("Fundstelle im Protokoll"),
        max_length=120,
        help_text=_("Zum Beispiel „Protokoll vom 3. November 2026, TOP 4“."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = timezone.localdate
        # Everybody who was ever on the board: the day of the meeting decides who counts.
        people = User.objects.filter(pk__in=BoardTerm.objects.values("user")).order_by("last_name", "first_name")
        cast("forms.ModelMultipleChoiceField", self.fields["present"]).queryset = people
        if VotingRules.load().tie != TieRule.CHAIR:
            del self.fields["chair"]

    @property
    def result(self) -> dict[str, Any]:
        """What the domain function takes."""
        entered = self.cleaned_data
        figures = {name: entered[name] for name in ("yes", "no", "abstain", "conflict")}
        return {
            "count": Count(members=0, chair=entered.get("chair", ""), **figures),
            "held_on": entered["held_on"],
            "present": list(entered["present"]),
            "protocol_reference": entered["protocol_reference"],
        }


class NoteForm(forms.Form):
    """A note of the board for itself."""

    text = forms.CharField(label=_("Notiz"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
