"""Menus, breadcrumbs, language links and addresses of the frame."""

import pytest
from wagtail.models import Locale, PageViewRestriction

from home.navigation import MenuItem, Shell
from pages.models import ContactPage, LegalPage
from portal.association.models import AssociationSettings
from tests.factories.tree import plant_home, plant_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://lag.example"
    AssociationSettings.load()
    home = plant_home()
    about = plant_page(home, "Verein", menu_title="Der Verein")
    plant_page(plant_page(about, "Vorstand"), "Amtszeit")
    plant_page(about, "Stille", show_in_menus=False)
    plant_page(home, "Draft", live=False)
    internal = plant_page(home, "Intern")
    PageViewRestriction.objects.create(page=internal, restriction_type=PageViewRestriction.LOGIN)
    plant_page(home, "Kontakt", model=ContactPage)
    plant_page(home, "Impressum", model=LegalPage, show_in_menus=False, kind="impressum")
    return home


def outline(items: list[MenuItem]) -> list[tuple]:
    return [(item.title, item.url, outline(item.children)) for item in items]


def test_the_main_menu_has_two_levels_of_public_pages(home) -> None:
    assert outline(Shell("/").main_menu) == [
        ("Der Verein", "/verein/", [("Vorstand", "/verein/vorstand/", [])]),
        ("Kontakt", "/kontakt/", []),
    ]


@pytest.mark.parametrize(
    ("path", "current", "ancestors"),
    [
        ("/", [], []),
        ("/verein/", ["Der Verein"], []),
        ("/verein/vorstand/", ["Vorstand"], ["Der Verein"]),
        ("/verein/vorstand/amtszeit/", [], ["Der Verein", "Vorstand"]),
        # an address below a page that is no page itself
        ("/verein/antrag/", [], ["Der Verein"]),
    ],
)
def test_the_main_menu_says_where_the_reader_is(home, path: str, current: list[str], ancestors: list[str]) -> None:
    items = [item for top in Shell(path).main_menu for item in (top, *top.children)]

    assert [item.title for item in items if item.is_current] == current
    assert [item.title for item in items if item.is_ancestor] == ancestors


def test_the_footer_links_contact_and_legal_pages(home) -> None:
    assert outline(Shell("/verein/").footer_menu) == [
        ("Kontakt", "/kontakt/", []),
        ("Impressum", "/impressum/", []),
    ]


def test_the_footer_names_no_page_twice(site) -> None:
    shell = Shell("/")
    assert [item.title for item in shell.footer_areas] == [
        item.title for item in shell.main_menu if item.title != "Kontakt"
    ]
    assert "Kontakt" in [item.title for item in shell.footer_menu]


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/", []),
        ("/verein/", ["Startseite", "Der Verein"]),
        ("/verein/vorstand/amtszeit/", ["Startseite", "Der Verein", "Vorstand", "Amtszeit"]),
        ("/verein/antrag/schritt/", ["Startseite", "Der Verein"]),
        ("/suche/", ["Startseite"]),
        # neither drafts nor restricted pages are named
        ("/draft/", ["Startseite"]),
        ("/intern/", ["Startseite"]),
    ],
)
def test_breadcrumbs_lead_from_the_home_page_here(home, path: str, titles: list[str]) -> None:
    assert [item.title for item in Shell(path).breadcrumbs] == titles


def translate(page, title: str):
    english, _ = Locale.objects.get_or_create(language_code="en")
    translated = page.copy_for_translation(english)
    translated.title = title
    translated.menu_title = ""
    translated.slug = title.lower()
    translated.save_revision().publish()
    return translated


def test_languages_are_offered_only_where_they_exist(home) -> None:
    translate(home, "Home")
    translate(home.get_children().get(slug="verein").specific, "Association")

    assert [
        (link.code, link.label, link.url, link.absolute_url, link.is_current)
        for link in Shell("/en/association/").languages
    ] == [
        ("de", "Deutsch", "/verein/", "https://lag.example/verein/", False),
        ("en", "English", "/en/association/", "https://lag.example/en/association/", True),
    ]
    assert Shell("/kontakt/").languages == []
    assert Shell("/suche/").languages == []


def test_pages_of_another_language_have_their_own_menu(home) -> None:
    translate(home, "Home")
    translate(home.get_children().get(slug="verein").specific, "Association")

    shell = Shell("/en/association/")

    assert outline(shell.main_menu) == [("Association", "/en/association/", [])]
    assert (shell.home.url, shell.footer_menu) == ("/en/", [])


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/verein/", "https://lag.example/verein/"),
        ("/verein", "https://lag.example/verein/"),
        ("/suche/", "https://lag.example/suche/"),
    ],
)
def test_every_address_has_one_canonical_form(home, path: str, canonical: str) -> None:
    assert Shell(path).canonical_url == canonical


def test_structured_data_names_association_and_place(home) -> None:
    organization, breadcrumbs = Shell("/verein/").structured_data

    assert organization["@id"] == "https://lag.example/#organisation"
    assert breadcrumbs == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Startseite", "item": "https://lag.example/"},
            {"@type": "ListItem", "position": 2, "name": "Der Verein", "item": "https://lag.example/verein/"},
        ],
    }


def test_a_warm_frame_costs_one_query(home, django_assert_num_queries) -> None:
    def look_at_everything() -> None:
        shell = Shell("/verein/")
        _ = (shell.main_menu, shell.footer_menu, shell.breadcrumbs, shell.languages, shell.association, shell.is_live)

    look_at_everything()
    with django_assert_num_queries(1):
        look_at_everything()


def test_pages_in_the_same_place_share_header_and_footer(site) -> None:
    places = {path: Shell(path).place_in_menu for path in ("/", "/suche/", "/aktuelles/", "/aktuelles/x/", "/kontakt/")}

    # Below the news the entry is marked as an ancestor, at the news itself as the page.
    assert len(set(places.values())) == 5
    assert Shell("/aktuelles/x/").place_in_menu == Shell("/aktuelles/y/").place_in_menu
