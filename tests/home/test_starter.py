"""Loading the starter content: complete, once, and never over what people have changed."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Revision, Site

from dues.models import DuesOrder
from home.models import StarterRecord
from home.starter import pages as starter_pages
from home.starter.files import Entry, StarterContentError
from home.starter.load import load_starter_content
from home.starter.rich_text import rich_text
from home.starter.values import moment
from library.models import Download, LibraryDocument, Picture
from pages.models import AboutPage, NetworkPage
from portal.association.models import AssociationSettings, LegalText

TREE = {
    "/": ("homepage", "Gemeinsam für Stadtteile in Sachsen"),
    "/ueber-uns/": ("aboutpage", "Über uns"),
    "/aktivitaeten/": ("activitiespage", "Aktivitäten"),
    "/bag/": (
        "networkpage",
        "Bundesarbeitsgemeinschaft (BAG) Soziale Stadtentwicklung und Gemeinwesenarbeit",
    ),
    "/mitglied-werden/": ("membershippage", "Mitglied werden"),
    "/mitglied-werden/beitragsordnung/": ("duespage", "Beitrags- und Finanzordnung"),
    "/arbeitstreffen/": ("meetingindexpage", "Arbeitstreffen"),
    "/arbeitstreffen/beispiel-treffen-fruehjahr/": ("meetingpage", "Beispiel: Arbeitstreffen im Frühjahr"),
    "/arbeitstreffen/beispiel-treffen-sommer/": ("meetingpage", "Beispiel: Arbeitstreffen im Sommer"),
    "/arbeitstreffen/beispiel-treffen-archiv/": ("meetingpage", "Beispiel: ein Arbeitstreffen im Archiv"),
    "/aktuelles/": ("newsindexpage", "Aktuelles"),
    "/aktuelles/beispiel-meldung-portal/": ("newspage", "Beispiel: Die LAG hat neue Seiten"),
    "/aktuelles/beispiel-meldung-treffen/": ("newspage", "Beispiel: Rückblick auf ein Arbeitstreffen"),
    "/kontakt/": ("contactpage", "Kontakt"),
    "/impressum/": ("legalpage", "Impressum"),
    "/datenschutz/": ("legalpage", "Datenschutz"),
    "/barrierefreiheit/": ("legalpage", "Barrierefreiheit"),
}


def tree() -> dict[str, tuple[str, str]]:
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code="de").select_related("content_type")
    return {page.url: (page.content_type.model, page.title) for page in pages.order_by("path")}


def writes(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_everything_is_there(site) -> None:
    assert tree() == TREE
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["de", "en"]
    assert Site.objects.count() == 1
    assert AssociationSettings.load().short_name == "LAG Sachsen"
    assert LegalText.objects.published().count() == 10
    assert DuesOrder.objects.in_force().rates.count() == 5
    assert sorted(Download.objects.values_list("name", flat=True)) == [
        "aufnahmeantrag",
        "bag-empfehlungen",
        "beitragsordnung",
        "satzung",
    ]
    assert [document.filename for document in LibraryDocument.objects.all()] == ["Empfehlungen_BAG_Verstetigung.pdf"]
    assert [picture.title for picture in Picture.objects.all() if not picture.default_alt_text] == []
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Geschäftsstelle", "Kasse", "Redaktion", "Vorstand"]


def test_the_tree_is_sound(site) -> None:
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_second_run_writes_nothing(site) -> None:
    with CaptureQueriesContext(connection) as captured:
        count = load_starter_content()

    assert count == 0
    assert writes(captured) == []


def changed_entries(monkeypatch, slug: str, **values: str) -> None:
    """Let the files say something else about one page from now on."""
    entries = [
        Entry(entry.source, entry.name, {**entry.values, **values}) if entry.values["slug"] == slug else entry
        for entry in starter_pages.read_folder("pages")
    ]
    monkeypatch.setattr(starter_pages, "read_folder", lambda name: entries)


def test_a_page_nobody_edited_follows_its_file(site, monkeypatch) -> None:
    changed_entries(monkeypatch, "ueber-uns", intro="Neu geschrieben.")

    assert load_starter_content() == 1

    page = AboutPage.objects.get()
    assert page.intro == "Neu geschrieben."
    assert load_starter_content() == 0


def test_a_page_somebody_edited_stays(site, monkeypatch) -> None:
    page = AboutPage.objects.get()
    page.intro = "Von der Redaktion."
    page.save_revision().publish()
    changed_entries(monkeypatch, "ueber-uns", intro="Neu geschrieben.")

    assert load_starter_content() == 0

    page.refresh_from_db()
    assert page.intro == "Von der Redaktion."
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 2


def test_what_was_deleted_stays_deleted(site) -> None:
    Page.objects.get(slug="beispiel-meldung-portal").delete()
    Picture.objects.get(title="Sieben Häuser").delete()

    assert load_starter_content() == 0

    assert not Page.objects.filter(slug="beispiel-meldung-portal").exists()


def test_what_the_association_has_filled_in_stays(site) -> None:
    settings = AssociationSettings.load()
    settings.street = "Hauptstraße 7"
    settings.save()
    StarterRecord.objects.filter(key="settings.yaml:settings").delete()

    load_starter_content()

    assert AssociationSettings.objects.get().street == "Hauptstraße 7"


def test_rights_taken_from_a_group_stay_taken(site) -> None:
    editors = Group.objects.get(name="Redaktion")
    before = editors.permissions.count()
    editors.permissions.remove(editors.permissions.get(codename="add_redirect"))

    load_starter_content()

    assert editors.permissions.count() == before - 1


def test_the_bag_page_links_its_paper_by_file_name(site, client) -> None:
    page = NetworkPage.objects.get()
    html = client.get("/bag/").content.decode()

    assert (page.menu_label, page.title.startswith("Bundesarbeitsgemeinschaft (BAG)")) == ("BAG", True)
    assert [row.download.name for row in page.downloads.all()] == ["bag-empfehlungen"]
    assert ">Empfehlungen_BAG_Verstetigung.pdf<" in html
    assert 'href="/downloads/bag-empfehlungen/"' in html


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"type": "pages.NoSuchPage"}, "pages/ueber-uns.yaml: type names no kind of page"),
        ({"subtitle": "x"}, "pages/ueber-uns.yaml: AboutPage has no field subtitle"),
        ({"parent": "nirgends"}, "pages/ueber-uns.yaml: there is no page nirgends"),
    ],
)
def test_a_mistake_in_a_file_is_named(site, monkeypatch, values, message) -> None:
    StarterRecord.objects.filter(key="pages/ueber-uns.yaml:ueber-uns").delete()
    AboutPage.objects.get().delete()
    changed_entries(monkeypatch, "ueber-uns", **values)

    with pytest.raises(StarterContentError) as refused:
        load_starter_content()

    assert str(refused.value) == message


def test_markdown_becomes_what_the_editor_writes() -> None:
    text = "## Titel\n\nEin **fettes**\nWort, [ein Verweis](page:bag).\n\n- eins\n- zwei"

    assert rich_text(text, page_key={"bag": 7}.__getitem__) == (
        '<h2>Titel</h2><p>Ein <b>fettes</b> Wort, <a linktype="page" id="7">ein Verweis</a>.</p>'
        "<ul><li>eins</li><li>zwei</li></ul>"
    )


def test_times_are_german_times() -> None:
    assert moment("2027-07-01 10:00").isoformat() == "2027-07-01T10:00:00+02:00"
