"""What editors are told about a text, and that a good text is left in peace."""

import pytest
from bs4 import BeautifulSoup
from wagtail.rich_text import RichText

from pages.content_checks import empty_links, findings, long_sentences, skipped_headings
from pages.models import StandardPage

pytestmark = pytest.mark.django_db


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("words", ["hier", "Hier", "Mehr erfahren", " weiter … ", "PDF", "https://muster.example/a"])
def test_a_link_that_says_nothing_is_named(words: str) -> None:
    (found,) = empty_links(soup(f'<p>Mehr <a href="/a/">{words}</a></p>'))
    assert "sagt nicht, wohin er führt" in found


@pytest.mark.parametrize("words", ["Satzung", "hier in Chemnitz", "Zu den Arbeitstreffen"])
def test_a_link_that_says_where_it_leads_is_not(words: str) -> None:
    assert empty_links(soup(f'<p><a href="/a/">{words}</a></p>')) == []


def test_a_skipped_heading_is_named_once() -> None:
    found, level = skipped_headings(soup("<h3>Zu klein</h3><h2>Groß</h2><h3>Richtig</h3>"), 1)
    assert (found, level) == (
        ["Die Überschrift „Zu klein“ überspringt eine Ebene. Nehmen Sie die nächstgrößere."],
        3,
    )


def test_sentences_are_counted_as_people_read_them() -> None:
    thirty = " ".join(["Wort"] * 30)
    assert long_sentences(soup(f"<p>{thirty}. {thirty}. Am 7. Dezember 2000, z.B. in Chemnitz.</p>")) == []
    (found,) = long_sentences(soup(f"<p>{thirty} eins.</p>"))
    assert found.startswith("Ein Satz hat 31 Wörter: „Wort Wort")


def test_a_page_is_read_block_by_block() -> None:
    page = StandardPage(title="Seite", slug="seite")
    page.body = [
        ("questions", {"heading": "Fragen", "questions": [{"question": "Wo?", "answer": RichText("<a>hier</a>")}]}),
        ("text", RichText("<h3>Nach dem Baustein richtig</h3>")),
        ("notice", {"kind": "info", "title": "Gut", "text": RichText("<p><a>mehr</a></p>")}),
    ]
    assert findings(page) == [
        "Der Verweis „hier“ sagt nicht, wohin er führt. Schreiben Sie das Ziel in den Verweis.",
        "Der Verweis „mehr“ sagt nicht, wohin er führt. Schreiben Sie das Ziel in den Verweis.",
        "Es fehlt eine Beschreibung: Schreiben Sie eine Einleitung oder unter „Veröffentlichung“ eine Beschreibung.",
    ]


def test_the_editor_shows_what_was_found_and_nothing_for_a_good_text(site, admin_client) -> None:
    about = StandardPage(title="Seite", slug="seite", intro="", locale=site.root_page.locale)
    site.root_page.add_child(instance=about)
    address = f"/admin/pages/{about.pk}/edit/"
    assert "Es fehlt eine Beschreibung" in admin_client.get(address).content.decode()
    about.intro = "Worum es geht."
    about.save_revision()
    assert "sehen Sie bitte noch einmal hin" not in admin_client.get(address).content.decode()


def test_the_starter_content_is_free_of_findings(site) -> None:
    pages = site.root_page.get_descendants(inclusive=True).specific()
    assert {page.slug: findings(page) for page in pages if findings(page)} == {}
