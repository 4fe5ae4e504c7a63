import pytest

from home.going_live import has_mark, open_points, sample_pages
from library.models import Download
from pages.models import MeetingPage, MeetingSpeaker, StandardPage
from tests.factories.pages import add_page


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Beispiel: Treffen im Mai", True),
        ("Bürgertreff (Beispiel), Weg 1", True),
        ("<p><b>Muster:</b> Hier steht später mehr.</p>", True),
        ("Beispiel – so sieht es aus", True),
        ("Beispiel \\u2013 so sieht es aus", True),
        ("Wir zeigen zum Beispiel: Karten und Pläne.", False),
        ("Ein gutes Beispiel aus Leipzig.", False),
        ("Praxisbeispiel: ein Garten", False),
        ("Das Muster des Stoffes", False),
    ],
)
def test_a_mark_is_more_than_the_word(text, marked) -> None:
    assert has_mark(text) is marked


def test_the_samples_of_the_starter_content_are_named(site) -> None:
    assert sorted(title for _key, title in sample_pages()) == [
        "Barrierefreiheit",
        "Beispiel: Arbeitstreffen im Frühjahr",
        "Beispiel: Arbeitstreffen im Sommer",
        "Beispiel: Die LAG hat neue Seiten",
        "Beispiel: Rückblick auf ein Arbeitstreffen",
        "Beispiel: ein Arbeitstreffen im Archiv",
        "Datenschutz",
    ]


def test_only_what_is_published_counts_and_speakers_do_too(site) -> None:
    add_page(site.root_page, StandardPage(title="Beispiel: Entwurf"), live=False)
    meeting = MeetingPage.objects.first()
    for page in MeetingPage.objects.exclude(pk=meeting.pk):
        page.delete()
    for name in ("title", "seo_title", "search_description", "intro", "venue", "host", "access", "status_note"):
        setattr(meeting, name, "Ohne Zeichen")
    meeting.speakers = [MeetingSpeaker(name="Berta Berg (Beispiel)")]
    meeting.save_revision().publish()

    found = sample_pages()

    assert (meeting.pk, "Ohne Zeichen") in found
    assert "Beispiel: Entwurf" not in [title for _key, title in found]


def test_a_placeholder_to_download_is_named_until_it_is_replaced(site) -> None:
    sentence = "Unter „Empfehlungen_BAG_Verstetigung.pdf“ liegt noch ein Platzhalter."
    assert [point.label for point in open_points()].count(sentence) == 1

    download = Download.objects.get(name="bag-empfehlungen")
    download.document.title = "Empfehlungen der BAG"
    download.document.save()

    assert [point.label for point in open_points()].count(sentence) == 0
