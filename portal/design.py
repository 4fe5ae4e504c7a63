"""The living page of all components with their states, for those who work on the portal (``make dev`` only)."""

import datetime as dt
import re
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FOUNDATION = settings.BASE_DIR / "portal" / "static" / "css" / "foundation.css"
COLOR = re.compile(r"--([\w-]+): #[0-9a-f]{6};")
STEP = re.compile(r"--(step-[\w-]+):")


class SampleForm(forms.Form):
    """One field of every layout."""

    use_required_attribute = False

    name = forms.CharField(label="Textfeld", help_text="Mit einem Hinweis.")
    optional = forms.CharField(label="Freiwilliges Feld", required=False)
    email = forms.EmailField(label="Falsche Angabe")
    message = forms.CharField(label="Mehrere Zeilen", widget=forms.Textarea)
    choice = forms.ChoiceField(label="Liste", choices=[("", "Bitte wählen"), ("a", "Erste"), ("b", "Zweite")])
    group = forms.ChoiceField(label="Auswahl", choices=[("a", "Eine"), ("b", "Andere")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Ein Häkchen")
    file = forms.FileField(label="Datei", required=False)


def tokens(pattern: re.Pattern[str]) -> list[str]:
    """Return the names of the tokens of one kind in the order of the style sheet, each once."""
    return list(dict.fromkeys(pattern.findall(FOUNDATION.read_text())))


def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state it has."""
    wrong = SampleForm({"name": "Muster", "email": "keine-adresse", "group": "a", "agreed": "on"})
    return render(
        request,
        "design/components.html",
        {
            "colors": tokens(COLOR),
            "steps_of_type": tokens(STEP),
            "form": SampleForm(),
            "wrong": wrong,
            "date": dt.date(2026, 9, 24),
            "page_obj": Paginator(range(60), 20).get_page(2),
            "rows": [("Ort", "Chemnitz"), ("Leer", ""), ("Anschrift", "Musterstraße 1\n01234 Musterstadt")],
            "steps": [
                SimpleNamespace(title="Erledigt", text="Dieser Schritt liegt hinter Ihnen.", is_done=True),
                SimpleNamespace(title="Jetzt", text="Hier sind Sie.", is_current=True),
                SimpleNamespace(title="Später", text=""),
            ],
            "kinds_of_notice": ["info", "success", "warning", "error"],
        },
    )
