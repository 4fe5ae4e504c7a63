import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.factories.pages import add_news


def test_the_list_shows_public_news_the_latest_first(news, client) -> None:
    add_news(news, "Alt", on=date(2025, 1, 1))
    add_news(news, "Neu", on=date(2026, 1, 1))
    add_news(news, "Intern", on=date(2026, 2, 1), private=True)
    add_news(news, "Entwurf", on=date(2026, 3, 1), live=False)

    listed = client.get("/aktuelles/").context["page_obj"]

    assert [page.title for page in listed] == ["Neu", "Alt"]


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/aktuelles/", "/aktuelles/"),
        ("/aktuelles/?page=1", "/aktuelles/"),
        ("/aktuelles/?page=2", "/aktuelles/?page=2"),
        ("/aktuelles/?page=99", "/aktuelles/?page=2"),
        ("/aktuelles/?page=²", "/aktuelles/"),
        ("/?page=2", "/"),
    ],
)
def test_only_a_list_that_goes_on_has_further_addresses(news, client, settings, monkeypatch, asked, canonical) -> None:
    monkeypatch.setattr("pages.lists.one_screen.__kwdefaults__", {"per_screen": 1})
    add_news(news, "Alt")
    add_news(news, "Neu")

    page = client.get(asked).content.decode()

    assert re.findall(r'<link rel="canonical"\s+href="([^"]*)"', page) == [settings.WAGTAILADMIN_BASE_URL + canonical]


def test_the_feed_has_the_same_news_with_full_addresses(news, client, settings) -> None:
    add_news(news, "Alt & gut", on=date(2025, 1, 1), intro="Erster <Satz>.")
    add_news(news, "Intern", private=True)
    add_news(news, "Entwurf", live=False)

    response = client.get("/aktuelles/feed/")
    channel = ET.fromstring(response.content).find("channel")  # noqa: S314 - our own answer
    items = channel.findall("item")

    base = settings.WAGTAILADMIN_BASE_URL
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert channel.findtext("link") == f"{base}/aktuelles/"
    assert [(item.findtext("title"), item.findtext("link"), item.findtext("description")) for item in items] == [
        ("Alt & gut", f"{base}/aktuelles/alt-gut/", "Erster <Satz>.")
    ]
    assert items[0].findtext("pubDate") == "Wed, 01 Jan 2025 00:00:00 +0100"


def test_the_article_is_described_for_machines(news) -> None:
    page = add_news(news, "Meldung", on=date(2026, 5, 4), intro="Worum es geht.")

    (data,) = page.structured_data()

    assert (data["@type"], data["headline"], data["datePublished"], data["description"]) == (
        "NewsArticle",
        "Meldung",
        "2026-05-04",
        "Worum es geht.",
    )
    assert "email" not in data
