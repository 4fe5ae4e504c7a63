import json

import pytest
from django.urls import reverse

from pages.models import StandardPage
from pages.slugs import german_slug, unique_slugs
from tests.factories.pages import add_page, page_form_data


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Über uns", "ueber-uns"),
        ("Straße & Größe", "strasse-groesse"),
        ("ÄÖÜẞ", "aeoeuess"),
        ("Łužica – Město", "uzica-mesto"),
        ("„Soziale Stadt“", "soziale-stadt"),
        ("***", ""),
    ],
)
def test_german_slug(text: str, slug: str) -> None:
    assert german_slug(text) == slug


def test_unique_slugs_number_repetitions_and_name_the_empty() -> None:
    assert unique_slugs(["Forum", "Forum", "…", "Forum"], fallback="grundsatz") == [
        "forum",
        "forum-2",
        "grundsatz",
        "forum-3",
    ]


def test_a_page_without_address_gets_one_in_german_spelling(home) -> None:
    page = StandardPage(title="Häuser für Bürger", locale=home.locale)

    home.add_child(instance=page)

    assert page.slug == "haeuser-fuer-buerger"


def test_an_editor_may_type_an_address_with_umlauts(home, client, django_user_model) -> None:
    page = add_page(home, StandardPage(title="Treffpunkt"))
    client.force_login(django_user_model.objects.create_superuser("technik@example.org", "x"))
    form_class = StandardPage.get_edit_handler().get_form_class()

    form = form_class(
        data=page_form_data(page, slug="Müller & Söhne"), instance=page, for_user=django_user_model.objects.get()
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == "mueller-soehne"


def test_the_browser_proposes_the_same_spelling(home, client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_superuser("technik@example.org", "geheim"))

    page = client.get(reverse("wagtailadmin_pages:add", args=["pages", "standardpage", home.pk]))

    attributes = page.context["form"].fields["slug"].widget.attrs
    assert json.loads(attributes["data-w-slug-formatters-value"]) == [
        [["ä", "gu"], "ae"],
        [["ö", "gu"], "oe"],
        [["ü", "gu"], "ue"],
        [["ß", "gu"], "ss"],
        [["Ä", "gu"], "Ae"],
        [["Ö", "gu"], "Oe"],
        [["Ü", "gu"], "Ue"],
        [["ẞ", "gu"], "SS"],
    ]
