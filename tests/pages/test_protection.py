import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from pages.models import StandardPage
from tests.factories.accounts import create_technician
from tests.factories.pages import add_page, page_form_data

PROTECTED = ["startseite", "mitglied-werden", "impressum", "datenschutz", "barrierefreiheit"]


def page_called(slug: str) -> Page:
    return Page.objects.get(slug=slug)


@pytest.fixture
def technician(site, client):
    person = create_technician()
    client.force_login(person)
    return person


@pytest.mark.parametrize("slug", PROTECTED)
def test_not_even_a_technician_takes_it_away(technician, slug) -> None:
    # A plain Page, as lists and bulk actions have it.
    allowed = page_called(slug).permissions_for_user(technician)

    assert [allowed.can_delete(), allowed.can_unpublish(), allowed.can_move(), allowed.can_set_view_restrictions()] == [
        False,
        False,
        False,
        False,
    ]
    assert not allowed.can_move_to(page_called("aktuelles"))
    assert [allowed.can_edit(), allowed.can_publish()] == [True, True]


def test_other_pages_may_go(technician) -> None:
    allowed = page_called("ueber-uns").permissions_for_user(technician)

    assert [allowed.can_delete(), allowed.can_unpublish(), allowed.can_move()] == [True, True, True]


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_asking_by_address_gets_the_reason(technician, client, action) -> None:
    page = page_called("impressum")

    for method in (client.get, client.post):
        response = method(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), follow=True)

        assert response.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[page.pk]), 302)]
        assert [str(message) for message in response.context["messages"]] == [
            (
                "Die Seite „Impressum“ bleibt veröffentlicht und an ihrem Platz: "
                "Das Gesetz verlangt, dass sie immer zu finden ist."
            )
        ]
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_bulk_actions_obey_and_say_why(technician, client, action) -> None:
    protected, free = page_called("datenschutz"), page_called("ueber-uns")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = f"?next=/admin/&id={protected.pk}&id={free.pk}"

    question = client.get(address + query).content.decode()
    client.post(address + query, {})

    assert "Das Gesetz verlangt, dass sie immer zu finden ist." in question
    assert Page.objects.filter(pk=protected.pk, live=True).exists()
    assert not Page.objects.filter(pk=free.pk, live=True).exists()


def test_the_address_is_fixed(site) -> None:
    page = page_called("mitglied-werden").specific
    page.slug = "mitmachen"

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert refused.value.message_dict == {
        "slug": [
            (
                "Die Adresse dieser Seite bleibt „mitglied-werden“: "
                "Formular, Beitragsordnung und gedruckte Anträge verweisen auf sie."
            )
        ]
    }


def test_no_date_takes_it_off_the_site(technician, client) -> None:
    page = page_called("barrierefreiheit").specific
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(
        data=page_form_data(page, kind="barrierefreiheit", expire_at="2030-01-01 00:00"),
        instance=page,
        for_user=technician,
    )

    assert form.errors == {
        "expire_at": [f"Diese Seite läuft nicht ab: {page.protection_reason} Bitte lassen Sie das Feld leer."]
    }


def test_a_translation_may_go(site, technician) -> None:
    from wagtail.models import Locale

    english_home = site.root_page.specific.copy_for_translation(Locale.objects.get(language_code="en"))
    translated = page_called("impressum").specific.copy_for_translation(Locale.objects.get(language_code="en"))

    assert english_home.permissions_for_user(technician).can_delete()
    assert translated.permissions_for_user(technician).can_delete()


def test_renaming_another_page_leaves_a_redirect(home, client, run_on_commit) -> None:
    page = add_page(home, StandardPage(title="Alter Name"))
    page.slug = "neuer-name"
    with run_on_commit():
        page.save_revision().publish()

    response = client.get("/alter-name/")

    assert (response.status_code, response["Location"]) == (301, "/neuer-name/")
    assert client.get("/neuer-name/").status_code == 200
