"""An editor sends „Über uns“ for translation, translates it in the admin and publishes it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, Translation

from home.groups import ROLES
from home.models import HomePage
from pages.models import AboutPage
from tests.factories.accounts import create_person

EDITORS = next(role for role in ROLES if role.name == "Redaktion")
# What the fields of the page say in English; all other texts become words that no German page has.
ENGLISH = {"title": "About us", "slug": "about-us"}
ABOUT, ABOUT_IN_ENGLISH = "/ueber-uns/", "/en/about-us/"


@pytest.fixture
def editor(site: Site, client: Client) -> Client:
    """A browser in which a member of „Redaktion“ is signed in."""
    person = create_person("redaktion@example.org")
    person.groups.add(Group.objects.get(name=EDITORS.name))
    client.force_login(person)
    return client


@pytest.fixture
def translation(editor: Client) -> Translation:
    """„Über uns“, sent for translation into English, with nothing translated yet."""
    page = AboutPage.objects.get()
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = editor.post(address, {"locales": [Locale.objects.get(language_code="en").pk]})
    translated = page.get_translation(Locale.objects.get(language_code="en"))

    assert (response.status_code, response["Location"]) == (302, edit_address(translated))
    return Translation.objects.get(source__object_id=page.translation_key)


@pytest.fixture
def published(
    editor: Client, translation: Translation, run_on_commit: Callable[[], AbstractContextManager[Any]]
) -> Translation:
    """„Über uns“, translated in full and published; wagtail-localize publishes once the transaction is over."""
    translate(editor, translation)
    with run_on_commit():
        response = editor.post(edit_address(translation.get_target_instance()), {"action": "publish"})
    assert response.status_code == 302
    return translation


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def translate(editor: Client, translation: Translation) -> None:
    """Give every text an English one, at the addresses the translation editor calls; links keep their mark."""
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        words = ENGLISH.get(segment.context.path, f"Words {segment.pk}")
        link = re.search(r'<a id="\w+">', segment.string.data)
        value = f"{link[0]}{words}</a>" if link else words
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        response = editor.put(address, urlencode({"value": value}), content_type="application/x-www-form-urlencoded")
        assert response.status_code == 201, response.content


def language_links(client: Client, address: str) -> list[tuple[str, str]]:
    """Return ``(label, address)`` of the language switch."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return [(link.get_text(), link["href"]) for link in soup.select(".languages a")]


def test_editor_may_open_what_was_sent_for_translation(editor: Client, translation: Translation) -> None:
    response = editor.get(edit_address(translation.get_target_instance()))

    assert response.status_code == 200
    assert "wagtail_localize/admin/edit_translation.html" in [template.name for template in response.templates]


def test_nothing_shows_before_the_translation_is_published(editor: Client, translation: Translation) -> None:
    translate(editor, translation)
    visitor = Client()

    assert visitor.get(ABOUT_IN_ENGLISH).status_code == 404
    assert language_links(visitor, ABOUT) == []


def test_published_translation_is_read_in_english(published: Translation) -> None:
    response = Client().get(ABOUT_IN_ENGLISH)
    soup = BeautifulSoup(response.content, "html.parser")

    assert response.status_code == 200
    assert soup.html["lang"] == "en"
    assert soup.h1.get_text(strip=True) == ENGLISH["title"]
    assert "Der Anfang in Chemnitz" not in soup.main.get_text()
    assert response.cookies == {}


def test_language_switch_shows_only_what_exists(published: Translation) -> None:
    visitor = Client()
    both = [("Deutsch", ABOUT), ("English", ABOUT_IN_ENGLISH)]

    assert language_links(visitor, ABOUT) == both
    assert language_links(visitor, ABOUT_IN_ENGLISH) == both
    assert language_links(visitor, "/bag/") == []
    assert language_links(visitor, "/") == []


def test_copies_that_nobody_translated_are_not_there(published: Translation) -> None:
    german, english = HomePage.objects.order_by("locale__language_code")
    assert english.alias_of_id == german.pk
    assert Client().get("/en/").status_code == 404


def test_editors_get_the_same_rights_on_the_translated_home_page(translation: Translation) -> None:
    german, english = HomePage.objects.order_by("locale__language_code").values_list("pk", flat=True)
    rights = Group.objects.get(name=EDITORS.name).page_permissions.values_list("page_id", "permission__codename")
    of_home = {pk: {name for page, name in rights if page == pk} for pk in (german, english)}

    assert of_home[english] == of_home[german] != set()


@pytest.mark.parametrize("address", ["/en/", "/en/ueber-uns/", "/en/bag/"])
def test_language_without_pages_is_not_there(address: str, site: Site, client: Client) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/", ABOUT, "/bag/"])
def test_language_without_pages_cannot_be_chosen(address: str, site: Site, client: Client) -> None:
    assert language_links(client, address) == []
