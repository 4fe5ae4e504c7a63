from wagtail.models import Page

from pages.models import AboutPage, ActivitiesPage


def test_milestones_stand_in_the_order_of_time(site) -> None:
    page = AboutPage.objects.get()
    page.timeline = [
        ("milestone", {"date": "2007-11-12", "title": "Verein", "precision": "day", "text": ""}),
        ("milestone", {"date": "2000-12-07", "title": "Gründung", "precision": "day", "text": ""}),
    ]

    assert [milestone["title"] for milestone in page.milestones] == ["Gründung", "Verein"]


def test_the_timeline_shows_dates_as_exactly_as_they_are_known(site, client) -> None:
    page = AboutPage.objects.get()
    stream = page._meta.get_field("timeline").stream_block
    page.timeline = stream.to_python(
        [
            {"type": "milestone", "value": {"date": "2001-01-01", "precision": "year", "title": "A", "text": ""}},
            {"type": "milestone", "value": {"date": "2002-03-01", "precision": "month", "title": "B", "text": ""}},
            {"type": "milestone", "value": {"date": "2003-04-05", "precision": "day", "title": "C", "text": ""}},
        ]
    )
    page.save_revision().publish()

    html = client.get("/ueber-uns/").content.decode()

    assert '<time datetime="2001">2001</time>' in html
    assert '<time datetime="2002-03">März 2002</time>' in html
    assert '<time datetime="2003-04-05">5. April 2003</time>' in html


def test_each_of_the_seven_principles_has_an_address_of_its_own(site, client) -> None:
    principles = ActivitiesPage.objects.get().anchored_principles()
    html = client.get("/aktivitaeten/").content.decode()

    anchors = [principle["anchor"] for principle in principles]
    assert anchors == [
        "ein-forum-fuer-alle-die-im-stadtteil-arbeiten",
        "viele-berufe-ein-gemeinsamer-blick",
        "wissen-weitergeben",
        "kontakte-ueber-die-treffen-hinaus",
        "eine-stimme-fuer-die-praxis",
        "das-fach-weiterentwickeln",
        "verbuendete-im-land-und-im-bund",
    ]
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1] * 7


def test_links_in_text_lead_only_where_readers_may_go(site, client) -> None:
    link = '<a href="/bag/">Bundesarbeitsgemeinschaft'
    assert link in client.get("/aktivitaeten/").content.decode()

    Page.objects.get(slug="bag").unpublish()

    html = client.get("/aktivitaeten/").content.decode()
    assert link not in html
    assert "<a>Bundesarbeitsgemeinschaft" in html
