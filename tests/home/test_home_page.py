from tests.factories.pages import add_meeting, add_news
from tests.pages.conftest import home, meetings, news  # noqa: F401 - fixtures


def test_it_shows_the_next_three_public_meetings_and_the_latest_news(meetings, news, client) -> None:  # noqa: F811
    for number in range(1, 5):
        add_meeting(meetings, f"Treffen {number}", in_days=number)
        add_news(news, f"Meldung {number}")
    add_meeting(meetings, "Intern", in_days=0.5, private=True)
    add_meeting(meetings, "Entwurf", in_days=0.6, live=False)
    add_meeting(meetings, "Gestern", in_days=-1)

    context = client.get("/").context

    assert [page.title for page in context["meetings"]] == ["Treffen 1", "Treffen 2", "Treffen 3"]
    assert [page.title for page in context["news"]] == ["Meldung 4", "Meldung 3", "Meldung 2"]
    assert (context["meeting_index"].url, context["news_index"].url) == ("/arbeitstreffen/", "/aktuelles/")


def test_a_way_to_an_unpublished_page_is_left_out(home, client) -> None:  # noqa: F811
    html = client.get("/").content.decode()
    assert html.count("Im Bund vernetzt") == 1

    home.get_children().get(slug="bag").unpublish()

    assert client.get("/").content.decode().count("Im Bund vernetzt") == 0
