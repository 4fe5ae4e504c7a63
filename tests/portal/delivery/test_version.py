"""The content version: raised by every change that may show, and only by a change that stays."""

import pytest
from django.db import transaction
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction, Site

from library.models import Picture
from portal.association.models import AssociationSettings
from portal.delivery.models import ContentVersion
from portal.delivery.version import content_version, raise_content_version
from tests.factories.tree import plant_home, plant_page

pytestmark = pytest.mark.django_db


def test_it_is_zero_before_the_first_change() -> None:
    ContentVersion.objects.all().delete()

    assert content_version() == 0


def test_it_grows_by_every_raise() -> None:
    numbers = []
    for _number in range(5):
        raise_content_version()
        numbers.append(content_version())

    assert numbers == sorted(set(numbers))


def test_there_is_one_row_only() -> None:
    raise_content_version()
    raise_content_version()

    assert list(ContentVersion.objects.values_list("pk", flat=True)) == [1]


def test_a_rolled_back_change_leaves_it_alone() -> None:
    raise_content_version()
    before = content_version()

    with transaction.atomic():
        raise_content_version()
        transaction.set_rollback(True)

    assert content_version() == before


def test_a_number_seen_in_a_rolled_back_change_does_not_come_back() -> None:
    seen = set()
    for _number in range(5):
        with transaction.atomic():
            raise_content_version()
            seen.add(content_version())
            transaction.set_rollback(True)

    assert len(seen) == 5


def test_reading_it_costs_one_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        content_version()


def create_home() -> None:
    plant_home(title="Neue Startseite")


def edit_page() -> None:
    page = Site.objects.get().root_page
    page.title = "Anders"
    page.save()


def publish_draft() -> None:
    page = Site.objects.get().root_page.specific
    page.title = "Anders"
    page.save_revision().publish()


def unpublish_page() -> None:
    Site.objects.get().root_page.get_children().first().unpublish()


def move_page() -> None:
    first, second = Site.objects.get().root_page.get_children()
    first.move(second, pos="last-child")


def delete_page() -> None:
    Site.objects.get().root_page.get_children().first().delete()


def restrict_page() -> None:
    page = Site.objects.get().root_page.get_children().first()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_collection() -> None:
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )


def edit_settings() -> None:
    settings = AssociationSettings.load()
    settings.street = "Musterstraße 7"
    settings.save()


def move_site() -> None:
    site = Site.objects.get()
    site.port = 8080
    site.save()


def add_language() -> None:
    Locale.objects.create(language_code="en")


def add_picture() -> None:
    Picture.objects.create(title="Hof", file="hof.svg", width=10, height=10)


@pytest.mark.parametrize(
    "change",
    [
        create_home,
        edit_page,
        publish_draft,
        unpublish_page,
        move_page,
        delete_page,
        restrict_page,
        restrict_collection,
        edit_settings,
        move_site,
        add_language,
        add_picture,
    ],
)
def test_every_change_that_may_show_raises_it(change) -> None:
    home = plant_home()
    plant_page(home, "Erste")
    plant_page(home, "Zweite")
    before = content_version()

    change()

    assert content_version() > before


def test_reading_pages_leaves_it_alone(client) -> None:
    AssociationSettings.load()
    before = content_version()

    client.get("/")

    assert content_version() == before
