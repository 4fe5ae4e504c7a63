"""What editors keep of the search, and who may."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry

from search.models import MissedQuery, Promotion, Synonym
from tests.factories.accounts import create_person

PLACES = ("gleichbedeutend", "empfohlen", "ohne-ergebnis")


@pytest.fixture
def sign_in(client, site):
    """Return a function that signs in a member of the group."""

    def enter(group):
        user = create_person()
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return enter


def test_editors_add_a_synonym(sign_in):
    client = sign_in("Redaktion")
    client.post("/admin/suche/gleichbedeutend/new/", {"word": "KiJu", "meanings": "Kinder, Jugend"})
    assert Synonym.objects.get(word="KiJu").meanings == "Kinder, Jugend"


def test_editors_recommend_a_page(sign_in, site):
    client = sign_in("Redaktion")
    client.post("/admin/suche/empfohlen/new/", {"query": "Anfang", "page": site.root_page.pk, "note": ""})
    assert Promotion.objects.get().query == "Anfang"


def test_report_shows_only_queries_with_words_and_is_not_to_be_changed(sign_in):
    kept = MissedQuery.objects.create(day=date(2026, 11, 1), fingerprint="a", text="zebra", count=3)
    MissedQuery.objects.create(day=date(2026, 11, 1), fingerprint="b", text="", count=2)
    client = sign_in("Redaktion")
    shown = client.get("/admin/suche/ohne-ergebnis/")
    assert [row.text for row in shown.context["object_list"]] == ["zebra"]
    for path in ("new/", f"edit/{kept.pk}/"):
        assert client.post(f"/admin/suche/ohne-ergebnis/{path}", {"text": "anders"}).status_code in {302, 403, 404}
    assert MissedQuery.objects.get(pk=kept.pk).text == "zebra"
    assert MissedQuery.objects.count() == 2


def test_editors_delete_a_query_that_is_a_name_for_all_days_and_no_log_keeps_it(sign_in):
    for day in (1, 2):
        MissedQuery.objects.create(day=date(2026, 11, day), fingerprint="a", text="zora okapi", count=3)
    other = MissedQuery.objects.create(day=date(2026, 11, 1), fingerprint="b", text="zebra", count=3)
    client = sign_in("Redaktion")
    row = MissedQuery.objects.filter(text="zora okapi").first()
    delete = f"/admin/suche/ohne-ergebnis/delete/{row.pk}/"
    assert delete in client.get("/admin/suche/ohne-ergebnis/").content.decode()
    assert "Soll dieses Suchwort aus dem Bericht verschwinden, für alle Tage?" in client.get(delete).content.decode()
    answer = client.post(delete, follow=True)
    assert answer.redirect_chain == [("/admin/suche/ohne-ergebnis/", 302)]
    assert "Das Suchwort ist gelöscht." in answer.content.decode()
    assert "zora" not in answer.content.decode()
    assert list(MissedQuery.objects.all()) == [other]
    assert [entry.label for entry in ModelLogEntry.objects.all() if "zora" in entry.label] == []


@pytest.mark.parametrize("group", ["Geschäftsstelle", "Vorstand", "Kasse"])
def test_others_do_not_see_them(sign_in, group):
    client = sign_in(group)
    assert [client.get(f"/admin/suche/{place}/").status_code == 200 for place in PLACES] == [False] * 3
