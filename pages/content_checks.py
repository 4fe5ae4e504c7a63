"""What editors may want to mend in a text, beyond what Wagtail looks at: said in their words, with the place.

Pure reading: no finding stops anybody from publishing.
"""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

# Plain German has sentences of up to 15 words; twice that nobody reads at once.
LONGEST_SENTENCE = 30
SHOWN = 60
# Says nothing to somebody who jumps from link to link (WCAG 2.2, 2.4.4).
EMPTY_LINK_TEXTS = {
    *("hier", "hier klicken", "klicken sie hier", "klick", "link", "dieser link", "mehr", "mehr dazu", "mehr erfahren"),
    *("mehr informationen", "weiter", "weiterlesen", "weitere informationen", "download", "pdf", "diese seite", "dort"),
}
ADDRESS = re.compile(r"^(https?://|www\.)", re.IGNORECASE)
# A full stop after a number, a single letter or an abbreviation does not end a sentence.
END_OF_SENTENCE = re.compile(r"(?<!\b\w)(?<!\d)(?<!bzw)(?<!ca)(?<!Abs)(?<!Nr)(?<!usw)[.!?:]+[“\")]*\s+")
PAGE_TITLE_LEVEL = 1
BLOCK_HEADING_LEVEL = 2
TEXT_ELEMENTS = ["p", "li"]


def findings(page: Page) -> list[str]:
    """Return what could be better on ``page``, a sentence each, in the order of the text."""
    found: list[str] = []
    level = PAGE_TITLE_LEVEL
    for part in parts(page):
        if isinstance(part, str):
            level = BLOCK_HEADING_LEVEL
            continue
        text = BeautifulSoup(part.source, "html.parser")
        skipped, level = skipped_headings(text, level)
        found += [*skipped, *empty_links(text), *long_sentences(text)]
    return [*found, *missing_description(page)]


def parts(page: Page) -> Iterator[RichText | str]:
    """Yield the texts of a page's fields in their order, and the headings of its blocks as plain strings."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _inside(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            yield RichText(getattr(page, field.name) or "")


def _inside(value: Any) -> Iterator[RichText | str]:
    if isinstance(value, RichText):
        yield value
    elif isinstance(value, StreamValue):
        for block in value:
            yield from _inside(block.value)
    elif isinstance(value, ListValue):
        for item in value:
            yield from _inside(item)
    elif isinstance(value, StructValue):
        if value.get("heading"):
            yield str(value["heading"])
        for inner in value.values():
            yield from _inside(inner)


def skipped_headings(text: BeautifulSoup, level: int) -> tuple[list[str], int]:
    """Return the headings that skip a level after ``level``, and the level the text ends on."""
    found = []
    for heading in text.find_all(re.compile(r"^h[2-6]$")):
        own = int(heading.name[1])
        if own > level + 1:
            found.append(
                _("Die Überschrift „%(heading)s“ überspringt eine Ebene. Nehmen Sie die nächstgrößere.")
                % {"heading": _short(heading.get_text())}
            )
        level = own
    return found, level


def empty_links(text: BeautifulSoup) -> list[str]:
    """Return the links whose text does not say where they lead."""
    found = []
    for link in text.find_all("a"):
        words = " ".join(link.get_text().split())
        if words.casefold().strip(" .:!…>»") in EMPTY_LINK_TEXTS or ADDRESS.match(words):
            found.append(
                _("Der Verweis „%(text)s“ sagt nicht, wohin er führt. Schreiben Sie das Ziel in den Verweis.")
                % {"text": _short(words)}
            )
    return found


def long_sentences(text: BeautifulSoup) -> list[str]:
    """Return the sentences that are hard to read because of their length."""
    found = []
    for element in text.find_all(TEXT_ELEMENTS):
        for sentence in END_OF_SENTENCE.split(" ".join(element.get_text(" ").split()) + " "):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                found.append(
                    _("Ein Satz hat %(count)s Wörter: „%(sentence)s“. Machen Sie zwei daraus.")
                    % {"count": count, "sentence": _short(sentence)}
                )
    return found


def missing_description(page: Page) -> list[str]:
    """Return that search engines and lists have nothing to show, if that is so."""
    if page.search_description or getattr(page, "intro", ""):
        return []
    return [
        _("Es fehlt eine Beschreibung: Schreiben Sie eine Einleitung oder unter „Veröffentlichung“ eine Beschreibung.")
    ]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
