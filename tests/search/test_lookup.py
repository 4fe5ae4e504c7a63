"""Long lists kept in the process: they never show an earlier state of the index."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pages.models import StandardPage
from search import postings
from search.results import search
from tests.factories.pages import add_page
from tests.search.conftest import enrich_all

BOTH = "Giraffe Okapi"


@pytest.fixture
def ask(site, monkeypatch):
    """Return a function that asks for two words whose lists are kept, among many pages that have only one of them."""
    monkeypatch.setattr(postings, "COMMON", 2)
    monkeypatch.setattr(postings, "kept", postings.Kept())
    for number in range(3):
        add_page(site.root_page, StandardPage(title=f"Giraffe {number}"))
        add_page(site.root_page, StandardPage(title=f"Okapi {number}"))
    enrich_all()

    def titles() -> list[str]:
        read, kept, again = ([entry.title for entry in search(BOTH, "de").hits.entries] for _ in range(3))
        assert read == kept == again
        return again

    return titles


def add_both(parent, title="Beide", **options):
    return add_page(parent, StandardPage(title=title, intro=BOTH), **options)


def test_lists_are_kept_and_follow_every_change(ask, site):
    page = add_both(site.root_page)
    add_both(site.root_page, "Entwurf", live=False)
    add_both(site.root_page, "Intern", private=True)
    assert ask() == ["Beide"]
    other = add_both(site.root_page, "Giraffe und anderes")
    assert ask() == ["Giraffe und anderes", "Beide"]
    page.title = "Giraffe, Okapi und Zebra"
    page.save_revision().publish()
    assert ask() == ["Giraffe, Okapi und Zebra", "Giraffe und anderes"]
    page.unpublish()
    assert ask() == ["Giraffe und anderes"]
    other.delete()
    assert "Beide" not in ask()


def test_a_change_that_is_taken_back_leaves_nothing(ask, site):
    add_both(site.root_page)
    assert ask() == ["Beide"]
    with transaction.atomic():
        add_both(site.root_page, "Nie gewesen")
        assert sorted(ask()) == ["Beide", "Nie gewesen"]
        transaction.set_rollback(True)
    assert ask() == ["Beide"]


def test_a_kept_list_is_not_read_again(ask, site):
    add_both(site.root_page)
    ask()
    with CaptureQueriesContext(connection) as queries:
        search(BOTH, "de")
    assert [query["sql"] for query in queries if "STRING_AGG" in query["sql"] or "GROUP_CONCAT" in query["sql"]] == []


def test_only_so_much_of_one_state_is_kept(monkeypatch):
    monkeypatch.setattr(postings, "MOST_KEPT", 2)
    kept, state, later = postings.Kept(), (1, 1), (2, 1)
    assert kept.of_state(state, "lists", ["a"]) == {}
    for number, term in enumerate(("a", "b", "c")):
        kept.keep(state, "de", "lists", term, number)
    assert kept.of_state(state, "lists", ["a", "b", "c"]) == {"b": 1, "c": 2}
    assert kept.of_state(state, "counts", ["b"]) == {}
    kept.keep((0, 0), "de", "lists", "a", 9)
    assert kept.of_state(state, "lists", ["a"]) == {}
    assert kept.of_state(later, "lists", ["b"]) == {}
    assert [kept.has_common("de", ["a"]), kept.has_common("en", ["a"])] == [True, False]
