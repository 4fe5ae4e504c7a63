"""What templates of public pages write with: the tags of portal/templatetags/frame.py."""

import pytest
from django.template import Context, Template
from wagtail.rich_text import RichText

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("(§ 18 Abs. 2 MStV)", f"(§{NBSP}18 Abs.{NBSP}2 MStV)"),
        ("§ 25 Absatz 2 Nummer 2 TDDDG", f"§{NBSP}25 Absatz{NBSP}2 Nummer{NBSP}2 TDDDG"),
        ("Art. 13 DSGVO", f"Art.{NBSP}13 DSGVO"),
        ("Ein Absatz, Nr. eins, § und Kart. 5", "Ein Absatz, Nr. eins, § und Kart. 5"),
        ("<b>§ 1</b>", f"&lt;b&gt;§{NBSP}1&lt;/b&gt;"),
    ],
)
def test_a_place_in_the_law_stays_on_one_line(text: str, kept: str) -> None:
    assert Template("{% load frame %}{{ text|keep_together }}").render(Context({"text": text})) == kept


def test_running_text_keeps_its_markup_and_its_places_in_the_law() -> None:
    text = RichText("<p>Siehe <b>§ 54 BGB</b>.</p>")
    assert str(Template("{{ text }}").render(Context({"text": text}))) == f"<p>Siehe <b>§{NBSP}54 BGB</b>.</p>"
