"""The public tree: what anybody may read, and nothing else."""

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from portal.delivery.tree import Tree, build_tree
from tests.factories.tree import plant_home, plant_page

pytestmark = pytest.mark.django_db


def outline(tree: Tree) -> list[tuple[str, str]]:
    return [(node.url, node.title) for node in tree]


@pytest.fixture
def home():
    return plant_home()


def test_it_holds_published_pages_with_their_addresses_in_order(home) -> None:
    about = plant_page(home, "Verein")
    plant_page(about, "Vorstand")
    plant_page(home, "Kontakt")

    assert outline(build_tree()) == [
        ("/", "Startseite"),
        ("/verein/", "Verein"),
        ("/verein/vorstand/", "Vorstand"),
        ("/kontakt/", "Kontakt"),
    ]


def test_drafts_are_not_in_it(home) -> None:
    plant_page(home, "Entwurf", live=False)

    assert outline(build_tree()) == [("/", "Startseite")]


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD])
def test_restricted_pages_are_not_in_it_nor_what_lies_below_them(home, kind: str) -> None:
    internal = plant_page(home, "Intern")
    plant_page(internal, "Protokolle")
    PageViewRestriction.objects.create(page=internal, restriction_type=kind)

    assert outline(build_tree()) == [("/", "Startseite")]


def test_pages_outside_the_site_are_not_in_it(home) -> None:
    Page.get_first_root_node().add_child(instance=Page(title="Ablage", slug="ablage"))

    assert outline(build_tree()) == [("/", "Startseite")]


def test_a_public_page_below_a_draft_has_no_parent_in_it(home) -> None:
    draft = plant_page(home, "Entwurf", live=False)
    plant_page(draft, "Unterseite")

    node = build_tree().at("/entwurf/unterseite/")

    assert (node.title, node.trail) == ("Unterseite", [])


def test_other_languages_stand_under_their_code(home) -> None:
    about = plant_page(home, "Verein")
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    translated = about.copy_for_translation(english)
    translated.title, translated.slug = "Association", "association"
    translated.save_revision().publish()

    tree = build_tree()

    assert outline(tree) == [
        ("/", "Startseite"),
        ("/verein/", "Verein"),
        ("/en/", "Startseite"),
        ("/en/association/", "Association"),
    ]
    assert [node.language for node in tree.translations(tree.at("/verein/"))] == ["de", "en"]


def test_a_copy_waiting_for_its_translation_is_not_in_it(home) -> None:
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english, alias=True)

    assert outline(build_tree()) == [("/", "Startseite")]


def test_an_alias_within_a_language_is_a_page_like_any_other(home) -> None:
    page = plant_page(home, "Satzung")
    page.create_alias(update_slug="statut")

    assert outline(build_tree()) == [("/", "Startseite"), ("/satzung/", "Satzung"), ("/statut/", "Satzung")]


def test_a_page_may_have_another_name_in_menus(home) -> None:
    plant_page(home, "Bundesarbeitsgemeinschaft", menu_title="BAG")
    plant_page(home, "Satzung")

    assert [node.label for node in build_tree()] == ["Startseite", "BAG", "Satzung"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/verein/vorstand/", "/verein/vorstand/"),
        ("/verein/antrag/schritt/", "/verein/"),
        ("/unbekannt/", "/"),
        ("/", "/"),
        ("//verein//", "/verein/"),
    ],
)
def test_the_nearest_page_above_an_address_is_found(home, path: str, found: str) -> None:
    plant_page(plant_page(home, "Verein"), "Vorstand")

    assert build_tree().nearest(path).url == found


def test_an_empty_site_has_an_empty_tree() -> None:
    Page.objects.filter(depth__gt=1).delete()

    tree = build_tree()

    assert (outline(tree), tree.nearest("/"), tree.at("/")) == ([], None, None)


@pytest.mark.parametrize("number", [3, 30])
def test_collecting_costs_the_same_however_many_pages_there_are(home, number: int, django_assert_num_queries) -> None:
    for index in range(number):
        plant_page(home, f"Seite-{index}")

    with django_assert_num_queries(5):
        build_tree()
