"""Showing just enough of a secret to recognize it."""

import re

HIDDEN = "•••"


def mask_name(name: str) -> str:
    """Return the first letter of each word, ``M••• M•••``; how long the words are is not told either."""
    return " ".join(word[0] + HIDDEN for word in name.split())


def mask_iban(iban: str) -> str:
    """Return country, check digits and the last four characters, in groups of four: ``DE89 •••• •••• •••• ••30 00``.

    An empty IBAN stays empty; anything too short to hide something is hidden whole.
    """
    compact = re.sub(r"\s", "", iban).upper()
    if len(compact) <= 8:
        return "•" * len(compact)
    masked = compact[:4] + "•" * (len(compact) - 8) + compact[-4:]
    return " ".join(masked[start : start + 4] for start in range(0, len(masked), 4))
