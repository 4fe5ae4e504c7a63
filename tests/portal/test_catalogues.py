"""Texts are found in code and templates, and a catalogue that lacks one is noticed."""

import gettext
from pathlib import Path

import polib
import pytest

from portal.catalogues import compile_catalogue, findings, update
from portal.messages import Message, in_python, in_template, messages_of
from portal.places import BASE_DIR

GREETING = Message(None, "Guten Tag", None)
COUNT = Message(None, "%(n)s Treffer", "%(n)s Treffer insgesamt")
MONTH = Message("Monat", "Mai", None)


def test_texts_in_code() -> None:
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a = _("Guten Tag")
b = ngettext("%(n)s Treffer", "%(n)s Treffer insgesamt", 3)
c = pgettext("Monat", "Mai")
d = _(f"nicht {a}"), _(""), other("nicht")
e = _("Guten "
      "Abend")
f = _now("Guten Tag")
"""
    assert list(in_python(source)) == [
        (GREETING, 3),
        (COUNT, 4),
        (MONTH, 5),
        (Message(None, "Guten Abend", None), 7),
        (GREETING, 9),
    ]


def test_texts_in_templates() -> None:
    source = """{% load i18n %}
<h1>{% translate "Guten Tag" %}</h1>
{% blocktranslate trimmed count n=total %}
  {{ n }} Treffer
{% plural %}
  {{ n }} Treffer insgesamt
{% endblocktranslate %}
{% translate "Mai" context "Monat" %}
{% include "x.html" with title=_("Es heißt „so“") %}
{% comment %}{% translate "nicht" %}{% endcomment %}
"""
    assert list(in_template(source)) == [
        (GREETING, 2),
        (COUNT, 3),
        (MONTH, 8),
        (Message(None, "Es heißt „so“", None), 9),
    ]


def test_all_rooms_are_read() -> None:
    places = {place.split("/")[0] for found in messages_of(BASE_DIR).values() for place in found}
    assert places == {"home", "membership", "dues", "pages", "library", "search", "portal", "templates"}


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    file.extend(entries)
    return file


def entry(text: str, translation: str, **fields: object) -> polib.POEntry:
    return polib.POEntry(msgid=text, msgstr=translation, **fields)


HITS = polib.POEntry(
    msgid="%(n)s Treffer",
    msgid_plural="%(n)s Treffer insgesamt",
    msgstr_plural={0: "one hit", 1: "%(n)s hits"},
)


@pytest.mark.parametrize(
    ("entries", "messages", "lines"),
    [
        ([entry("Guten Tag", "Hello")], [GREETING], []),
        ([HITS], [COUNT], []),
        ([entry("Mai", "May", msgctxt="Monat")], [MONTH], []),
        ([], [GREETING], ["fehlt: „Guten Tag“ (a.py:1)"]),
        ([entry("Guten Tag", "")], [GREETING], ["ist nicht übersetzt: „Guten Tag“ (a.py:1)"]),
        (
            [entry("Guten Tag", "Hello", flags=["fuzzy"])],
            [GREETING],
            ["ist als zweifelhaft markiert: „Guten Tag“ (a.py:1)"],
        ),
        ([entry("Mai", "May")], [MONTH], ["fehlt: „Mai“ (a.py:1)", "wird nicht mehr gebraucht: „Mai“"]),
        (
            [entry("%(n)s von {all}", "%(m)s of {all}")],
            [Message(None, "%(n)s von {all}", None)],
            ["hat andere Platzhalter als das Original: „%(n)s von {all}“ (a.py:1)"],
        ),
    ],
)
def test_findings(entries: list[polib.POEntry], messages: list[Message], lines: list[str]) -> None:
    assert findings(catalogue(*entries), {message: ["a.py:1"] for message in messages}) == lines


def test_update_keeps_adds_and_drops() -> None:
    file = catalogue(entry("Guten Tag", "Hello"), entry("Alt", "Old"))
    assert update(file, [GREETING, COUNT]) == (1, 1)
    assert [(found.msgid, found.msgstr, found.msgstr_plural) for found in file] == [
        ("Guten Tag", "Hello", {}),
        ("%(n)s Treffer", "", {0: "", 1: ""}),
    ]


def test_compiled_catalogue_is_read_by_gettext(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    catalogue(entry("Guten Tag", "Hello"), HITS).save(str(source))
    assert compile_catalogue(source) is True
    with source.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Guten Tag") == "Hello"
    assert [translations.ngettext("%(n)s Treffer", "%(n)s Treffer insgesamt", n) for n in (1, 2)] == [
        "one hit",
        "%(n)s hits",
    ]


def test_only_changed_catalogues_are_compiled(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    catalogue(entry("Guten Tag", "Hello")).save(str(source))
    assert [compile_catalogue(source), compile_catalogue(source)] == [True, False]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["django.mo", "django.po"]
