"""A larger corpus of invented pages, as many as are asked for and the same each time, for labels and benchmarks.

Some 2,500 different words, the frequent ones far more frequent than the rare ones, as in a language. The words of
the labelled queries stand in the texts of some pages and in no title or introduction, so that they are in the way.
``python -m tests.search.larger_corpus 2000`` prints a file for ``evaluate_search --corpus``.
"""

import random
import sys
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import yaml

FIRST_PARTS = """
Abend Amts Bahn Berg Bezirks Blumen Brücken Bürger Dorf Ehren Eltern Familien Feier Feld Ferien Frauen Gemeinde
Gesprächs Gewerbe Handwerks Heimat Holz Innen Kultur Kunst Land Lese Mittags Morgen Musik Nord Ost Park Post Rathaus
Rand Schul Senioren Sonntags Sport Stein Süd Tages Tal Theater Turm Verkehrs Volks Wald Wander West Winter Zukunfts
"""
SECOND_PARTS = """
abgabe abend amt anlage ausschuss ausstellung bau bericht bezirk brücke bühne bund dienst feld forum gebäude gespräch
gruppe halle heft heim hof kasse konzept kreis lager liste mappe messe nachmittag netz pass pfad plan preis programm
reihe runde saal satz schau schule sitzung spiel tafel tag tour turnier verein weg werk zirkel
"""
SMALL_WORDS = """
der die und in von zu mit für auf ist das den im am an als auch bei nach oder wird werden sind hat wir sie er es
nicht nur noch so wie aus einen eine ein einer über um dort hier heute morgen bald später gern oft viel neu
"""
# In the texts of some pages, each on one page of forty.
LABELED_WORDS = """
Garten Spielplatz Haus Baum Straße Werkstatt Beratung Energie Kinder Zeitung Markt Jugend Wohnung Verein Laden Fluss
Beitrag Satzung Mitglied Vertrag Räume Häuser Übersetzung Mieter Lehrer Künstler Kontakt Nachbarschaft Stadtteil Fest
"""
PLACES = """
Altgrund Birkau Dornhain Eibenau Felsbach Grünrode Hagenau Ilmbach Jägerthal Kaltenborn Lerchenau Moosdorf Nebelau
Ottenhain Pappelgrund Quellau Rotbach Sandhain Thalborn Ulmenau Vogelrode Weidenbach Ziegelau
"""


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Return the words in a fixed order, and the sums of their weights up to each (the n-th weighs 1/n)."""
    compounds = [first + second for first in FIRST_PARTS.split() for second in SECOND_PARTS.split()]
    random.Random(1).shuffle(compounds)  # noqa: S311 - an order, no secret
    words = [*SMALL_WORDS.split(), *(word[0].upper() + word[1:] for word in compounds)]
    return words, list(accumulate(1 / place for place in range(3, len(words) + 3)))


def made_page(number: int) -> dict[str, str]:
    """Return page ``number``: address, title, introduction and a text of about 120 words."""
    chance = random.Random(number)  # noqa: S311 - a text, no secret
    words, weights = vocabulary()
    topic = words[len(SMALL_WORDS.split()) + number % (len(words) - len(SMALL_WORDS.split()))]
    text = chance.choices(words, cum_weights=weights, k=120)
    labeled = [word for word in LABELED_WORDS.split() if not chance.randrange(40)]
    for word in labeled:
        text.insert(chance.randrange(len(text)), word)
    return {
        "url": f"/g/{number}/",
        "title": f"{topic} {chance.choice(PLACES.split())}",
        "intro": sentences(chance.choices(words, cum_weights=weights, k=15)),
        "body": sentences(text),
    }


def sentences(words: list[str]) -> str:
    """Return ``words`` in sentences of about ten."""
    lines = (" ".join(words[start : start + 10]) for start in range(0, len(words), 10))
    return " ".join(line[0].upper() + line[1:] + "." for line in lines)


def made_pages(size: int) -> Iterator[dict[str, str]]:
    """Yield the first ``size`` pages."""
    return map(made_page, range(size))


if __name__ == "__main__":
    yaml.safe_dump(list(made_pages(int(sys.argv[1]))), sys.stdout, allow_unicode=True, sort_keys=False)
