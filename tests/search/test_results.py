"""The result page, whatever is asked of it."""

import re

import pytest
from django.utils.html import escape

from pages.models import StandardPage
from search.analysis.query import LONGEST_QUERY
from search.models import MissedQuery, Promotion, Synonym
from tests.factories.pages import add_page
from tests.search.conftest import enrich_all

# What one search may cost, the version of the content included.
MOST_QUERIES = 8


@pytest.fixture
def ask(client, _enriched_content, site):
    """Return a function that asks as a visitor and returns the page, with everything enriched."""

    def page(query, **parameters):
        enrich_all()
        response = client.get("/suche/", {"q": query, **parameters})
        assert response.status_code == 200
        return response

    return page


def titles(response) -> list[str]:
    return ["".join(piece.text for piece in result.title) for result in response.context["results"].results]


def main_text(response) -> str:
    inside = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_page_is_not_for_search_engines(ask):
    response = ask("Satzung")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_hits_are_marked_in_title_and_excerpt(ask):
    response = ask("grundsätze")
    assert titles(response)[0] == "Aktivitäten"
    assert "<mark>Arbeitsgrundsätzen</mark>" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Geben Sie ein oder mehrere Wörter ein."),
        ("   ", "Geben Sie ein oder mehrere Wörter ein."),
        ("\x00", "Geben Sie ein oder mehrere Wörter ein."),
        ("a", "Das ist zu kurz."),
        ("*", "Darin steht kein Wort."),
        ("%", "Darin steht kein Wort."),
        ("🏡🌳", "Darin steht kein Wort."),
        ("von dem", "Diese Wörter kommen fast überall vor."),
        ('" OR 1', "Treffer"),
        ("a AND (", "Treffer"),
        ("'; DROP TABLE search_posting; --", "gibt es keine Treffer."),
        ("שלום", "Für „שלום“ gibt es keine Treffer."),
        ('"Zebra', "gibt es keine Treffer."),
        ("<script>zebra</script>", escape("<script>zebra</script>")),
    ],
)
def test_odd_queries_get_a_german_answer(ask, query, said):
    assert said in main_text(ask(query))


def test_a_long_query_is_cut_and_says_so(ask):
    response = ask("Satzung " * 37 + "Ende")
    assert "Ihre Eingabe war sehr lang." in main_text(response)
    assert len(response.context["query"].text) <= LONGEST_QUERY
    assert titles(response)[0] == "Satzung (Muster)"


@pytest.mark.parametrize("path", ["/", "/suche/", "/gibt-es-nicht/"])
def test_no_browser_cuts_what_is_pasted(client, site, path):
    fields = re.findall(r'<input[^>]*name="q"[^>]*>', client.get(path).content.decode())
    assert [("maxlength" in field, 'type="search"' in field) for field in fields] == [(False, True)] * len(fields)
    assert fields


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", "", "1e3", "9" * 5000, "²"])
def test_odd_page_numbers_show_a_page(ask, number):
    assert titles(ask("Satzung", page=number))[0] == "Satzung (Muster)"


def test_paging_goes_through_all_hits_once(ask, site):
    for number in range(23):
        add_page(site.root_page, StandardPage(title=f"Giraffe {number}"))
    seen = [title for number in (1, 2, 3) for title in titles(ask("Giraffe", page=number))]
    assert sorted(seen) == sorted(f"Giraffe {number}" for number in range(23))
    assert titles(ask("Giraffe", page=99)) == seen[20:]
    assert "23 Treffer" in main_text(ask("Giraffe"))


def test_a_synonym_counts_less_than_the_word_itself(ask, site):
    Synonym.objects.create(word="Okapi", meanings="Giraffe")
    for title, intro in [
        ("Eine Giraffe", ""),
        ("Ein Okapi", ""),
        ("Zoo", "Hier steht ein Okapi."),
        ("Park", "Giraffe"),
    ]:
        add_page(site.root_page, StandardPage(title=title, intro=intro))
    assert titles(ask("Okapi")) == ["Ein Okapi", "Eine Giraffe", "Zoo", "Park"]
    assert titles(ask("Giraffe")) == ["Eine Giraffe", "Ein Okapi", "Park", "Zoo"]


def test_kinds_filter(ask):
    everything = ask("Satzung")
    assert {kind.label for kind in everything.context["results"].kinds} >= {"Seite", "Download"}
    assert "Herunterladen (" not in main_text(everything)
    downloads = ask("Satzung", art="download").context["results"].results
    assert {result.kind_label for result in downloads} == {"Download"}
    assert titles(ask("Satzung", art="gibtsnicht")) == titles(everything)


def test_typing_error_shows_hits_and_one_click(ask):
    response = ask("Impresum")
    assert titles(response)[0] == "Impressum"
    assert '<a href="/suche/?q=Impressum">„Impressum“</a>' in response.content.decode()


def test_a_compound_that_may_be_a_typing_error_shows_both(ask):
    response = ask("Mitgliedshaft")
    results = response.context["results"]
    assert (results.is_corrected, results.suggestion, results.hits.total > 0) == (False, "Mitgliedschaft", True)
    assert 'Meinten Sie <a href="/suche/?q=Mitgliedschaft">„Mitgliedschaft“</a>?' in response.content.decode()
    assert ask("Vereinssatzung").context["results"].suggestion == ""


def test_synonyms_and_promotions_of_editors_count_at_once(ask, site):
    assert titles(ask("Okapi")) == []
    Synonym.objects.create(word="Okapi", meanings="Impressum")
    assert titles(ask("okapi"))[0] == "Impressum"
    private = add_page(site.root_page, StandardPage(title="Intern"), private=True)
    public = add_page(site.root_page, StandardPage(title="Willkommen"))
    for page in (private, public):
        Promotion.objects.create(query="Impressum", page=page, note="Lesenswert.")
    assert [one.title for one in ask("IMPRESSUM").context["results"].promoted] == ["Willkommen"]


@pytest.mark.parametrize(
    "query",
    [
        "Satzung",
        "Mitglied werden",
        "Impresum",
        "Xyzzyxa Satzung",
        "Quartierszebrastreifen",
        "Mitgliedshaft",
        "xyzzyx",
        '"Impresum Satzung"',
    ],
)
def test_a_search_costs_few_queries(ask, client, query, django_assert_max_num_queries):
    ask(query)
    MissedQuery.objects.all().delete()
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/suche/", {"q": query})


# -- queries that found nothing


def test_a_missed_query_is_kept_from_the_third_time_on(ask):
    for expected in [(1, ""), (2, ""), (3, "xyzzyx"), (4, "xyzzyx")]:
        ask("Xyzzyx")
        row = MissedQuery.objects.get()
        assert (row.count, row.text) == expected


@pytest.mark.parametrize("query", ["xyz@zyx.example", "xyz 0371 123456", "12-34-56"])
def test_what_may_be_personal_is_never_counted(ask, query):
    for _ in range(4):
        ask(query)
    assert not MissedQuery.objects.exists()


def test_hits_recommendations_and_looking_for_the_head_alone_are_not_counted(ask, client, site):
    ask("Satzung")
    ask("Impresum")
    client.head("/suche/", {"q": "Xyzzyx"})
    Promotion.objects.create(query="Zyzzyva", page=site.root_page)
    ask("Zyzzyva")
    assert not MissedQuery.objects.exists()
