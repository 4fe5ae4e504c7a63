"""The index follows every change; what is not public is never found."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from library.models import Download
from pages.models import MeetingIndexPage, MeetingPage, MeetingSpeaker, StandardPage
from portal.association.models import AssociationSettings
from search.analysis.stems import stem
from search.index import enrich, forget_words, go_through, verify
from search.models import IndexEntry, Posting, Word
from tests.factories.library import DocumentFactory, DownloadFactory
from tests.factories.pages import add_meeting, add_page
from tests.search.conftest import enrich_all
from tests.search.pdfs import pdf_with


@pytest.fixture
def home(site) -> Page:
    return site.root_page


def zebra(parent: Page, title: str = "Zebrastreifen", **options) -> StandardPage:
    return add_page(parent, StandardPage(title=title, **options.pop("fields", {})), **options)


def test_starter_content_is_found_in_full(site, found):
    # the text of a page, a block, a meeting's speaker, the imprint's particulars, the dues order, a PDF
    assert found("Grundsätze")[0] == "/aktivitaeten/"
    assert found("Exempel") == ["/arbeitstreffen/beispiel-treffen-fruehjahr/"]
    assert found("Registergericht")[0] == "/impressum/"
    assert found("Ermäßigter Beitrag")[0] in {"/mitglied-werden/beitragsordnung/", "/downloads/beitragsordnung/"}
    assert found("Platzhalter")[0] == "/downloads/bag-empfehlungen/"
    assert set(IndexEntry.objects.filter(source="page").values_list("url", flat=True)) == {
        page.url for page in Page.objects.live().public().filter(depth__gt=1)
    }


def test_draft_is_found_when_published_and_no_more_when_unpublished(home, found):
    page = zebra(home, live=False)
    assert found("Zebrastreifen") == []
    page.save_revision().publish()
    assert found("Zebrastreifen") == ["/zebrastreifen/"]
    Page.objects.get(pk=page.pk).unpublish()
    assert found("Zebrastreifen") == []


def test_draft_changes_of_a_live_page_are_not_found(home, found):
    page = zebra(home)
    page.title = "Okapi"
    page.save_revision()
    assert found("Okapi") == []
    assert found("Zebrastreifen") == ["/zebrastreifen/"]


def test_private_page_and_what_lies_below_are_not_found(home, found):
    page = zebra(home)
    zebra(page, "Zebraherde")
    assert sorted(found("Zebra")) == ["/zebrastreifen/", "/zebrastreifen/zebraherde/"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found("Zebra") == []
    restriction.delete()
    assert sorted(found("Zebra")) == ["/zebrastreifen/", "/zebrastreifen/zebraherde/"]


def test_moving_below_a_private_page_hides(home, found):
    page, closed = zebra(home), add_page(home, StandardPage(title="Intern"), private=True)
    page.move(closed, pos="last-child")
    assert found("Zebrastreifen") == []


def test_moving_and_renaming_change_addresses_of_the_whole_tree(home, found, run_on_commit):
    first, second = zebra(home, "Erstes Gehege"), zebra(home, "Zweites Gehege")
    page = zebra(first)
    Page.objects.get(pk=page.pk).move(second, pos="last-child")
    assert found("Zebrastreifen") == ["/zweites-gehege/zebrastreifen/"]
    second.refresh_from_db()
    second.slug = "anderes"
    with run_on_commit():
        second.save_revision().publish()
    assert found("Zebrastreifen") == ["/anderes/zebrastreifen/"]


def test_deleting_a_parent_takes_its_children_away(home, found):
    page = zebra(home)
    zebra(page, "Zebraherde")
    Page.objects.get(pk=page.pk).delete()
    assert found("Zebra") == []


def test_deleting_many_at_once(home, found):
    zebra(home)
    Page.objects.filter(slug="zebrastreifen").delete()
    assert found("Zebrastreifen") == []


def test_meeting_is_found_by_city_host_and_speaker(site, found):
    meeting = add_meeting(MeetingIndexPage.objects.get(), "Klausurtagung", city="Zittau", host="Okapiprojekt")
    meeting.speakers.add(MeetingSpeaker(name="Ada Zobel", function="Amtsleitung"))
    meeting.save_revision().publish()
    for query in ("Zittau", "Okapiprojekt", "Zobel", "Amtsleitung Klausurtagung", "Okapi"):
        assert found(query) == [meeting.url], query
    assert IndexEntry.objects.get(object_id=str(meeting.pk)).date == timezone.localdate(
        MeetingPage.objects.get(pk=meeting.pk).starts_at
    )


def test_copies_that_nobody_has_translated_are_not_found(site, home, found):
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = zebra(home)
    home.copy_for_translation(english, alias=True)
    page.copy_for_translation(english, alias=True)
    verify()
    assert found("Zebrastreifen", "en") == []
    assert found("Zebrastreifen", "de") == ["/zebrastreifen/"]


def test_association_particulars_follow_the_settings(site, found):
    settings = AssociationSettings.load()
    settings.representatives = "Zora Okapi"
    settings.save()
    assert found("Okapi") == ["/impressum/"]


# -- downloads


@pytest.fixture
def download(site) -> Download:
    document = DocumentFactory(
        title="Merkblatt", file_name="Merkblatt.pdf", content=pdf_with("Giraffenhals am Fenster")
    )
    return DownloadFactory(name="merkblatt", title="Merkblatt", document=document)


def test_download_is_found_by_title_at_once_and_by_its_text_after_the_worker(download, found):
    assert IndexEntry.objects.get(source="download", object_id=download.pk).attachment == ""
    assert found("Giraffenhals") == ["/downloads/merkblatt/"]
    assert found("Giraffe") == ["/downloads/merkblatt/"]
    assert found("Merkblatt") == ["/downloads/merkblatt/"]


def test_replaced_document_is_found_by_its_new_text_alone(download, found):
    assert found("Giraffenhals") == ["/downloads/merkblatt/"]
    document = DocumentFactory(title="Neu", file_name="Neu.pdf", content=pdf_with("Nashornwiese"))
    download.document = document
    download.save()
    assert found("Nashornwiese") == ["/downloads/merkblatt/"]
    assert found('"Giraffenhals am Fenster"') == []


def test_unpublished_closed_and_deleted_downloads_are_not_found(download, found):
    download.live = False
    download.save()
    assert found("Giraffenhals") == []
    download.live = True
    download.save()
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )
    assert found("Giraffenhals") == []
    restriction.delete()
    assert found("Giraffenhals") == ["/downloads/merkblatt/"]
    download.delete()
    assert found("Giraffenhals") == []


def test_a_page_names_no_download_that_is_closed_or_gone(home, download, found):
    page = add_page(
        home,
        StandardPage(title="Okapi", body=[("downloads", {"heading": "", "downloads": [download]})]),
    )
    assert found("Merkblatt") == ["/downloads/merkblatt/", page.url]
    root = Collection.get_first_root_node()
    restriction = CollectionViewRestriction.objects.create(
        collection=root, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert found("Merkblatt") == []
    restriction.delete()
    assert found("Merkblatt") == ["/downloads/merkblatt/", page.url]
    closed = root.add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    download.document.collection = closed
    download.document.save()
    assert found("Merkblatt") == []
    download.document.collection = root
    download.document.save()
    assert found("Merkblatt") == ["/downloads/merkblatt/", page.url]
    download.delete()
    assert found("Merkblatt") == []


def test_a_page_says_nothing_of_a_page_that_readers_may_not_see(home, found, run_on_commit):
    target = zebra(home, "Ziel")
    card = {"page": target, "title": "Giraffenhals", "text": "Dort steht ein Okapi."}
    page = add_page(home, StandardPage(title="Wegweiser", body=[("links", {"heading": "", "links": [card]})]))
    assert (found("Giraffenhals"), found("Okapi")) == ([page.url], [page.url])
    target.unpublish()
    assert (found("Giraffenhals"), found("Okapi")) == ([], [])
    target.save_revision().publish()
    assert found("Giraffenhals") == [page.url]
    restriction = PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    assert found("Giraffenhals") == []
    restriction.delete()
    assert found("Giraffenhals") == [page.url]
    Page.objects.get(pk=target.pk).move(add_page(home, StandardPage(title="Intern"), private=True), pos="last-child")
    assert found("Giraffenhals") == []
    Page.objects.get(pk=target.pk).move(home, pos="last-child")
    assert found("Giraffenhals") == [page.url]
    with run_on_commit():
        Page.objects.get(pk=target.pk).delete()
    assert found("Giraffenhals") == []


@pytest.mark.parametrize("content", [b"%PDF-1.4\n%%EOF\n", b"%PDF-1.7 kaputt", b"", b"Hallo"])
def test_unreadable_document_is_logged_and_found_by_its_title(site, found, content, caplog):
    DownloadFactory(name="kaputt", title="Zebrabuch", document=DocumentFactory(file_name="Zebra.pdf", content=content))
    assert found("Zebrabuch") == ["/downloads/kaputt/"]
    assert "Zebra.pdf" in caplog.text


# -- worker and repair


def test_nothing_comes_back_that_was_taken_down_while_the_worker_read(home, found, monkeypatch):
    page = zebra(home)
    from search import index

    original = index.enriched

    def slow(findable):
        Page.objects.get(pk=page.pk).specific.unpublish()
        return original(findable)

    monkeypatch.setattr(index, "enriched", slow)
    enrich("page", str(page.pk))
    assert not IndexEntry.objects.filter(source="page", object_id=page.pk).exists()


def test_verify_repairs_what_changed_without_a_signal(home, found):
    page = zebra(home)
    Page.objects.filter(pk=page.pk).update(title="Okapi")
    verify()
    assert found("Okapi") == ["/zebrastreifen/"]
    Page.objects.filter(pk=page.pk).update(live=False)
    verify()
    assert found("Okapi") == []


def test_verify_asks_again_before_it_writes_or_removes(home, found, monkeypatch):
    """A page that is published or taken down while the whole index is compared is as it is afterwards."""
    gone, changed = zebra(home, "Giraffe"), zebra(home, "Okapi")
    Page.objects.filter(pk=gone.pk).update(title="Nashorn")
    from search import index

    original = index.differing

    def slow(name, findables):
        keys = original(name, findables)
        if any(one.object_id == str(gone.pk) for one in findables):
            Page.objects.get(pk=gone.pk).specific.unpublish()
            zebra(home)
        return keys

    monkeypatch.setattr(index, "differing", slow)
    verify()
    assert (found("Nashorn"), found("Giraffe"), found("Zebrastreifen")) == ([], [], ["/zebrastreifen/"])
    assert found("Okapi") == [changed.url]


def test_a_document_is_read_when_the_storage_works_again(download, found, monkeypatch, caplog):
    opened = FieldFile.open
    monkeypatch.setattr(FieldFile, "open", mock.Mock(side_effect=OSError("Stale file handle")))
    IndexEntry.objects.filter(object_id=str(download.pk), source="download").update(is_enriched=False)
    assert found("Giraffenhals") == []
    assert "Merkblatt.pdf lässt sich nicht öffnen: Stale file handle" in caplog.text
    monkeypatch.setattr(FieldFile, "open", opened)
    verify()
    assert found("Giraffenhals") == ["/downloads/merkblatt/"]


@pytest.mark.usefixtures("_enriched_content")
def test_an_entry_that_failed_is_tried_again(home, monkeypatch):
    page = zebra(home, "Straßenbahnhaltestelle")
    from search import index

    original = index.enriched
    monkeypatch.setattr(index, "enriched", mock.Mock(side_effect=DatabaseError("database is locked")))
    enrich_all()
    part = Posting.objects.filter(entry__object_id=str(page.pk), term=f"~{stem('haltestelle', 'de')}")
    assert (part.exists(), IndexEntry.objects.filter(is_enriched=False).exists()) == (False, False)
    monkeypatch.setattr(index, "enriched", original)
    verify()
    enrich_all()
    assert part.exists()


def test_words_are_forgotten_with_their_last_entry(home, found):
    page = zebra(home, "Ada Zobelfrau")
    zebra(home, "Zobelhaus")
    found("Zobel")
    page.delete()
    forget_words()
    kept = set(Word.objects.filter(text__startswith="zobel").values_list("text", flat=True))
    assert kept == {"zobel", "zobelhaus"}
    assert Word.objects.filter(text="impressum").exists()


def test_addresses_and_words_of_any_length_are_kept(home, found):
    page = home
    for letter in "abc":
        page = add_page(page, StandardPage(title="Zebra", slug=letter * 250))
    assert len(page.url) > 700
    page.intro = f"{'Zebrastreifen' * 4}- und {'Okapi' * 8}haus"
    page.save_revision().publish()
    assert page.url in found("Zebra")


def test_verify_writes_nothing_when_nothing_changed(site):
    assert [progress.written + progress.removed for progress in go_through()] == [0] * len(list(go_through()))


def test_the_rebuilding_command_tells_how_far_it_is(home, monkeypatch):
    monkeypatch.setattr("search.index.OBJECTS", 5)
    pages = Page.objects.live().public().filter(depth__gt=1).count()
    downloads = Download.objects.public().count()
    output = io.StringIO()
    call_command("rebuild_search_index", stdout=output)
    lines = output.getvalue().splitlines()
    assert lines[0] == f"page: 5 von {pages} Einträgen geschrieben"
    assert {
        f"page: {pages} von {pages} Einträgen geschrieben",
        f"download: {downloads} von {downloads} Einträgen geschrieben",
    } <= set(lines)
    assert not IndexEntry.objects.filter(is_enriched=False).exists()


def test_an_unchanged_page_keeps_its_entry_enriched(home, found):
    page = zebra(home)
    found("Zebra")
    page.save_revision().publish()
    assert IndexEntry.objects.get(source="page", object_id=page.pk).is_enriched is True
