"""Public news in the order lists show them."""

from datetime import date

import pytest
from wagtail.models import Locale

from pages.latest_news import LatestNews, latest_news
from tests.factories.pages import add_news


def titles(news: LatestNews) -> list[str]:
    return [page.title for page in news[:10]]


def test_public_news_below_a_page_the_latest_first(news, home) -> None:
    add_news(news, "Alt", on=date(2025, 1, 1))
    add_news(news, "Neu", on=date(2026, 1, 1))
    add_news(news, "Am selben Tag", on=date(2026, 1, 1))
    add_news(news, "Intern", private=True)
    add_news(news, "Entwurf", live=False)

    assert titles(latest_news(news)) == titles(latest_news(home)) == ["Am selben Tag", "Neu", "Alt"]
    assert (len(latest_news(news)), [page.title for page in latest_news(news)[1:2]]) == (3, ["Neu"])


def test_a_page_without_news_has_none(news) -> None:
    page = add_news(news, "Einzige")

    assert (len(latest_news(page)), titles(latest_news(page))) == (0, [])


def test_copies_are_not_listed_in_a_language_before_somebody_translates_them(news, home) -> None:
    add_news(news, "Auf Deutsch")
    english = Locale.objects.get_or_create(language_code="en")[0]
    copied_home = home.copy_for_translation(english)
    copied_home.save_revision().publish()
    index = news.copy_for_translation(english)
    index.save_revision().publish()
    news.get_children().get().copy_for_translation(english, alias=True)
    index.refresh_from_db()

    assert [page.live for page in index.get_children()] == [True]
    assert titles(latest_news(index)) == titles(latest_news(copied_home)) == []


@pytest.mark.parametrize("size", [1, 30])
def test_looking_costs_one_query_however_many_there_are(news, size, django_assert_num_queries) -> None:
    for number in range(size):
        add_news(news, f"Nummer {number}")
    latest = latest_news(news)

    with django_assert_num_queries(1):
        assert len(titles(latest)) == min(size, 10)
