"""Responsive pictures: every size in every format, from the focal point, made before anybody asks."""

import re

import pytest
from django.template import Context, Template

from library.models import Picture, Rendition
from library.sizes import TEASER, TEXT, USES, files_of, make_missing_sizes
from tests.factories.library import PictureFactory, picture_file

pytestmark = pytest.mark.django_db


def large_photo(**values: str) -> Picture:
    return PictureFactory(file=picture_file(size=(1600, 1200)), **values)


def shown(picture, use: str, **attributes: str) -> str:
    extra = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    source = f'{{% load pictures %}}{{% responsive_picture picture "{use}" {extra} %}}'
    return Template(source).render(Context({"picture": picture}))


def test_a_photo_comes_in_three_formats_and_sizes_with_its_room_kept() -> None:
    photo = large_photo(description="Ein Platz")

    html = shown(photo, "text", css="figure__picture")

    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert [re.findall(r" (\d+)w", srcset) for srcset in re.findall(r'srcset="([^"]+)"', html)] == [
        ["480", "960", "1440"]
    ] * 3
    image = html[html.index("<img") :]
    assert re.findall(r'(width|height|alt|loading|class)="([^"]*)"', image) == [
        ("width", "1440"),
        ("height", "1080"),
        ("alt", "Ein Platz"),
        ("loading", "lazy"),
        ("class", "figure__picture"),
    ]


def test_a_teaser_is_cut_to_its_shape_and_may_be_silent() -> None:
    photo = large_photo(description="Ein Platz")
    html = shown(photo, "teaser", alt="")
    assert re.search(r'<img [^>]*width="480" height="320" alt=""', html)


def test_the_worker_makes_what_is_missing_once(django_assert_num_queries) -> None:
    photo = large_photo()
    make_missing_sizes()
    made = set(Rendition.objects.filter(image=photo).values_list("filter_spec", flat=True))
    assert made == {*TEXT.specs(), *TEASER.specs()}
    with django_assert_num_queries(1):
        make_missing_sizes()


def test_a_reader_after_that_makes_nothing() -> None:
    photo = large_photo()
    make_missing_sizes()
    before = Rendition.objects.count()
    for use in USES.values():
        files_of(photo, use)
    assert Rendition.objects.count() == before


def test_a_small_picture_is_never_blown_up() -> None:
    html = shown(PictureFactory(), "text")
    assert re.findall(r'srcset="[^"]*? (\d+)w"', html) == ["40", "40", "40"]
