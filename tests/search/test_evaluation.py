"""The labelled queries find what they must; the figures are right."""

import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.evaluation import Evaluation, FaultySet, Label, Outcome, evaluate, findable_corpus, read_labels, read_rows
from search.management.commands import evaluate_search
from search.management.commands.evaluate_search import OWN_CORPUS, OWN_SET, WITHOUT_OWN_SET
from search.models import IndexEntry
from tests.search.larger_corpus import made_pages

LARGER_SET = OWN_SET.with_name("larger_queries.yaml")
# The pages that the labels of the larger set are for.
LARGER = 1_000
COMPLETE = ("plural", "umlaut", "compound", "gender")


def assert_found_on_both_databases(found):
    """Compare with what the run on another database has left; the first leaves it (.ci/run names the file)."""
    file = Path(os.environ.get("COMPARED_HITS", os.devnull))
    if file.is_file():
        assert found == json.loads(file.read_text())
    else:
        file.write_text(json.dumps(found))


def outcome(found, *, wanted=("/a/",), unwanted=(), family=""):
    return Outcome(Label("q", frozenset(wanted), frozenset(unwanted), family), tuple(found))


# What one search may cost, the version of the content included.
MOST_QUERIES = 8


def test_own_set_is_large_enough():
    assert len(read_labels(OWN_SET)) >= 120


@pytest.mark.usefixtures("_enriched_content")
def test_both_sets_are_found_among_a_thousand_pages(site):
    with findable_corpus([*read_rows(OWN_CORPUS), *made_pages(LARGER)]):
        labels = [*read_labels(OWN_SET), *read_labels(LARGER_SET)]
        costs, outcomes = {}, []
        for label in labels:
            with CaptureQueriesContext(connection) as queries:
                outcomes += evaluate([label]).outcomes
            costs[label.query] = len(queries)
        evaluation = Evaluation(outcomes)
    families = evaluation.by_family()
    assert {query: cost for query, cost in costs.items() if cost > MOST_QUERIES} == {}
    failures = [one.label.query for one in evaluation.failures]
    assert [name for name in COMPLETE if families[name] < 1] == [], failures
    assert evaluation.recall >= 0.95, failures
    assert not IndexEntry.objects.filter(source="corpus").exists()
    assert_found_on_both_databases({f"{one.label.language} {one.label.query}": list(one.found) for one in outcomes})


def test_figures():
    outcomes = [outcome(["/a/"]), outcome(["/x/", "/a/"]), outcome(["/x/", "/y/", "/z/", "/a/"]), outcome([])]
    evaluation = Evaluation(outcomes)
    assert evaluation.recall == 0.5
    assert evaluation.mean_reciprocal_rank == (1 + 1 / 2 + 1 / 4) / 4
    assert evaluation.failures == outcomes[2:]


def test_the_digest_tells_other_hits_and_another_order():
    found = [["/a/", "/b/"], ["/b/", "/a/"], ["/a/"], ["/a/", "/b/"]]
    first, *others = [Evaluation([outcome(one)]).digest for one in found]
    assert [one == first for one in others] == [False, False, True]


def test_an_unwanted_address_spoils_a_query():
    assert outcome(["/a/", "/b/"], unwanted=["/b/"]).is_right is False
    assert outcome([], wanted=[]).is_right is True


def test_command_takes_a_file_of_full_addresses(site, tmp_path):
    queries = tmp_path / "set.yaml"
    queries.write_text(
        "- {query: Impressum, wanted: 'https://example.org/impressum/'}\n- {query: Xyzzyx, wanted: [/x/]}\n"
    )
    output = io.StringIO()
    call_command("evaluate_search", f"--file={queries}", stdout=output)
    lines = output.getvalue().splitlines()
    assert lines[0].endswith(": 2 queries")
    assert lines[1:3] == ["recall@3: 50.0%", "mean reciprocal rank: 0.500"]
    assert lines[-1] == "FAILED 'Xyzzyx': wanted /x/; found nothing"


@pytest.mark.parametrize("text", ["query: nichts", "- nur Text", "- {wanted: [/a/]}", "- [", "{"])
def test_a_faulty_file_is_told(tmp_path, text):
    path = tmp_path / "set.yaml"
    path.write_text(text)
    with pytest.raises(FaultySet):
        read_labels(path)


@pytest.mark.django_db
def test_a_missing_file_is_told():
    with pytest.raises(CommandError, match=r"gibtsnicht\.yaml"):
        call_command("evaluate_search", "gibtsnicht.yaml")


@pytest.mark.django_db
def test_without_the_tests_a_file_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate_search, "OWN_SET", tmp_path / "queries.yaml")
    with pytest.raises(CommandError) as refusal:
        call_command("evaluate_search")
    assert str(refusal.value) == WITHOUT_OWN_SET
