"""The words that measured texts are made of."""

import random

WORDS = (
    *("Quartier", "Nachbarschaft", "Garten", "Beteiligung", "Jugend", "Umbau", "Wohnung", "Straße", "Verein"),
    *("Projekt", "Stadtteilbüro", "Förderung", "Platz", "Bericht", "Planung", "Initiative", "Kultur", "Begegnung"),
)


def text_of(number: int, words: int) -> str:
    """Return so many words, the same for the same number."""
    return " ".join(random.Random(number).choices(WORDS, k=words))  # noqa: S311 - a text, no secret
