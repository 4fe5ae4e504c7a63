"""Every numbered fact of docs/facts.md is visible on the page it belongs to (phrases: facts.yaml)."""

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Site

FACTS_FILE = Path(__file__).resolve().parents[1] / "docs" / "facts.md"
FACTS: dict[int, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "facts.yaml").read_text())
# Facts about every page are told by header and footer, the others by what is between.
TOLD_BY_THE_FRAME = {1, 2}

ACTIVITIES, BAG, JOIN = "/aktivitaeten/", "/bag/", "/mitglied-werden/"
EVERY_PAGE = [
    "/",
    "/ueber-uns/",
    ACTIVITIES,
    BAG,
    JOIN,
    "/mitglied-werden/beitragsordnung/",
    "/arbeitstreffen/",
    "/aktuelles/",
    "/kontakt/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
]
FULL_NAME = "Landesarbeitsgemeinschaft Quartiersmanagement und Gemeinwesenarbeit Sachsen e.V."
BAG_NAME = "Bundesarbeitsgemeinschaft (BAG) Soziale Stadtentwicklung und Gemeinwesenarbeit"
BAG_FILE = "Empfehlungen_BAG_Verstetigung.pdf"
BLOCK_TAGS = ["address", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "li", "p", "section", "td", "th"]

# The working principles without rank: title → the facts its block tells.
PRINCIPLES = {
    "Ein Forum für alle, die im Stadtteil arbeiten": [10],
    "Viele Berufe, ein gemeinsamer Blick": [11, 12, 13],
    "Wissen weitergeben": [14],
    "Kontakte über die Treffen hinaus": [15],
    "Eine Stimme für die Praxis": [16],
    "Das Fach weiterentwickeln": [17],
    "Verbündete im Land und im Bund": [18, 19],
}


def visible_text(element: Tag) -> str:
    """Return what a reader sees of ``element``, with single spaces and without soft hyphens."""
    for unseen in element.select("script, style, template, [hidden]"):
        unseen.decompose()
    for block in element.find_all(BLOCK_TAGS):
        block.append("\n")
    text = element.get_text().replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())


def soup_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def expected_phrases(number: int) -> list[tuple[str, list[str]]]:
    """Return ``(address, phrases)`` for each page the fact is told on."""
    return [
        (each, phrases)
        for address, phrases in FACTS[number].items()
        for each in (EVERY_PAGE if address == "*" else [address])
    ]


def pdf_text(response: HttpResponse) -> str:
    """Return the words of a served PDF with single spaces."""
    content = b"".join(response) if response.streaming else response.content
    pages = pypdfium2.PdfDocument(BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def numbered_facts() -> dict[int, str]:
    """Return the text of docs/facts.md by number, each fact on one line."""
    parts = re.split(r"^### F(\d+) .*$", FACTS_FILE.read_text(), flags=re.MULTILINE)
    numbers, texts = parts[1::2], (text.split("\n## ")[0] for text in parts[2::2])
    return {int(number): " ".join(text.split()) for number, text in zip(numbers, texts, strict=True)}


def test_facts_file_and_this_test_number_the_same_facts() -> None:
    assert list(numbered_facts()) == list(range(1, 43)) == list(FACTS)


@pytest.mark.parametrize("number", FACTS)
def test_literal_terms_of_the_facts_file_are_searched_for(number: int) -> None:
    searched = [phrase for phrases in FACTS[number].values() for phrase in phrases]
    terms = re.findall("„([^“]+)“", numbered_facts()[number])

    assert [term for term in terms if not any(term in phrase for phrase in searched)] == []


@pytest.mark.parametrize("number", FACTS)
def test_fact_is_visible(number: int, site: Site, client: Client) -> None:
    missing = []
    for address, phrases in expected_phrases(number):
        soup = soup_of(client, address)
        text = visible_text(soup.body if number in TOLD_BY_THE_FRAME else soup.main)
        missing += [(address, phrase) for phrase in phrases if phrase not in text]

    assert missing == []


def test_principles_stand_side_by_side(site: Site, client: Client) -> None:
    main = soup_of(client, ACTIVITIES).main
    titles = [next(heading.stripped_strings) for heading in main.find_all("h2")]

    assert titles == list(PRINCIPLES)
    assert main.find_all("ol") == []


@pytest.mark.parametrize(("title", "facts"), PRINCIPLES.items())
def test_principle_tells_its_facts(title: str, facts: list[int], site: Site, client: Client) -> None:
    headings = soup_of(client, ACTIVITIES).main.find_all("h2")
    section = next(heading.parent for heading in headings if next(heading.stripped_strings) == title)
    text = visible_text(section)
    introduction = FACTS[10][ACTIVITIES][0]
    phrases = [phrase for fact in facts for phrase in FACTS[fact][ACTIVITIES] if phrase != introduction]

    assert [phrase for phrase in phrases if phrase not in text] == []


def test_bag_page_is_titled_in_full_and_short_in_the_menu(site: Site, client: Client) -> None:
    soup = soup_of(client, BAG)
    menu_entries = {link.get_text(strip=True) for link in soup.header.find_all("a", href=BAG)}

    assert [heading.get_text(strip=True) for heading in soup.find_all("h1")] == [BAG_NAME]
    assert menu_entries == {"BAG"}


def test_bag_download_says_that_it_is_a_placeholder(site: Site, client: Client) -> None:
    link = soup_of(client, BAG).main.find("a", href="/downloads/bag-empfehlungen/")
    assert BAG_FILE in link.get_text()
    response = client.get(link["href"])

    assert f'filename="{BAG_FILE}"' in response["Content-Disposition"]
    assert "Dies ist ein Platzhalter." in pdf_text(response)


def test_membership_page_links_both_documents(site: Site, client: Client) -> None:
    main = soup_of(client, JOIN).main
    addresses = {link["href"] for link in main.find_all("a", href=True)}

    assert {"/downloads/aufnahmeantrag/", "/mitglied-werden/beitragsordnung/"} <= addresses
    assert client.get("/downloads/aufnahmeantrag/")["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", ["aufnahmeantrag", "beitragsordnung", "satzung"])
def test_pdf_names_the_association_in_full(name: str, site: Site, client: Client) -> None:
    assert FULL_NAME in pdf_text(client.get(f"/downloads/{name}/"))
