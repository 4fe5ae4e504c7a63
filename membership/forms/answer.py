"""The applicant's answer to a question of the office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.forms.inputs import TextInput

LONGEST_ANSWER = 3000
"""The office may type as much where an answer came by post or phone."""


class AnswerForm(forms.Form):
    """One text."""

    use_required_attribute = False

    answer = TextInput(
        label=_("Ihre Antwort"),
        longest=LONGEST_ANSWER,
        one_line=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
