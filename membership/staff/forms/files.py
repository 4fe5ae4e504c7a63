"""What the office says about a file it adds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.forms.files import DocumentField


class AddFileForm(forms.Form):
    """The file, and whether it takes the place of those the office added before."""

    scan = DocumentField(label=_("Datei"))
    replaces = forms.BooleanField(
        label=_("Ersetzt die Dateien, die die Geschäftsstelle bisher hochgeladen hat"), required=False
    )
