"""Suggestions while somebody types."""

import pytest
from django.conf import settings

from pages.models import StandardPage
from search.index import refresh, remove
from search.models import IndexEntry, MissedQuery, Synonym
from search.titles import Title, suggestions, titles_of
from tests.factories.library import DownloadFactory
from tests.factories.pages import add_page

LARGEST_SCRIPT = 3 * 1024
TITLES = titles_of(
    Title(text, f"/{number}/", "page")
    for number, text in enumerate(["Häuser der Begegnung", "Haus", "Quartiersmanagement", "Straße im Haus", "Über uns"])
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ha", ["Haus", "Häuser der Begegnung", "Straße im Haus"]),
        ("haeus", ["Häuser der Begegnung"]),
        ("HÄUS", ["Häuser der Begegnung"]),
        ("haus strasse", ["Straße im Haus"]),
        ("be haeu", ["Häuser der Begegnung"]),
        ("management", ["Quartiersmanagement"]),
        ("agem", ["Quartiersmanagement"]),
        ("age", []),
        ("ü", ["Über uns"]),
        ("h", []),
        ("", []),
        ("*", []),
        ("\x00", []),
        ("haus " * 100, ["Haus", "Straße im Haus"]),
        ("qm", ["Quartiersmanagement"]),
    ],
)
def test_titles_are_found_by_their_words_in_any_spelling(typed, found):
    assert [one.text for one in suggestions(typed, TITLES, {"qm": ("quartiersmanagement",)})] == found


@pytest.fixture
def ask(client, site):
    """Return a function that asks as the script does and returns the suggested titles."""

    def titles(typed, prefix=""):
        answer = client.get(f"{prefix}/suche/vorschlaege/", {"q": typed})
        assert answer.status_code == 200
        assert answer.cookies == {}
        return [one["title"] for one in answer.json()["suggestions"]]

    return titles


def test_only_what_is_public_and_of_the_language_is_suggested(ask, site):
    add_page(site.root_page, StandardPage(title="Zebra offen"))
    add_page(site.root_page, StandardPage(title="Zebra intern"), private=True)
    add_page(site.root_page, StandardPage(title="Zebra Entwurf"), live=False)
    DownloadFactory(name="zebra", title="Zebra Merkblatt")
    assert ask("zebra") == ["Zebra offen", "Zebra Merkblatt"]
    assert ask("zebra", prefix="/en") == []


def test_suggestions_follow_every_change(ask, site):
    page = add_page(site.root_page, StandardPage(title="Zebra"))
    assert ask("zebra") == ["Zebra"]
    page.unpublish()
    assert ask("zebra") == []
    Synonym.objects.create(word="Okapi", meanings="Impressum")
    assert ask("okapi") == ["Impressum"]


def test_what_the_index_alone_forgets_is_not_suggested(ask, site):
    page = add_page(site.root_page, StandardPage(title="Zebra"))
    assert ask("zebra") == ["Zebra"]
    remove("page", [page.pk])
    assert ask("zebra") == []
    refresh("page", [page.pk])
    assert ask("zebra") == ["Zebra"]
    IndexEntry.objects.filter(object_id=str(page.pk)).update(title="Okapi")
    refresh("page", [page.pk], force=True)
    assert ask("zebra") == ["Zebra"]


def test_answer_names_kind_and_number(client, site):
    answer = client.get("/suche/vorschlaege/", {"q": "Satzung"})
    assert answer.json() == {
        "suggestions": [{"title": "Satzung (Muster)", "url": "/downloads/satzung/", "kind": "Download"}],
        "summary": "1 Vorschlag",
    }
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_key_pressed_costs_one_query_and_is_not_counted(ask, django_assert_num_queries):
    ask("satz")
    with django_assert_num_queries(1):
        ask("xyzzyx")
    assert not MissedQuery.objects.exists()


def test_the_script_is_small_and_only_on_the_search_page(client, site):
    script = settings.BASE_DIR / "portal" / "static" / "js" / "search-suggestions.js"
    assert script.stat().st_size <= LARGEST_SCRIPT
    page = client.get("/suche/").content.decode()
    assert page.count("<script src=") == 1
    assert 'data-suggestions="/suche/vorschlaege/"' in page
