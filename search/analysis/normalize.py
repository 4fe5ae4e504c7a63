"""Cleaning text before it is cut into words."""

import re
import unicodedata
from functools import lru_cache

# Bürger*innen, Bürger:innen, Bürger_innen, Bürger/-innen, Bürger/innen, Bürger(innen) and the singular; with the mark
# inside a compound too: Bürger*innenbeteiligung.
GENDER_MARK = re.compile(r"(?<=\w)(?:[*:_·]innen(?=\w)|(?:[*:_·]|/-?|\()in(?:nen)?\b\)?)", re.IGNORECASE)
# BürgerInnen, BürgerInnenrat. BürgerIn stays for the stemmer, which tells it from LinkedIn and CheckIn by its ending.
GENDER_CAPITAL = re.compile(r"(?<=[a-zäöüß])Innen(?=[a-zäöüß]|\b)")
# A hyphen at a line's end in running text or a PDF: „Quartiers-\nmanagement“ is one word.
BROKEN_LINE = re.compile(r"(?<=[a-zäöüß])[-\u2010]\s*\n\s*(?=[a-zäöüß])")
# Letters that Unicode does not decompose into a base letter and a mark.
INDECOMPOSABLE = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "æ": "ae", "œ": "oe"})
UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


def normalize(text: str) -> str:
    """Return ``text`` composed (NFKC), without control characters, soft hyphens and gender marks.

    Length changes: use ``tokens.tokenize`` on the original text where places matter.
    """
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    text = BROKEN_LINE.sub("", text)
    text = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)
    return strip_gender_marks(text)


def strip_gender_marks(text: str) -> str:
    """Return ``text`` with „Bürger*innen“, „Bürger/-innen“ or „BürgerInnen“ reduced to „Bürger“."""
    return GENDER_CAPITAL.sub("", GENDER_MARK.sub("", text))


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return ``word`` in the one spelling it is compared in: lower case, ä as ae, ß as ss, no other diacritics.

    „Straße“ and „Strasse“, „Häuser“ and „Haeuser“, „Łužica“ and „Luzica“ become the same.
    """
    word = unicodedata.normalize("NFC", word).casefold()
    for umlaut, pair in UMLAUTS:
        word = word.replace(umlaut, pair)
    decomposed = unicodedata.normalize("NFKD", word.translate(INDECOMPOSABLE))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
