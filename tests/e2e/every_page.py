"""Every kind of page, each once, with what a page kind needs to be seen whole."""

from dataclasses import dataclass

from tests.e2e.running_portal import RunningPortal

SAMPLE_PAGE = "/ueber-uns/musterseite/"
# What an editor can build a page from, all on one page; an address that exists already stays as it is.
MAKE_SAMPLE_PAGE = """
from library.models import Download, Picture
from pages.models import AboutPage, StandardPage
from wagtail.rich_text import RichText

about = AboutPage.objects.get(locale__language_code="de")
if not StandardPage.objects.child_of(about).filter(slug="musterseite").exists():
    text = "<h2>Überschrift</h2><p>Ein Absatz mit <a href='https://muster.example/'>Verweis</a>.</p><h3>Liste</h3><ul><li>Eins</li></ul>"
    page = about.add_child(instance=StandardPage(title="Musterseite mit allen Bausteinen", slug="musterseite",
        intro="Beispiel – jeder Baustein einmal.", locale=about.locale))
    page.body = [
        ("text", RichText(text)),
        ("picture", {"picture": Picture.objects.first(), "caption": "Ein Bild mit Unterschrift"}),
        ("quote", {"text": "Das Quartier ist die Ressource.", "source": "Muster"}),
        ("notice", {"kind": "info", "title": "Gut zu wissen", "text": RichText("<p>Ein Hinweis.</p>")}),
        ("notice", {"kind": "warning", "title": "Wichtig", "text": RichText("<p>Noch ein Hinweis.</p>")}),
        ("downloads", {"heading": "Dateien", "downloads": list(Download.objects.filter(live=True)[:2])}),
        ("links", {"heading": "Weiterlesen", "links": [{"page": about, "title": "", "text": "Woher wir kommen."}]}),
        ("questions", {"heading": "Fragen", "questions": [{"question": "Wer?", "answer": RichText("<p>Alle.</p>")}]}),
        ("contact", {"heading": "So erreichen Sie uns"}),
    ]
    table = StandardPage.body.field.stream_block.child_blocks["table"].to_python({"caption": "Beispiel",
        "table": {"columns": [{"type": "text", "heading": "Stadt"}, {"type": "text", "heading": "Treffen"}],
                  "rows": [{"values": ["Chemnitz", "2"]}]}})
    page.body.append(("table", table))
    page.save_revision().publish()
"""


@dataclass(frozen=True)
class Kind:
    """A kind of page: its name, and where one of it is."""

    name: str
    address: str

    def __str__(self) -> str:
        return self.name


KINDS = [
    Kind("home", "/"),
    Kind("about", "/ueber-uns/"),
    Kind("activities", "/aktivitaeten/"),
    Kind("network", "/bag/"),
    Kind("standard", SAMPLE_PAGE),
    Kind("membership", "/mitglied-werden/"),
    Kind("dues", "/mitglied-werden/beitragsordnung/"),
    Kind("form", "/mitglied-werden/antrag/"),
    Kind("form of a group", "/mitglied-werden/antrag/?art=zusammenschluss&mitgliedschaft=ordentlich"),
    Kind("meetings", "/arbeitstreffen/"),
    Kind("archive", "/arbeitstreffen/archiv/"),
    Kind("meeting", "/arbeitstreffen/beispiel-treffen-fruehjahr/"),
    Kind("news list", "/aktuelles/"),
    Kind("news", "/aktuelles/beispiel-meldung-portal/"),
    Kind("contact", "/kontakt/"),
    Kind("search", "/suche/?q=quartier"),
    Kind("search without hits", "/suche/?q=xyzqwv"),
    Kind("imprint", "/impressum/"),
    Kind("privacy", "/datenschutz/"),
    Kind("accessibility", "/barrierefreiheit/"),
    Kind("missing", "/gibt-es-nicht/"),
    Kind("missing in English", "/en/missing/"),
    Kind("sign-in", "/admin/login/"),
]


def make_sample_page(portal: RunningPortal) -> None:
    """Put a page with every building block below „Über uns“."""
    portal.manage("shell", "-c", MAKE_SAMPLE_PAGE)
